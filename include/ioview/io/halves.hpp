// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// One value in two accesses of half its width, in a stated order. Users see them in lo_hi.hpp and
// stated.hpp.
//
//   auto counter = read_halves<MmioBackend, std::uint64_t, LowFirst>(view, 0x10);

#include <ioview/concepts.hpp>
#include <ioview/endian.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/register_checks.hpp>

#include <bit>
#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// The two halves of a T in the spaces of B: their type, and where the less significant one is.
template <class B, class T>
struct Halves {
    static constexpr WireOrder order = Wire<T>::order;
    static constexpr std::size_t size = sizeof(T) / 2;
    using Word = typename StoredWord<size>::type;
    using Half = std::conditional_t<order == WireOrder::little,
                                    le<Word>,
                                    std::conditional_t<order == WireOrder::big, be<Word>, Word>>;
    static constexpr bool low_first =
        order == WireOrder::little ||
        (order == WireOrder::backend && BackendTraits<B>::order == std::endian::little);
    static constexpr std::size_t low = low_first ? 0 : size;
    static constexpr std::size_t high = low_first ? size : 0;

    static constexpr T whole(Word low_word, Word high_word) noexcept {
        using All = typename Wire<T>::Word;
        return Wire<T>::decode(
            static_cast<All>(static_cast<All>(high_word) << (8 * size) | low_word));
    }
};

template <class T>
concept HasHalves = OneAccess<T> && sizeof(T) >= 2;

// Both halves can be read; and written, where T is not const.
template <class B, class T>
concept HalvesCapable =
    HasHalves<T> &&
    IoCapable<B,
              std::conditional_t<std::is_const_v<T>,
                                 const typename Halves<B, std::remove_const_t<T>>::Half,
                                 typename Halves<B, T>::Half>>;

// Which half is accessed first, in either direction.
struct LowFirst {
    static constexpr bool low = true;
};
struct HighFirst {
    static constexpr bool low = false;
};

template <class B, class T, class First, class View>
constexpr T read_halves(View view, std::size_t offset) noexcept {
    static_assert(CheckedKind<Does::read, T>::ok);
    using H = Halves<B, T>;
    using W = typename H::Word;
    constexpr std::size_t first = First::low ? H::low : H::high;
    const W one = get<B, typename H::Half>(view, offset + first);
    const W other = get<B, typename H::Half>(view, offset + (H::size - first));
    return First::low ? H::whole(one, other) : H::whole(other, one);
}
// The error is the medium's; nothing is accessed after one.
template <class B, class T, class First, class View>
[[nodiscard]] constexpr Result<T> try_read_halves(View view, std::size_t offset) noexcept {
    static_assert(CheckedKind<Does::read, T>::ok);
    using H = Halves<B, T>;
    using W = typename H::Word;
    constexpr std::size_t first = First::low ? H::low : H::high;
    const auto one = try_get<B, typename H::Half>(view, offset + first);
    if (!one)
        return fail(one.error());
    const auto other = try_get<B, typename H::Half>(view, offset + (H::size - first));
    if (!other)
        return fail(other.error());
    return First::low ? H::whole(W{*one}, W{*other}) : H::whole(W{*other}, W{*one});
}
template <class B, class T, class First, class View>
[[nodiscard]] constexpr Result<> try_write_halves(View view, std::size_t offset, T value) noexcept {
    static_assert(CheckedKind<Does::write, T>::ok);
    using H = Halves<B, T>;
    using W = typename H::Word;
    constexpr std::size_t first = First::low ? H::low : H::high;
    const auto word = Wire<T>::encode(value);
    const auto low = static_cast<W>(word);
    const auto high = static_cast<W>(word >> (8 * H::size));
    if (auto done = try_put<B, typename H::Half>(view, offset + first, First::low ? low : high);
        !done)
        return done;
    return try_put<B, typename H::Half>(view, offset + (H::size - first), First::low ? high : low);
}

// The greatest number of times that the upper half may be found changed by a stable read: a counter
// changes it once in as long as the lower half takes to run through.
inline constexpr int most_carries = 8;

// high(), low(), high() until both highs are the same: {value, true}, or the last value and false.
template <class W>
struct Stable {
    W low, high;
    bool is_stable;
};
template <class W, class Low, class High>
[[nodiscard]] constexpr Result<Stable<W>> read_stable(Low&& low, High&& high) noexcept {
    Result<W> before = high();
    if (!before)
        return fail(before.error());
    Stable<W> last{};
    for (int i = 0; i < most_carries; ++i) {
        const Result<W> between = low();
        if (!between)
            return fail(between.error());
        const Result<W> after = high();
        if (!after)
            return fail(after.error());
        last = {*between, *after, *after == *before};
        if (last.is_stable)
            break;
        before = after;
    }
    return last;
}

} // namespace ioview::detail
