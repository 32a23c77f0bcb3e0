// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// EFI_PCI_IO_PROTOCOL as a backend: the calls that accesses become, the errors that are kept, and a
// protocol that does not say the truth of its BAR.
#include <ioview/dma.hpp>
#include <ioview/pci.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/garbage.hpp>

#include "../../examples/drivers/edu.hpp"
#include "../../examples/uefi/pci_io.hpp"
#include "support/catch.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace io = ioview;
using io::Error;

namespace {

struct Call {
    char what; // m, p or c: memory, ports, configuration space; upper case: a write
    unsigned bytes;
    unsigned bar;
    std::uint64_t offset;
    friend bool operator==(const Call&, const Call&) = default;
};

// The firmware's side of one function: BAR 0 is memory, BAR 2 is ports.
struct Firmware {
    uefi::PciIoProtocol protocol{}; // first, so that a pointer to it leads here
    uefi::BootServices boot{};
    std::vector<Call> calls;
    std::vector<std::uint8_t> bar = std::vector<std::uint8_t>(0x1000);
    std::vector<std::uint8_t> config = std::vector<std::uint8_t>(256);
    std::uint64_t said = 0x1000; // of the size of BAR 0
    std::uint64_t address = 0xfe00'0000;
    std::uint8_t tag = 0x8a;
    std::uint8_t end = 0x79;
    bool says_nothing = false;
    uefi::Status fails{};                   // each access, unless success
    std::uint64_t maps = ~std::uint64_t{0}; // at most so many bytes
    uefi::Status map_fails{};
    int buffers = 0;
    int mappings = 0;
    static inline int pools = 0;

    Firmware() {
        io::testing::Garbage garbage{1};
        for (auto& each : bar)
            each = garbage.next_byte();
        protocol.mem = {&access<'m', false>, &access<'m', true>};
        protocol.io = {&access<'p', false>, &access<'p', true>};
        protocol.pci = {&config_access<false>, &config_access<true>};
        protocol.get_bar_attributes = &get_bar_attributes;
        protocol.attributes = &attributes;
        protocol.allocate_buffer = &allocate_buffer;
        protocol.free_buffer = &free_buffer;
        protocol.map = &map;
        protocol.unmap = &unmap;
        boot.free_pool = &free_pool;
        boot.stall = &stall;
        pools = 0;
    }
    Firmware(const Firmware&) = delete;

