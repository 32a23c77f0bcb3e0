// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The interrupt controller of PCs (Intel 8259A, order number 231468-003), as far as drivers share
// it: the mask and the end of an interrupt. One byte has the masks of eight lines, so that two
// drivers that change theirs at once would lose one of the changes; a handler is a third. Hence
// every change is made under one lock with interrupts off.
//
//   i8259::unmask(pic, lock, 4);        // lock: as spin_lock_irqsave(), any io::LockPolicy
//   … i8259::end_of_interrupt(pic, 4);

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/register.hpp>
#include <ioview/register/update_locked.hpp>

#include <cstdint>

namespace i8259 {

namespace io = ioview;

// Ports 0x20 and 0x21, or 0xa0 and 0xa1.
struct Pic : io::Region<2, 1> {};

// OCW2, A0 = 0: what ends an interrupt.
enum class End : std::uint8_t { non_specific = 1, specific = 3 };
struct Ocw2 : io::Register<Ocw2, std::uint8_t, io::fixed<0, Pic>, io::wo> {
    IO_FIELDS(bits(7, 5, end, End), reserved(4, 3), bits(2, 0, line));
};
// OCW1, A0 = 1: a one keeps the line of that number out.
struct Mask : io::Register<Mask, std::uint8_t, io::fixed<1, Pic>> {
    IO_FIELDS(bits(7, 0, lines));
};

inline constexpr int lines = 8;

template <io::IoOf<Pic> View, class Lock>
constexpr io::Result<> set_mask(const View& pic, Lock& lock, int line, bool is_masked) {
    if (line < 0 || line >= lines)
        return io::fail(io::Error::out_of_bounds);
    const unsigned bit = 1u << line;
    return io::try_update_locked<Mask>(pic, lock, [=](Mask old) {
        const unsigned rest = old.lines() & ~bit;
        return old.with_lines(io::Bounded<std::uint8_t, 8>::masked(
            static_cast<std::uint8_t>(is_masked ? rest | bit : rest)));
    });
}
// out_of_bounds for a line that is none.
template <io::IoOf<Pic> View, class Lock>
constexpr io::Result<> unmask(const View& pic, Lock& lock, int line) {
    return set_mask(pic, lock, line, false);
}
template <io::IoOf<Pic> View, class Lock>
constexpr io::Result<> mask(const View& pic, Lock& lock, int line) {
    return set_mask(pic, lock, line, true);
}

template <io::IoOf<Pic> View>
constexpr io::Result<> end_of_interrupt(const View& pic, int line) {
    const auto number = io::Bounded<std::uint8_t, 3>::try_new(line);
    if (!number)
        return io::fail(io::Error::out_of_bounds);
    pic.write(Ocw2{}.with_end(End::specific).with_line(*number));
    return {};
}

} // namespace i8259
