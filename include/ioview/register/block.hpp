// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The registers of one device listed, so that the compiler refuses two in one place and a dump
// knows them all.
//
//   struct Uart : io::Region<0x20>, io::Registers<Data, io::overlay<Divisor>, Control> {};

#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview {

// In a list of registers: R may lie where others do, because the device selects between them by
// direction, by a bit or by a mode. Aliases need no mark.
template <class R>
struct overlay {
    using IoOverlaid = R;
};

namespace detail {

template <class T>
struct Listed {
    using Register = T;
    static constexpr bool shares = T::Register::Location::io_place.is_alias;
};
template <class R>
struct Listed<overlay<R>> {
    using Register = R;
    static constexpr bool shares = true;
};

// Where the elements of one listed register are: rows of them, of which the first is the only one
// but for a register that takes two indices. The stride of rows is the greater one.
struct Footprint {
    std::size_t offset = 0;
    std::size_t count = 0; // in a row; 0: nowhere
    std::size_t stride = 1;
    std::size_t size = 0;
    bool shares = false;
    int family = -1; // index of the first register of the same family; -1: absolute
    std::size_t rows = 1;
    std::size_t row_stride = 1;

    constexpr std::size_t row_extent() const noexcept { return (count - 1) * stride + size; }
    constexpr std::size_t extent() const noexcept { return (rows - 1) * row_stride + row_extent(); }
};

constexpr bool
touch(std::size_t a, std::size_t a_size, std::size_t b, std::size_t b_size) noexcept {
    return a < b ? b - a < a_size : a - b < b_size;
}

// The last of count places from start on that is not behind offset; the first, if all are.
constexpr std::size_t place_before(std::size_t offset,
                                   std::size_t start,
                                   std::size_t count,
                                   std::size_t stride) noexcept {
    const std::size_t index = offset <= start ? 0 : (offset - start) / stride;
    return index < count ? index : count - 1;
}

// Whether one element at offset touches any element of other: only the two around it can, of the
// two rows around it.
constexpr bool touches(std::size_t offset, std::size_t size, const Footprint& other) noexcept {
    const std::size_t row = place_before(offset, other.offset, other.rows, other.row_stride);
    for (std::size_t r = row; r < other.rows && r <= row + 1; ++r) {
        const std::size_t start = other.offset + r * other.row_stride;
        const std::size_t index = place_before(offset, start, other.count, other.stride);
        for (std::size_t i = index; i < other.count && i <= index + 1; ++i)
            if (touch(offset, size, start + i * other.stride, other.size))
                return true;
    }
    return false;
}

constexpr bool overlap(const Footprint& a, const Footprint& b) noexcept {
    if (a.shares || b.shares || a.count == 0 || b.count == 0 || a.family != b.family ||
        !touch(a.offset, a.extent(), b.offset, b.extent()))
        return false;
    const bool is_a_few = a.rows * a.count < b.rows * b.count;
    const Footprint& few = is_a_few ? a : b;
    const Footprint& many = is_a_few ? b : a;
    for (std::size_t r = 0; r != few.rows; ++r)
        for (std::size_t i = 0; i != few.count; ++i)
            if (touches(few.offset + r * few.row_stride + i * few.stride, few.size, many))
                return true;
    return false;
}

struct Pair {
    int first = -1;
    int second = -1;
};

template <class E>
using FamilyOf = typename Listed<E>::Register::Register::Location::IoFamily;

// The number of the first entry of the same family; -1 for absolute places.
template <class Family, class... Entries>
consteval int family_number() noexcept {
    if constexpr (std::is_void_v<Family>) {
        return -1;
    } else {
        const bool same[] = {std::is_same_v<Family, FamilyOf<Entries>>...};
        int number = 0;
        while (!same[number])
            ++number;
        return number;
    }
}

template <class E>
constexpr Footprint footprint(int family) noexcept {
    using R = typename Listed<E>::Register;
    constexpr const Place& place = R::Register::Location::io_place;
    Footprint made{place.offset,
                   place.is_somewhere ? 1u : 0u,
                   sizeof(R),
                   sizeof(R),
                   Listed<E>::shares,
                   family};
    for (int i = 0; i < place.indices; ++i) {
        const std::size_t count = place.steps[i].count;
        const std::size_t stride = place.stride(i, sizeof(R));
        if (i == 0) {
            made.count = count;
            made.stride = stride;
        } else if (stride > made.stride) {
            made.rows = count;
            made.row_stride = stride;
        } else {
            made.rows = made.count;
            made.row_stride = made.stride;
            made.count = count;
            made.stride = stride;
        }
    }
    return made;
}

template <class... Entries>
constexpr Pair first_overlap() noexcept {
    constexpr int count = sizeof...(Entries);
    const Footprint all[count + 1] = {
        footprint<Entries>(family_number<FamilyOf<Entries>, Entries...>())..., {}};
    // Most lists are in the order of offsets: an entry behind all before it meets none of them.
    std::size_t end = 0;
    for (int j = 0; j < count; ++j) {
        const bool is_absolute = all[j].family == -1;
        const bool is_behind = is_absolute && all[j].offset >= end;
        for (int i = 0; i < j && !is_behind; ++i)
            if (overlap(all[i], all[j]))
                return {i, j};
        if (is_absolute && all[j].count != 0 && all[j].offset + all[j].extent() > end)
            end = all[j].offset + all[j].extent();
    }
    return {};
}

// The register of entry N of a list; void for N < 0.
template <int N, class... Entries>
struct EntryAt {
    using type = void;
};
template <class First, class... Rest>
struct EntryAt<0, First, Rest...> {
    using type = typename Listed<First>::Register;
};
template <int N, class First, class... Rest>
    requires(N > 0)
struct EntryAt<N, First, Rest...> : EntryAt<N - 1, Rest...> {};

template <class First, class Second>
struct CheckedPair {
    static_assert(std::is_void_v<First>,
                  "ioview: these two registers of one block overlap; where that is meant, list one "
                  "as io::overlay<R> or declare it as an io::alias");
    static constexpr bool ok = true;
};

} // namespace detail

// A list of registers, each R or overlay<R>, to derive a block from; refuses two in one place.
// Registers relative to a base are compared with those of the same family.
template <class... Entries>
struct Registers {
private:
    static constexpr detail::Pair overlap = detail::first_overlap<Entries...>();
    static_assert(
        detail::CheckedPair<typename detail::EntryAt<overlap.first, Entries...>::type,
                            typename detail::EntryAt<overlap.second, Entries...>::type>::ok);

public:
    using RegisterList = Registers;
    static constexpr std::size_t count = sizeof...(Entries);

    // f(std::type_identity<R>{}) for each register, in the order of the list.
    template <class F>
    static constexpr void for_each(F&& f) {
        // No fold: clang nests those, and no more than 256 deep.
        const int each[] = {
            0,
            (static_cast<void>(f(std::type_identity<typename detail::Listed<Entries>::Register>{})),
             0)...};
        static_cast<void>(each);
    }
};

} // namespace ioview
