// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an ABI must not change: the sizes of views, and at which alignment an access is made.
#include <ioview/ioview.hpp>
#include <ioview/testing/memory.hpp>

namespace io = ioview;
using io::Error;
using io::Region;

namespace {

struct Pair {
    std::uint32_t command, status;
};
constexpr std::size_t word = sizeof(void*);
static_assert(sizeof(io::Mmio<Pair>) == word);
static_assert(sizeof(io::RelaxedMmio<std::uint32_t>) == word);
static_assert(sizeof(io::SysMem<Pair[4]>) == word);
static_assert(sizeof(io::PortIo<const Pair>) == word);
static_assert(sizeof(io::MmioRaw<Pair>) == word);
static_assert(sizeof(io::Mmio<Region<8>>) == 2 * word);
static_assert(sizeof(io::SysMem<Pair[]>) == 2 * word);

// A pointer to member is as wide as an offset, or an int, and is found by either way.
constexpr auto pair = io::Mmio<Pair>::from_raw(io::MmioRaw<Pair>::at(0x1000));
static_assert(io::project(pair, &Pair::status).address() == 0x1004);
[[maybe_unused]] auto at_run_time(std::uint32_t Pair::*member) {
    return io::project(pair, member);
}

// A region at an address of every alignment, of which only 2 is promised.
constexpr io::Mmio<Region<16, 2>> at(std::uintptr_t address) {
    return io::Mmio<Region<16, 2>>::from_raw(
        io::MmioRaw<Region<16, 2>>::region(address, 16).value());
}
// Where an access would be misaligned, so is the view that would make it. (No access is made here.)
template <class W>
constexpr bool one_outcome() {
    for (std::uintptr_t address = 0x1000; address < 0x1010; address += 2) {
        for (unsigned offset = 0; offset < 8; ++offset) {
            const bool is_good = (address + offset) % sizeof(W) == 0;
            const auto region = at(address);
            if (region.try_subview<W>(offset).has_value() != is_good ||
                region.try_subview<const W>(offset).has_value() != is_good ||
                region.try_subview<W[]>(offset, 1).has_value() != is_good ||
                region.try_subview<W[1]>(offset).has_value() != is_good ||
                (offset == 0 && region.try_cast<W>().has_value() != is_good))
                return false;
            if constexpr (io::IoCapable<io::MmioBackend, W>) {
                if (!is_good && (region.try_read<W>(offset).error() != Error::misaligned ||
                                 region.try_write<W>(offset, W{}).error() != Error::misaligned))
                    return false;
            }
        }
    }
    return true;
}
static_assert(one_outcome<std::uint8_t>());
static_assert(one_outcome<std::uint16_t>());
static_assert(one_outcome<std::uint32_t>());
static_assert(one_outcome<io::le<std::uint32_t>>());
static_assert(one_outcome<io::be<std::uint16_t>>());
static_assert(one_outcome<std::uint64_t>());

// A long is as wide as the target has it, which on Windows is not as wide as a pointer.
struct Longs {
    std::uint8_t first;
    unsigned long word;
    long row[2];
};
constexpr auto longs = io::Mmio<Longs>::from_raw(io::MmioRaw<Longs>::at(0x1000));
static_assert(IO_PROJECT(longs, word).address() == 0x1000 + offsetof(Longs, word));
static_assert(IO_PROJECT(longs, row, at(1)).address() ==
              0x1000 + offsetof(Longs, row) + sizeof(long));
static_assert(io::IoCapable<io::MmioBackend, unsigned long>);
static_assert(sizeof(io::le<long>) == sizeof(long));
struct Wide : io::Register<Wide, std::uint32_t, io::fixed<8>> {
    IO_FIELDS(bits(31, 16, high), bit(0, low));
};
static_assert([] {
    io::testing::Memory<16> memory;
    const auto region = memory.view<io::Region<16>>();
    region.write(Wide{}.with_high(0x8765).with_low(true));
    return memory[8 + 3] == 0x87 && region.read<Wide>().high() == 0x8765;
}());
static_assert(sizeof(io::Result<std::uint16_t>) == 4);
static_assert(sizeof(io::Result<io::Mmio<Pair>>) == word + alignof(void*));

} // namespace
