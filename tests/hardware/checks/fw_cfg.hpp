// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of QEMU's fw_cfg.

#include <ioview/dma.hpp>

#include "../../../examples/drivers/fw_cfg.hpp"
#include "../support/report.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

// file: the name of one of 15 bytes, "accessed by DMA"; null where the host can give none.
template <io::IoOf<fw_cfg::FwCfg> View, io::DmaDevice Dma, class Clock>
void check_fw_cfg(Report& report, const View& view, const char* file_name, Dma& dma, Clock& clock) {
    report.check("fw_cfg", "signature, and DMA offered", [&] { return fw_cfg::identify(view); });
    fw_cfg::File file;
    if (file_name != nullptr) {
        report.check("fw_cfg", "a file found by its name", [&] {
            const auto found = fw_cfg::find(view, file_name);
            file = found.value_or(fw_cfg::File{});
            return found && found->bytes == 15;
        });
    }
    report.refuses("fw_cfg", "a file that is not there", io::Error::no_device, [&] {
        return fw_cfg::find(view, "opt/org.ioview/greet");
    });
    // without a file, item 0: the signature, and zeros
    const auto access = io::Coherent<fw_cfg::Access, Dma>::zeroed(dma);
    const auto memory = io::Coherent<std::uint8_t[], Dma>::zeroed(dma, 16);
    report.check("fw_cfg", "its content by DMA", [&] {
        if (!access || !memory || !fw_cfg::read(view, *access, file.item, *memory, clock))
            return false;
        const char* wanted =
            file_name != nullptr ? "accessed by DMA" : "QEMU\0\0\0\0\0\0\0\0\0\0\0";
        for (unsigned i = 0; i < 16; ++i) {
            if (memory->at(i).read() != static_cast<std::uint8_t>(wanted[i]))
                return false;
        }
        return true;
    });
    report.refuses("fw_cfg", "writing what is read only", io::Error::io_error, [&] {
        return fw_cfg::write(view, *access, file.item, *memory, clock);
    });
}

} // namespace hardware
