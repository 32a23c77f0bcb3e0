// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Mechanisms: which access reaches the window, the ports or the bridge for which register.
#include <ioview/backend/port_io.hpp>
#include <ioview/pci/mechanisms.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <memory>
#include <string>

namespace io = ioview;
namespace pci = ioview::pci;
using io::testing::Log;
constexpr auto R = io::testing::Op::read;
constexpr auto W = io::testing::Op::write;

TEST_CASE("addresses are ordered by segment, bus, device, function", "[pci]") {
    constexpr pci::Address nic{.segment = 0, .bus = 2, .device = 3, .function = 1};
    STATIC_REQUIRE(nic.devfn() == 0x19);
    STATIC_REQUIRE(nic < pci::Address{.segment = 1});
    STATIC_REQUIRE(nic < pci::Address{.bus = 3});
    STATIC_REQUIRE(nic < pci::Address{.bus = 2, .device = 4});
    STATIC_REQUIRE(nic < pci::Address{.bus = 2, .device = 3, .function = 2});
    STATIC_REQUIRE(nic.valid());
    STATIC_REQUIRE_FALSE(pci::Address{.device = 32}.valid());
    STATIC_REQUIRE_FALSE(pci::Address{.function = 8}.valid());
}

TEST_CASE("ECAM puts bus, device, function and register at 20, 15, 12 and 0", "[pci]") {
    using Window = io::testing::Memory<2 << 20>;
    const auto memory = std::make_unique<Window>();
    io::testing::Recorder recorder{memory->view<io::Region<>>()};
    const pci::Ecam ecam{recorder.view<io::Region<>>()};
    using Function = decltype(ecam)::Function;
    STATIC_REQUIRE(io::ConfigFunction<Function>);

    const auto function = ecam.function({.bus = 1, .device = 31, .function = 7});
    REQUIRE(function);
    CHECK(function->size() == 4'096);
    CHECK(function->write<std::uint32_t>(0xffc, 0x1122'3344));
    CHECK(function->read<std::uint8_t>(0xfff) == 0x11u);
    CHECK(function->read<std::uint16_t>(0xffe) == 0x1122u);
    CHECK(recorder.log() ==
          Log{{W, 0x1f'fffc, 4, 0x1122'3344}, {R, 0x1f'ffff, 1, 0x11}, {R, 0x1f'fffe, 2, 0x1122}});
    recorder.clear();

    const auto other = ecam.function({.device = 2, .function = 3});
    REQUIRE(other);
    CHECK(other->write<std::uint8_t>(0x3c, 5));
    CHECK(recorder.log() == Log{{W, 2 << 15 | 3 << 12 | 0x3c, 1, 5}});
}

TEST_CASE("an ECAM window begins with its first bus and ends with its size", "[pci]") {
    const auto memory = std::make_unique<io::testing::Memory<2 << 20>>();
    io::testing::Recorder recorder{memory->view<io::Region<>>()};
    const pci::Ecam ecam{recorder.view<io::Region<>>(), 0x40, 2};
    CHECK(ecam.function({.segment = 2, .bus = 0x40}));
    CHECK(ecam.function({.segment = 2, .bus = 0x41, .device = 31, .function = 7}));
    CHECK(ecam.function({.segment = 2, .bus = 0x42}).error() == io::Error::out_of_bounds);
    CHECK(ecam.function({.segment = 2, .bus = 0x3f}).error() == io::Error::out_of_bounds);
    CHECK(ecam.function({.segment = 0, .bus = 0x40}).error() == io::Error::out_of_bounds);
    CHECK(ecam.function({.segment = 2, .bus = 0x40, .device = 32}).error() ==
          io::Error::invalid_argument);
    CHECK(ecam.function({.segment = 2, .bus = 0x40, .function = 8}).error() ==
          io::Error::invalid_argument);

    const auto function = ecam.function({.segment = 2, .bus = 0x40});
    REQUIRE(function);
    CHECK(function->read<std::uint32_t>(0x1000).error() == io::Error::out_of_bounds);
    CHECK(function->read<std::uint32_t>(2).error() == io::Error::misaligned);
    CHECK(function->write<std::uint16_t>(0xfff, 0).error() == io::Error::out_of_bounds);
    CHECK(function->write<std::uint16_t>(1, 0).error() == io::Error::misaligned);
    CHECK(recorder.log().empty());
}

namespace {

struct CountingLock {
    int held = 0;
    int taken = 0;
    constexpr void lock() noexcept {
        ++taken;
        ++held;
    }
    constexpr void unlock() noexcept { --held; }
};

} // namespace

TEST_CASE("configuration ports: the address to 0xcf8, then the lane of the register", "[pci]") {
    io::testing::Memory<8> memory;
    io::testing::Recorder recorder{memory.view<io::Region<8>>()};
    const pci::ConfigPorts ports{recorder.view<io::Region<8>>()};
    using Function = decltype(ports)::Function;
    STATIC_REQUIRE(io::ConfigFunction<Function>);
    const auto function = ports.function({.bus = 0x12, .device = 3, .function = 5});
    REQUIRE(function);
    CHECK(function->size() == 256);

    // 0x80000000 | bus << 16 | devfn << 8 | register without its low two bits
    constexpr std::uint64_t select = 0x8012'1d00;
    CHECK(function->write<std::uint32_t>(0x40, 0x1122'3344));
    CHECK(recorder.log() == Log{{W, 0, 4, select | 0x40}, {W, 4, 4, 0x1122'3344}});
    recorder.clear();
    CHECK(function->read<std::uint16_t>(0xfe) == 0x1122u);
    CHECK(recorder.log() == Log{{W, 0, 4, select | 0xfc}, {R, 6, 2, 0x1122}});
    recorder.clear();
    CHECK(function->write<std::uint8_t>(0x0f, 0xff));
    CHECK(recorder.log() == Log{{W, 0, 4, select | 0x0c}, {W, 7, 1, 0xff}});
    recorder.clear();
    CHECK(function->read<std::uint8_t>(0x0d) == 0x33u);
    CHECK(recorder.log() == Log{{W, 0, 4, select | 0x0c}, {R, 5, 1, 0x33}});
}

TEST_CASE("configuration ports refuse what they cannot say, without an access", "[pci]") {
    io::testing::Memory<8> memory;
    io::testing::Recorder recorder{memory.view<io::Region<8>>()};
    CountingLock lock;
    const pci::ConfigPorts<decltype(recorder.view<io::Region<8>>()), CountingLock> ports{
        recorder.view<io::Region<8>>(), lock};
    CHECK(ports.function({.segment = 1}).error() == io::Error::out_of_bounds);
    CHECK(ports.function({.device = 32}).error() == io::Error::invalid_argument);
    CHECK(ports.function({.function = 8}).error() == io::Error::invalid_argument);

    const auto function = ports.function({});
    REQUIRE(function);
    CHECK(function->read<std::uint8_t>(256).error() == io::Error::out_of_bounds);
    CHECK(function->write<std::uint32_t>(0xfff, 0).error() == io::Error::out_of_bounds);
    CHECK(function->read<std::uint16_t>(0x41).error() == io::Error::misaligned);
    CHECK(recorder.log().empty());
    CHECK(lock.taken == 0);

    CHECK(function->read<std::uint8_t>(255));
    CHECK(function->write<std::uint8_t>(255, 0));
    CHECK(lock.taken == 2);
    CHECK(lock.held == 0);
}

TEST_CASE("configuration ports take the x86 ports", "[pci]") {
    const auto ports = io::PortIo<io::Region<8>>::from_port(0xcf8);
    const pci::ConfigPorts host{ports};
    CHECK(host.function({.device = 3}));
    CHECK(ports.address() == 0xcf8);
}

namespace {

// Logs what reaches a function.
struct Watched {
    const io::testing::PciFunction* function;
    Log* log;

    template <class Word>
    io::Result<Word> read(std::uint16_t offset) const {
        const auto word = function->read<Word>(offset);
        log->push_back({io::testing::read, offset, sizeof(Word), word.value_or(0)});
        return word;
    }
    template <class Word>
    io::Result<> write(std::uint16_t offset, Word value) const {
        log->push_back({io::testing::write, offset, sizeof(Word), value});
        return function->write<Word>(offset, value);
    }
    std::size_t size() const { return function->size(); }
};

} // namespace

TEST_CASE("words only: narrow reads are parts, narrow writes read and write words", "[pci]") {
    io::testing::PciFunction function;
    function.put(0x40, 0x1122'3344, 4).writable(0x40, 0xffff'ffff);
    Log log;
    const Watched watched{&function, &log};
    const pci::WordsOnly words{watched};
    STATIC_REQUIRE(io::ConfigFunction<pci::WordsOnly<Watched>>);
    CHECK(words.size() == 256);

    CHECK(words.read<std::uint8_t>(0x43) == 0x11u);
    CHECK(words.read<std::uint16_t>(0x42) == 0x1122u);
    CHECK(words.read<std::uint32_t>(0x40) == 0x1122'3344u);
    CHECK(log ==
          Log{{R, 0x40, 4, 0x1122'3344}, {R, 0x40, 4, 0x1122'3344}, {R, 0x40, 4, 0x1122'3344}});
    log.clear();
    CHECK(words.write<std::uint8_t>(0x41, 0xee));
    CHECK(words.write<std::uint16_t>(0x42, 0xaabb));
    CHECK(words.write<std::uint32_t>(0x40, 1));
    CHECK(log == Log{{R, 0x40, 4, 0x1122'3344},
                     {W, 0x40, 4, 0x1122'ee44},
                     {R, 0x40, 4, 0x1122'ee44},
                     {W, 0x40, 4, 0xaabb'ee44},
                     {W, 0x40, 4, 1}});
    log.clear();
    CHECK(words.read<std::uint16_t>(0x41).error() == io::Error::misaligned);
    CHECK(words.write<std::uint16_t>(0x100, 0).error() == io::Error::out_of_bounds);
    CHECK(log.empty());
}

TEST_CASE("words only: a write of the command leaves the status alone", "[pci]") {
    io::testing::PciFunction function;
    function.put(0x04, 0xf900'0000, 4);
    const pci::WordsOnly words{function};
    CHECK(words.write<std::uint16_t>(0x04, 0x0006));
    CHECK(function.read<std::uint32_t>(0x04) == 0xf900'0006u);
    // and a write of one status byte clears the flags it names, not those of the other
    CHECK(words.write<std::uint8_t>(0x07, 0x80));
    CHECK(function.read<std::uint32_t>(0x04) == 0x7900'0006u);
    // elsewhere a neighbour's flags are lost, as the header says
    function.put(0x48, 0x8000'0000, 4).clears(0x48, 0x8000'0000).writable(0x48, 0xff);
    CHECK(words.write<std::uint8_t>(0x48, 1));
    CHECK(function.read<std::uint32_t>(0x48) == 0x0000'0001u);
}

TEST_CASE("words only: an error of the mechanism ends the write", "[pci]") {
    io::testing::PciFunction function;
    function.writable(0x40, 0xffff'ffff).fail_after(1, io::Error::no_device);
    const pci::WordsOnly words{function};
    CHECK(words.write<std::uint8_t>(0x40, 1).error() == io::Error::no_device);
    CHECK(words.read<std::uint8_t>(0x40).error() == io::Error::no_device);
    CHECK(words.write<std::uint16_t>(0x42, 1).error() == io::Error::no_device); // its read
}

// The whole way in the compiler: a view, over ports, over memory.
static_assert([] {
    io::testing::Memory<8> memory;
    const pci::ConfigPorts ports{memory.view<io::Region<8>>()};
    const auto function = ports.function({.device = 1});
    const auto cfg = io::ConfigSpace<decltype(ports)::Function, pci::Normal>::of(*function);
    cfg->write32(0x10, 0xfe00'0000);
    return memory[1] == 0x08 && memory[0] == 0x10 && memory[7] == 0xfe &&
           cfg->read32(0x10) == 0xfe00'0000;
}());
