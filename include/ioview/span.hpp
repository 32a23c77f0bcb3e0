// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Span<T>: what std::span<T> is to a caller, for a third of the compile time: <span> brings in
// iterators and ranges that nothing here needs. Each converts to the other.
//
//   void send(io::Span<const std::byte> message);
//   send(array), send(vector), send(std::span(message).first(8));

#include <ioview/config.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview {

template <class T>
class Span;

namespace detail {

template <class T>
inline constexpr bool is_span = false;
template <class T>
inline constexpr bool is_span<Span<T>> = true;

// Anything that owns or refers to Ts in a row.
template <class R, class T>
concept InARow = !std::is_same_v<std::remove_cvref_t<R>, Span<T>> && requires(R& row) {
    { row.size() } -> std::convertible_to<std::size_t>;
    requires std::is_convertible_v<std::remove_pointer_t<decltype(row.data())>(*)[], T(*)[]>;
};

} // namespace detail

// Refers to size() Ts at data(), which must outlive it.
template <class T>
class Span {
public:
    using element_type = T;
    using value_type = std::remove_cv_t<T>;

    constexpr Span() noexcept = default;
    IOVIEW_INLINE constexpr Span(T* data, std::size_t size) noexcept : data_(data), size_(size) {}
    template <std::size_t N>
    IOVIEW_INLINE constexpr Span(std::type_identity_t<T> (&array)[N]) noexcept
        : data_(array), size_(N) {}
    // Not IOVIEW_INLINE: data() and size() are somebody else's, and from libstdc++ 14 on those of
    // std::array are always inlined, which a function in general registers alone refuses.
    template <detail::InARow<T> R>
    constexpr Span(R&& row) noexcept : data_(row.data()), size_(row.size()) {}

    // std::span takes an lvalue by itself, and what is const.
    template <class S>
        requires(!std::is_const_v<T> && __is_constructible(S, T*, std::size_t) &&
                 !detail::is_span<S>)
    constexpr operator S() && noexcept {
        return S(data_, size_);
    }

    // As of std::span.
    [[nodiscard]] IOVIEW_INLINE constexpr T* data() const noexcept { return data_; }
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr std::size_t size_bytes() const noexcept { return size_ * sizeof(T); }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr T* begin() const noexcept { return data_; }
    [[nodiscard]] constexpr T* end() const noexcept { return data_ + size_; }
    // As with std::span, nothing is checked.
    [[nodiscard]] constexpr T& operator[](std::size_t i) const noexcept { return data_[i]; }
    [[nodiscard]] constexpr T& front() const noexcept { return data_[0]; }
    [[nodiscard]] constexpr T& back() const noexcept { return data_[size_ - 1]; }
    [[nodiscard]] constexpr Span first(std::size_t count) const noexcept { return {data_, count}; }
    [[nodiscard]] constexpr Span last(std::size_t count) const noexcept {
        return {data_ + (size_ - count), count};
    }
    [[nodiscard]] constexpr Span subspan(std::size_t offset) const noexcept {
        return {data_ + offset, size_ - offset};
    }
    [[nodiscard]] constexpr Span subspan(std::size_t offset, std::size_t count) const noexcept {
        return {data_ + offset, count};
    }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace ioview