    static Firmware& of(uefi::PciIoProtocol* protocol) {
        return *reinterpret_cast<Firmware*>(protocol);
    }
    static uefi::Status transfer(std::vector<std::uint8_t>& bytes,
                                 bool writes,
                                 uefi::Width width,
                                 std::uint64_t place,
                                 void* buffer) {
        const auto offset = static_cast<std::size_t>(place);
        const std::size_t count = std::size_t{1} << static_cast<unsigned>(width);
        if (offset % count != 0)
            return uefi::invalid_parameter;
        if (place > bytes.size() || count > bytes.size() - offset)
            return uefi::unsupported;
        auto* const number = static_cast<std::uint8_t*>(buffer);
        for (std::size_t i = 0; i < count; ++i) { // the device's bytes are little-endian
            const bool swaps = std::endian::native == std::endian::big;
            std::uint8_t& byte = number[swaps ? count - 1 - i : i];
            writes ? void(bytes[offset + i] = byte) : void(byte = bytes[offset + i]);
        }
        return uefi::success;
    }
    template <char Space, bool Writes>
    static uefi::Status UEFI_CALL access(uefi::PciIoProtocol* protocol,
                                         uefi::Width width,
                                         std::uint8_t bar,
                                         std::uint64_t offset,
                                         std::uintptr_t count,
                                         void* buffer) {
        Firmware& self = of(protocol);
        self.calls.push_back({static_cast<char>(Writes ? Space - 'a' + 'A' : Space),
                              1u << static_cast<unsigned>(width),
                              bar,
                              offset});
        CHECK(count == 1);
        return self.fails != uefi::success ? self.fails
                                           : transfer(self.bar, Writes, width, offset, buffer);
    }
    template <bool Writes>
    static uefi::Status UEFI_CALL config_access(uefi::PciIoProtocol* protocol,
                                                uefi::Width width,
                                                std::uint32_t offset,
                                                std::uintptr_t,
                                                void* buffer) {
        Firmware& self = of(protocol);
        self.calls.push_back({Writes ? 'C' : 'c', 1u << static_cast<unsigned>(width), 0, offset});
        return self.fails != uefi::success ? self.fails
                                           : transfer(self.config, Writes, width, offset, buffer);
    }
    static uefi::Status UEFI_CALL get_bar_attributes(uefi::PciIoProtocol* protocol,
                                                     std::uint8_t bar,
                                                     std::uint64_t*,
                                                     void** resources) {
        Firmware& self = of(protocol);
        if (bar != 0 && bar != 2)
            return uefi::unsupported;
        if (self.says_nothing)
            return uefi::success;
        auto* const bytes = static_cast<std::uint8_t*>(std::calloc(48, 1));
        bytes[0] = self.tag;
        bytes[1] = 0x2b;
        bytes[3] = bar == 2;
        for (unsigned i = 0; i < 8; ++i) {
            bytes[14 + i] = static_cast<std::uint8_t>(self.address >> 8 * i);
            bytes[38 + i] = static_cast<std::uint8_t>(self.said >> 8 * i);
        }
        bytes[46] = self.end;
        *resources = bytes;
        ++pools;
        return uefi::success;
    }
    static uefi::Status UEFI_CALL attributes(uefi::PciIoProtocol* protocol,
                                             uefi::AttributeOperation operation,
                                             std::uint64_t what,
                                             std::uint64_t*) {
        CHECK(operation == uefi::AttributeOperation::enable);
        CHECK(what == 0x600);
        return of(protocol).fails;
    }
    static uefi::Status UEFI_CALL allocate_buffer(uefi::PciIoProtocol* protocol,
                                                  std::uint32_t,
                                                  std::uint32_t,
                                                  std::uintptr_t pages,
                                                  void** host,
                                                  std::uint64_t) {
        if (of(protocol).fails != uefi::success)
            return of(protocol).fails;
        *host = std::aligned_alloc(4'096, pages * 4'096);
        ++of(protocol).buffers;
        return uefi::success;
    }
    static uefi::Status UEFI_CALL free_buffer(uefi::PciIoProtocol* protocol,
                                              std::uintptr_t,
                                              void* host) {
        std::free(host);
        --of(protocol).buffers;
        return uefi::success;
    }
    static uefi::Status UEFI_CALL map(uefi::PciIoProtocol* protocol,
                                      uefi::MapOperation operation,
                                      void*,
                                      std::uintptr_t* bytes,
                                      std::uint64_t* device,
                                      void** mapping) {
        Firmware& self = of(protocol);
        CHECK(operation == uefi::MapOperation::common_buffer);
        if (self.map_fails != uefi::success)
            return self.map_fails;
        if (*bytes > self.maps)
            *bytes = static_cast<std::uintptr_t>(self.maps);
        *device = 0x10'0000;
        *mapping = &self;
        ++self.mappings;
        return uefi::success;
    }
    static uefi::Status UEFI_CALL unmap(uefi::PciIoProtocol* protocol, void* mapping) {
        CHECK(mapping == &of(protocol));
        --of(protocol).mappings;
        return uefi::success;
    }
    static uefi::Status UEFI_CALL free_pool(void* memory) {
        std::free(memory);
        --pools;
        return uefi::success;
    }
    static uefi::Status UEFI_CALL stall(std::uintptr_t) { return uefi::success; }
};

struct Regs {
    std::uint32_t id;
    std::uint32_t liveness;
    std::uint64_t source;
    std::uint16_t half;
    std::uint8_t byte, other;
};

} // namespace

