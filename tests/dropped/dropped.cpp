// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every Result that somebody forgets, one a line.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstddef>
#include <cstdint>

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

bool use(io::Mmio<Regs> b, io::SysMem<Words> words, std::size_t i) {
    chains(b, words, i);
    return used(b, i);
}
