// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Attacks on projections with indices and ranges of every integer type, and on ring indices,
// against arithmetic in 128 bits or step by step.
//
//   attack_project(input);

#include "memory.hpp"

namespace ioview::fuzz {

struct Slot {
    std::uint32_t address;
    std::uint16_t parts[3];
    std::uint16_t flags;
};
struct Table {
    std::uint32_t head;
    Slot slots[9];
};

// An index of some type, as what it is as an unlimited number: 1 more than any index where
// negative.
template <class F>
void with_index(Input& in, std::size_t around, F f) {
    constexpr std::uint64_t never = ~std::uint64_t{0};
    const auto raw = in.offset(around);
    const auto as = [&]<class I>(I index) {
        const bool negative = index < I{0};
        f(index, negative ? never : static_cast<std::uint64_t>(index));
    };
    switch (in.up_to(7)) {
    case 0:
        return as(static_cast<std::int8_t>(raw));
    case 1:
        return as(static_cast<std::int16_t>(raw));
    case 2:
        return as(static_cast<std::int32_t>(raw));
    case 3:
        return as(static_cast<std::int64_t>(raw));
    case 4:
        return f(static_cast<std::uint8_t>(raw), raw & 0xff);
    case 5:
        return f(static_cast<std::uint16_t>(raw), raw & 0xffff);
    case 6:
        return f(static_cast<std::uint32_t>(raw), raw & 0xffff'ffff);
    default:
        return f(raw, raw);
    }
}

template <class V, class Part>
void is_range(const Part& part, V view, std::uint64_t first, std::uint64_t last, std::size_t size) {
    if (first <= last && last <= size) {
        must(part && part->size() == last - first);
        must(part->address() == view.address() + first * sizeof(Slot));
    } else {
        must(failed_with(part, Error::out_of_bounds));
    }
}

// Projections.
inline void attack_project(Input& in) {
    Exact memory{0, sizeof(Table), in.number<std::uint8_t>()};
    const auto table = SysMem<Table>::from_pointer(reinterpret_cast<Table*>(memory.begin()));
    for (int i = 0; i < 8 && !in.empty(); ++i) {
        with_index(in, 9, [&](auto a, std::uint64_t first) {
            with_index(in, 9, [&](auto b, std::uint64_t last) {
                switch (in.up_to(6)) {
                case 0: {
                    const auto got = IO_READ(table, slots, try_at(a), flags);
                    if (first < 9) {
                        std::uint16_t flags = 0;
                        std::memcpy(&flags, memory.begin() + 4 + 12 * first + 10, 2);
                        must(got && *got == flags);
                    } else {
                        must(failed_with(got, Error::out_of_bounds));
                    }
                    break;
                }
                case 1: {
                    const auto part = IO_PROJECT(table, slots, try_at(a), parts, try_at(b));
                    must(first < 9 && last < 3
                             ? part && part->address() ==
                                           table.address() + 4 + 12 * first + 4 + 2 * last
                             : failed_with(part, Error::out_of_bounds));
                    break;
                }
                case 2:
                    is_range(IO_PROJECT(table, slots, try_range(a, b)),
                             IO_PROJECT(table, slots),
                             first,
                             last,
                             9);
                    break;
                case 3:
                    is_range(IO_PROJECT(table, slots, try_from(a)),
                             IO_PROJECT(table, slots),
                             first,
                             9,
                             9);
                    break;
                case 4:
                    is_range(IO_PROJECT(table, slots, try_first(a)),
                             IO_PROJECT(table, slots),
                             0,
                             first,
                             9);
                    break;
                case 5: {
                    const auto slice = IO_PROJECT(table, slots, range(2, 7));
                    const auto part = slice.try_subview(a, b);
                    must(inside(first, last, 5)
                             ? part && part->size() == last &&
                                   part->address() == slice.address() + 12 * first
                             : failed_with(part, Error::out_of_bounds));
                    break;
                }
                default: { // a range of a range, and an element of that
                    const auto part = IO_PROJECT(table, slots, range(2, 7), try_from(a), try_at(b));
                    must(first <= 5 && last < 5 - first
                             ? part &&
                                   part->address() == table.address() + 4 + 12 * (2 + first + last)
                             : failed_with(part, Error::out_of_bounds));
                }
                }
            });
        });
    }
}

template <std::uint32_t N>
void one_ring(Input& in) {
    using Slots = Ring<N>;
    const auto lie = in.number<std::uint32_t>();
    const auto other = in.number<std::uint32_t>();
    const auto count = in.number<std::uint32_t>();
    const auto w = Slots::wrap(lie);
    const auto r = Slots::wrap(other);
    must(w.value() == lie % N && r.value() == other % N);
    const auto checked = Slots::check(lie);
    must(lie < N ? checked && checked->value() == lie : failed_with(checked, Error::out_of_bounds));
    must(Slots::advance(w, count).value() == (std::uint64_t{w.value()} + count) % N);

    const Slots ring{.write = w, .read = r};
    const auto used = (std::uint64_t{w.value()} + N - r.value()) % N;
    must(ring.used() == used && ring.free() == N - 1 - used);
    must(ring.empty() == (used == 0) && ring.full() == (used == N - 1));
    const auto adjoin = [](RingSpans spans, std::uint64_t start, std::uint64_t length) {
        must(spans.size() == length);
        must(spans.first.first <= spans.first.last && spans.first.last <= N);
        must(spans.second.first == 0 && spans.second.last <= N);
        must(spans.first.first == start); // and to the end, before the second is used
        must(spans.second.empty() || spans.first.last == N);
    };
    adjoin(ring.readable(), r.value(), used);
    adjoin(ring.writable(), w.value(), N - 1 - used);
}

// Ring indices of a peer that lies.
inline void attack_ring(Input& in) {
    for (int i = 0; i < 4 && !in.empty(); ++i) {
        switch (in.up_to(5)) {
        case 0:
            one_ring<2>(in);
            break;
        case 1:
            one_ring<7>(in);
            break;
        case 2:
            one_ring<64>(in);
            break;
        case 3:
            one_ring<0x7fff'ffff>(in);
            break;
        case 4:
            one_ring<0x8000'0000>(in);
            break;
        default:
            one_ring<3>(in);
        }
    }
}

} // namespace ioview::fuzz
