// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The maps that iov knows: the registers of the drivers in examples/. What a driver does not use is
// not in them.
#include "drivers/edu.hpp"
#include "drivers/nvme.hpp"
#include "drivers/pl031.hpp"
#include "drivers/virtio_mmio.hpp"
#include "ns16550.hpp"
#include "pl011.hpp"
#include "register_map.hpp"
#include "stm32_gpio.hpp"

namespace iov {
namespace {

std::vector<RegisterMap> made_maps() {
    return {
        map_of<edu::Id,
               edu::Liveness,
               edu::Factorial,
               edu::Status,
               edu::Causes,
               edu::Raise,
               edu::Acknowledge,
               edu::Source,
               edu::Destination,
               edu::Count,
               edu::Command>("edu", "QEMU's device for teaching, BAR 0"),
        map_of<nvme::Capabilities,
               nvme::Version,
               nvme::Config,
               nvme::Status,
               nvme::AdminSizes,
               nvme::AdminSubmission,
               nvme::AdminCompletion,
               nvme::SubmissionTail>("nvme", "NVMe controller, BAR 0"),
        // without those for tests of its integration: reading Tdr takes from a FIFO
        map_of<pl011::Dr,
               pl011::Rsr,
               pl011::Ecr,
               pl011::Fr,
               pl011::Ilpr,
               pl011::Ibrd,
               pl011::Fbrd,
               pl011::LcrH,
               pl011::Cr,
               pl011::Ifls,
               pl011::Imsc,
               pl011::Ris,
               pl011::Mis,
               pl011::Icr,
               pl011::Dmacr,
               pl011::PeriphId0,
               pl011::PeriphId1,
               pl011::PeriphId2,
               pl011::PeriphId3,
               pl011::PCellId>("pl011", "PrimeCell UART"),
        map_of<pl031::Dr,
               pl031::Mr,
               pl031::Lr,
               pl031::Imsc,
               pl031::Ris,
               pl031::Icr,
               pl031::PeriphId>("pl031", "PrimeCell real-time clock"),
        map_of_block<Ns16550>("ns16550", "NS16550 UART, its registers a byte apart"),
        map_of_block<stm32_gpio::Gpio>("stm32_gpio", "STM32 port of pins"),
        map_of<virtio::Magic,
               virtio::Version,
               virtio::Device,
               virtio::QueueSel,
               virtio::QueueNumMax,
               virtio::QueueNum,
               virtio::QueueReady,
               virtio::QueueNotify,
               virtio::Status,
               virtio::QueueDesc,
               virtio::QueueDriver,
               virtio::QueueDevice,
               virtio::ConfigGeneration>("virtio_mmio", "virtio over MMIO"),
    };
}

} // namespace

const std::vector<RegisterMap>& all_maps() {
    static const std::vector<RegisterMap> maps = made_maps();
    return maps;
}

const RegisterMap* find_map(std::string_view name) {
    for (const RegisterMap& each : all_maps())
        if (each.name == name)
            return &each;
    return nullptr;
}

} // namespace iov
