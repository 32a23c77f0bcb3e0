// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Member types that state how they are accessed, so that no call has to: `lo_hi<T>` and `hi_lo<T>`,
// in two halves; `single<T>`, in one access of its own, which no copy merges with its neighbours.
//
//   struct Queue {
//       io::lo_hi<io::le<std::uint64_t>> base;     // two 32-bit accesses, the lower first
//       io::single<std::uint8_t> mac[6];           // bytes, each by itself
//   };
//   IO_WRITE(queue, base, ring.dma_address());

#include <ioview/config.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/halves.hpp>
#include <ioview/io/wire.hpp>

#include <type_traits>

namespace ioview {

namespace detail {

// What the three share: the size, alignment and bits of a T, and conversions from and to it.
template <class T>
class Stated {
    using Number = typename NumberIn<T>::type;
    static constexpr bool is_one_access = OneAccess<T> && !std::is_const_v<T>;
    static_assert(is_one_access,
                  "ioview: a member that states its access is an integer of 8 to 64 bits, a fixed "
                  "enum, le or be");

public:
    using value_type = T;

    // Not IOVIEW_INLINE: constructors that are inherited would be that to g++ 14, too, but not in
    // general registers alone.
    Stated() = default;
    constexpr Stated(T value) noexcept : value_(value) {}
    // Of le and be the number too.
    constexpr Stated(Number value) noexcept
        requires(!std::is_same_v<Number, T>)
        : value_(value) {}
    [[nodiscard]] IOVIEW_INLINE constexpr T value() const noexcept { return value_; }
    IOVIEW_INLINE constexpr operator T() const noexcept { return value_; }
    IOVIEW_INLINE constexpr operator Number() const noexcept
        requires(!std::is_same_v<Number, T>)
    {
        return value_.value();
    }

private:
    T value_;
};

template <class T>
struct CheckedHalves {
    static_assert(sizeof(T) >= 2, "ioview: a byte has no halves");
    static constexpr bool ok = true;
};

} // namespace detail

// A T in two accesses of half its width, the less significant half first. Every read, write, update
// and copy goes so; there is no FIFO and no index of it, since it is not one access.
template <class T>
class lo_hi : public detail::Stated<T> {
    static_assert(detail::CheckedHalves<T>::ok);

public:
    using First = detail::LowFirst;
    using detail::Stated<T>::Stated;
};
// The same, the more significant half first.
template <class T>
class hi_lo : public detail::Stated<T> {
    static_assert(detail::CheckedHalves<T>::ok);

public:
    using First = detail::HighFirst;
    using detail::Stated<T>::Stated;
};
// A T in one access of exactly its width, copied or not.
template <class T>
class single : public detail::Stated<T> {
public:
    using detail::Stated<T>::Stated;
};

namespace detail {

template <class T>
struct Wire<single<T>> {
    using Word = typename Wire<T>::Word;
    static constexpr WireOrder order = Wire<T>::order;
    IOVIEW_INLINE static constexpr Word encode(single<T> value) noexcept {
        return Wire<T>::encode(value.value());
    }
    IOVIEW_INLINE static constexpr single<T> decode(Word word) noexcept {
        return single<T>{Wire<T>::decode(word)};
    }
};

template <class T>
struct NumberIn<single<T>> : NumberIn<T> {};

} // namespace detail

} // namespace ioview
