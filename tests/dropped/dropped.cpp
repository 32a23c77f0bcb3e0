// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every Result that somebody forgets, one a line.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace io = ioview;

namespace {

using Words = std::uint32_t[8];
struct Regs {
    std::uint32_t control;
    io::le<std::uint16_t> length;
    io::le<std::uint16_t> pad;
    Words fifo;
    std::uint32_t grid[2][2];
};
constexpr auto same = [](auto v) { return v; };

// clang-format off
void chains(io::Mmio<Regs> b, io::SysMem<Words> words, std::size_t i) {
    IO_READ(b, fifo, try_at(i)); // dropped
    IO_READ(b, fifo, try_range(i, 8), at(0)); // dropped
    IO_READ(b, fifo, try_from(i), at(0)); // dropped
    IO_READ(b, grid, at(i), try_at(i)); // dropped
    IO_READ(b, grid, try_at(i), at(i)); // dropped
    IO_READ(words, try_at(i)); // dropped
    IO_WRITE(b, fifo, try_at(i), 1u); // dropped
    IO_WRITE(b, grid, try_at(i), static_at(1), 1u); // dropped
    IO_WRITE(words, try_at(i), 1u); // dropped
    IO_WRITE(words, try_from(i), at(0), 1u); // dropped
    IO_WRITE(words, try_first(i), at(0), 1u); // dropped
    IO_UPDATE(b, fifo, try_at(i), same); // dropped
    IO_UPDATE(words, try_at(i), [](std::uint32_t v) { return v | 1u; }); // dropped
    IO_PROJECT(b, fifo, try_at(i)); // dropped
    IO_PROJECT(b, fifo, try_range(0, i)); // dropped
    IO_PROJECT(b, fifo, try_from(i)); // dropped
    IO_PROJECT(b, fifo, try_first(i)); // dropped
    IOVIEW_READ(b, fifo, try_at(i)); // dropped
    IOVIEW_WRITE(b, fifo, try_at(i), 1u); // dropped
    IOVIEW_UPDATE(b, fifo, try_at(i), same); // dropped
    IOVIEW_PROJECT(b, fifo, try_at(i)); // dropped
    if (i == 0) IO_WRITE(b, fifo, try_at(i), 1u); // dropped
    [&] { IO_WRITE(b, fifo, try_at(i), 1u); }(); // dropped
    io::project(b, &Regs::fifo, io::try_at(i)); // dropped
    io::project(b, &Regs::fifo, io::try_range(0, i)); // dropped
    io::project(b, &Regs::fifo, io::try_from(i)); // dropped
    io::project(b, &Regs::fifo, io::try_first(i)); // dropped
    // what was read is gone
    IO_READ(b, length); // dropped
    IO_READ(b, control); // dropped, said of the header
    IO_READ(b, fifo, at(i)); // dropped, said of the header
    IO_PROJECT(b, fifo, at(i)); // dropped
    io::project(b, &Regs::fifo); // dropped
}

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x8>> {
    IO_FIELDS(bit(0, ready));
};

void methods(io::Mmio<io::Region<64>> bar, io::SysMem<Words> words, io::SysMem<std::byte[]> bytes,
             io::SysMem<std::uint32_t> word, std::size_t i, std::span<std::byte> buffer, std::span<std::uint32_t> many) {
    bar.try_read8(i); // dropped
    bar.try_read16(i); // dropped
    bar.try_read32(i); // dropped
    bar.try_read64(i); // dropped
    bar.try_read<std::uint32_t>(i); // dropped
    bar.try_write8(i, 1); // dropped
    bar.try_write16(i, 1); // dropped
    bar.try_write32(i, 1); // dropped
    bar.try_write64(i, 1); // dropped
    bar.try_write<std::uint32_t>(i, 1u); // dropped
    bar.try_update<std::uint32_t>(i, same); // dropped
    bar.try_subview<Regs>(i); // dropped
    bar.try_subview<std::uint32_t[]>(i, 4); // dropped
    bar.try_cast<Words>(); // dropped
    word.try_read(); // dropped
    word.try_write(1u); // dropped
    word.try_update(same); // dropped
    word.try_copy_read(); // dropped
    word.try_copy_write(1u); // dropped
    word.try_read_fifo(many); // dropped
    word.try_write_fifo(many); // dropped
    words.try_at(i); // dropped
    words.try_subview(i, 2); // dropped
    bytes.try_copy_to(buffer); // dropped
    bytes.try_copy_from(buffer); // dropped
    io::try_copy(words, words); // dropped
    bar.try_read<Status>(); // dropped
    bar.try_update<Status>(same); // dropped
    bar.try_modify<Status>(Status::io_field_ready(true)); // dropped
    IO_TRY_MODIFY(bar, Status, ready(true)); // dropped
    Status{}.with_ready(true); // dropped
    bar.try_write(Status{}); // dropped
    io::MmioRaw<Regs>::try_at(i); // dropped
    io::MmioRaw<Words>::try_at(i); // dropped
    io::MmioRaw<io::Region<8>>::region(i, 8); // dropped
    io::MmioRaw<std::uint32_t[]>::slice(i, 8); // dropped
    bar.read32(0); // dropped
    word.read(); // dropped
    words.at(i); // dropped
}
// clang-format on

// A driver for any view.
template <io::IoOf<Regs> V>
void driver(V b, std::size_t i) {
    IO_WRITE(b, fifo, try_at(i), 1u); // dropped, said of the header
    IO_READ(b, fifo, try_at(i));      // dropped, said of the header
    if (IO_READ(b, fifo, try_at(i)))
        static_cast<void>(IO_WRITE(b, fifo, try_at(i), 1u));
}

// Nothing is said of what is used, or dropped on purpose.
bool used(io::Mmio<Regs> b, std::size_t i) {
    driver(b, i);
    static_cast<void>(IO_READ(b, fifo, try_at(i)));
    static_cast<void>(IO_WRITE(b, fifo, try_at(i), 1u));
    static_cast<void>(IO_READ(b, control));
    IO_WRITE(b, fifo, at(i), 1u);
    IO_UPDATE(b, fifo, at(i), same);
    const auto r = IO_WRITE(b, fifo, try_at(i), IO_READ(b, control));
    return r && IO_UPDATE(b, fifo, try_at(i), same) && IO_PROJECT(b, fifo, try_at(i)).has_value();
}

} // namespace

bool use(io::Mmio<Regs> b,
         io::SysMem<Words> words,
         io::Mmio<io::Region<64>> bar,
         io::SysMem<std::byte[]> bytes,
         io::SysMem<std::uint32_t> word,
         std::size_t i) {
    chains(b, words, i);
    methods(bar, words, bytes, word, i, {}, {});
    return used(b, i);
}