TEST_CASE("an access is one call, of its width, at its place in the BAR", "[uefi]") {
    Firmware firmware;
    const uefi::PciIo function{firmware.protocol, firmware.boot};
    const auto bar = function.memory<Regs>(0);
    REQUIRE(bar);
    CHECK(firmware.calls.empty());
    CHECK(Firmware::pools == 0);
    IO_WRITE(*bar, liveness, 0x1234'5678u);
    CHECK(IO_READ(*bar, liveness) == 0x1234'5678);
    IO_WRITE(*bar, source, std::uint64_t{7});
    IO_WRITE(*bar, half, std::uint16_t{7});
    IO_WRITE(*bar, byte, std::uint8_t{7});
    CHECK(firmware.calls ==
          std::vector<Call>{
              {'M', 4, 0, 4}, {'m', 4, 0, 4}, {'M', 8, 0, 8}, {'M', 2, 0, 16}, {'M', 1, 0, 18}});
    CHECK(io::project(*bar, &Regs::source).read() == 7);
    CHECK(function.take_error() == Error{});

    firmware.calls.clear();
    const auto ports = function.ports<io::Region<8>>(2);
    REQUIRE(ports);
    ports->write8(3, 1);
    CHECK(ports->try_read32(4));
    CHECK(ports->size_bytes() == 0x1000);
    CHECK(firmware.calls == std::vector<Call>{{'P', 1, 2, 3}, {'p', 4, 2, 4}});
}

TEST_CASE("configuration space through the protocol", "[uefi]") {
    Firmware firmware;
    firmware.config[0] = 0x34;
    firmware.config[1] = 0x12;
    const uefi::PciIo function{firmware.protocol, firmware.boot};
    const auto config = io::ConfigSpace<uefi::PciIo, io::pci::Normal>::of(function);
    REQUIRE(config);
    CHECK(config->read16(0) == 0x1234);
    config->write16(4, 6);
    CHECK(firmware.config[4] == 6);
    CHECK(firmware.calls == std::vector<Call>{{'c', 2, 0, 0}, {'C', 2, 0, 4}});
    const auto extended = io::ConfigSpace<uefi::PciIo>::of(function);
    CHECK(extended->try_read32(0x100).error() == Error::out_of_bounds);
}

TEST_CASE("the first error of plain accesses is kept, the try_ forms say theirs", "[uefi]") {
    Firmware firmware;
    const uefi::PciIo function{firmware.protocol, firmware.boot};
    const auto bar = function.memory<io::Region<0x20>>(0).value();
    firmware.fails = uefi::timeout;
    CHECK(bar.read32(0) == 0xffff'ffff);
    firmware.fails = uefi::device_error;
    bar.write32(4, 1);
    CHECK(bar.try_read32(0).error() == Error::io_error);
    CHECK(bar.try_write32(0, 1).error() == Error::io_error);
    CHECK(function.take_error() == Error::timed_out);
    CHECK(function.take_error() == Error{});
    CHECK(function.enable().error() == Error::io_error);

    const struct {
        uefi::Status status;
        Error error;
    } all[] = {{uefi::invalid_parameter, Error::invalid_argument},
               {uefi::unsupported, Error::out_of_bounds},
               {uefi::out_of_resources, Error::no_memory},
               {uefi::not_found, Error::no_device},
               {uefi::no_response, Error::no_device},
               {uefi::access_denied, Error::unsupported},
               {uefi::timeout, Error::timed_out},
               {uefi::Status{uefi::error_bit | 0x7fff}, Error::io_error}};
    for (const auto& each : all) {
        firmware.fails = each.status;
        CHECK(bar.try_read32(0).error() == each.error);
    }
    firmware.fails = uefi::Status{5}; // a warning
    bar.write32(4, 1);
    CHECK(function.take_error() == Error{});
}

TEST_CASE("a protocol that lies about its BAR is a Result", "[uefi]") {
    Firmware firmware;
    const uefi::PciIo function{firmware.protocol, firmware.boot};
    using Page = io::Region<0x1000>;
    SECTION("it has less than the driver needs") {
        firmware.said = 0x800;
        CHECK(function.memory<Page>(0).error() == Error::out_of_bounds);
    }
    SECTION("a size that no BAR has") {
        for (std::uint64_t size : {0ull, 0x1800ull, ~0ull}) {
            firmware.said = size;
            CHECK(function.memory<io::Region<0>>(0).error() == Error::invalid_argument);
        }
    }
    SECTION("a size that no BAR at this address has") {
        firmware.address = 0xfe00'0800;
        CHECK(function.memory<Page>(0).error() == Error::invalid_argument);
    }
    SECTION("more than there is: the access says so, and nothing else is touched") {
        firmware.said = 0x10'0000;
        const auto bar = function.memory<Page>(0);
        REQUIRE(bar);
        CHECK(bar->try_read32(0x1'0000).error() == Error::out_of_bounds);
        CHECK(bar->try_write32(0x1000, 0).error() == Error::out_of_bounds);
        CHECK(bar->try_read32(0xffc));
        // and past what it says, no call is made
        firmware.calls.clear();
        CHECK(bar->try_read32(0x10'0000).error() == Error::out_of_bounds);
        CHECK(firmware.calls.empty());
    }
    SECTION("no descriptor, another one, or one that does not end") {
        firmware.tag = 0x87;
        CHECK(function.memory<Page>(0).error() == Error::invalid_argument);
        firmware.tag = 0x8a;
        firmware.end = 0x8a;
        CHECK(function.memory<Page>(0).error() == Error::invalid_argument);
        firmware.says_nothing = true;
        CHECK(function.memory<Page>(0).error() == Error::invalid_argument);
    }
    SECTION("the other kind, and no BAR at all") {
        CHECK(function.memory<Page>(2).error() == Error::unsupported);
        CHECK(function.ports<Page>(0).error() == Error::unsupported);
        CHECK(function.memory<Page>(1).error() == Error::out_of_bounds);
        CHECK(function.memory<Page>(6).error() == Error::out_of_bounds);
        CHECK(function.memory<Page>(-1).error() == Error::out_of_bounds);
        CHECK(function.memory<Page>(0x1'0000'0000).error() == Error::out_of_bounds);
    }
    CHECK(Firmware::pools == 0);
}

TEST_CASE("memory for DMA is mapped while it is used, and given back", "[uefi]") {
    Firmware firmware;
    const uefi::PciIo function{firmware.protocol, firmware.boot};
    uefi::Dma dma{function};
    {
        auto words = io::Coherent<std::uint32_t[], uefi::Dma>::zeroed(dma, 2'000);
        REQUIRE(words);
        CHECK(words->dma_address() == 0x10'0000);
        CHECK(firmware.buffers == 1);
        CHECK(firmware.mappings == 1);
        firmware.maps = 100;
        CHECK(dma.allocate(4'096, 8, {}).error() == Error::no_memory);
        firmware.map_fails = uefi::out_of_resources;
        CHECK(dma.allocate(4'096, 8, {}).error() == Error::no_memory);
        firmware.fails = uefi::device_error;
        CHECK(dma.allocate(4'096, 8, {}).error() == Error::io_error);
        CHECK(dma.allocate(4'096, 8'192, {}).error() == Error::unsupported);
        CHECK(firmware.buffers == 1);
        CHECK(firmware.mappings == 1);
        firmware.fails = firmware.map_fails = uefi::success;
    }
    CHECK(firmware.buffers == 0);
    CHECK(firmware.mappings == 0);

    firmware.maps = ~std::uint64_t{0};
    io::DmaRegion all[8];
    for (auto& each : all)
        each = dma.allocate(16, 8, {}).value();
    CHECK(dma.allocate(16, 8, {}).error() == Error::no_memory); // no slot for its mapping
    for (auto& each : all)
        dma.free(each, 16);
    CHECK(firmware.buffers == 0);
    CHECK(firmware.mappings == 0);
}

TEST_CASE("a driver of edu over the protocol: what cannot be is its error", "[uefi]") {
    Firmware firmware;
    firmware.bar.resize(0x10'0000);
    firmware.said = 0x10'0000;
    firmware.bar[0] = 0xed;
    firmware.bar[3] = 1;
    const uefi::PciIo function{firmware.protocol, firmware.boot};
    const auto bar = function.memory<edu::Edu>(edu::bar_number);
    REQUIRE(bar);
    CHECK(edu::identify(*bar)->major() == 1u);
    CHECK(edu::check_alive(*bar, 5).error() == Error::io_error); // plain memory complements nothing
    uefi::StallClock clock{firmware.boot};
    std::memset(firmware.bar.data() + 0x20, 1, 4);
    CHECK(edu::factorial(*bar, 5, clock).error() == Error::busy);
    firmware.fails = uefi::device_error;
    CHECK(edu::factorial(*bar, 5, clock).error() == Error::no_device);
    CHECK(function.take_error() == Error::io_error);
}
