// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// The error on its way into an expected.
//
//   return unexpected(Error::invalid_argument);

#include <ioview/support/expected_slot.hpp>

#include <concepts>
#include <initializer_list>
#include <type_traits>

namespace ioview::detail {

// Part of the name of every function and object whose type has one, so that files with another
// Result do not link with them: "undefined reference to `f[abi:IOVIEW_STD_EXPECTED_0]()'".
// clang says that it comes too late where a file includes what it has imported.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wignored-attributes"
template <class E>
class [[gnu::abi_tag("IOVIEW_STD_EXPECTED_0")]] unexpected;

template <class T, class E>
class [[gnu::abi_tag("IOVIEW_STD_EXPECTED_0")]] expected;
#pragma GCC diagnostic pop

template <class T>
inline constexpr bool is_unexpected = false;
template <class E>
inline constexpr bool is_unexpected<unexpected<E>> = true;

template <class T>
inline constexpr bool is_expected = false;
template <class T, class E>
inline constexpr bool is_expected<expected<T, E>> = true;

// The error on its way into an `expected`.
template <class E>
class unexpected {
    static_assert(std::is_object_v<E> && !std::is_array_v<E> && !std::is_const_v<E> &&
                      !std::is_volatile_v<E> && !is_unexpected<E>,
                  "ioview: this cannot be an error type; use an object type without const");

public:
    template <class G = E>
        requires(!std::is_same_v<std::remove_cvref_t<G>, unexpected> &&
                 !InPlaceTag<std::remove_cvref_t<G>> && __is_constructible(E, G))
    constexpr explicit unexpected(G&& error) noexcept(__is_nothrow_constructible(E, G))
        : error_(static_cast<G&&>(error)) {}

    template <class Tag, class... A>
        requires InPlaceTag<Tag> && (__is_constructible(E, A...))
    constexpr explicit unexpected(Tag, A&&... args) noexcept(__is_nothrow_constructible(E, A...))
        : error_(static_cast<A&&>(args)...) {}

    template <class Tag, class U, class... A>
        requires InPlaceTag<Tag> && (__is_constructible(E, std::initializer_list<U>&, A...))
    constexpr explicit unexpected(Tag, std::initializer_list<U> list, A&&... args)
        : error_(list, static_cast<A&&>(args)...) {}

    constexpr const E& error() const& noexcept { return error_; }
    constexpr E& error() & noexcept { return error_; }
    constexpr const E&& error() const&& noexcept { return static_cast<const E&&>(error_); }
    constexpr E&& error() && noexcept { return static_cast<E&&>(error_); }

    constexpr void swap(unexpected& other) noexcept(std::is_nothrow_swappable_v<E>)
        requires std::is_swappable_v<E>
    {
        std::ranges::swap(error_, other.error_);
    }
    friend constexpr void swap(unexpected& a, unexpected& b) noexcept(noexcept(a.swap(b)))
        requires std::is_swappable_v<E>
    {
        a.swap(b);
    }

    template <class G>
    friend constexpr bool operator==(const unexpected& a, const unexpected<G>& b) {
        return a.error() == b.error();
    }

private:
    E error_;
};

template <class E>
unexpected(E) -> unexpected<E>;

} // namespace ioview::detail
