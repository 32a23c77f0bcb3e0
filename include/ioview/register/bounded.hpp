// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Bounded<T, N>: a T whose value needs no more than N bits, checked once, when it is made.
//
//   io::Bounded<std::uint32_t, 4> a = 7;                                // 16 does not compile
//   auto b = io::Bounded<std::uint32_t, 4>::try_new(n);                 // Result: overflow
//   auto c = io::Bounded<std::uint32_t, 4>::masked(n);                  // the low four bits of n
//   std::uint32_t sum = a + c;                                          // arithmetic is plain

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <type_traits>

namespace ioview {
namespace detail {

// Not constexpr, never defined: the name is the message when a consteval check calls one.
void the_constant_is_too_wide_for_its_bits();
void a_negative_constant_needs_a_signed_type();
void run_time_values_go_through_try_with_x_or_Bounded_masked();
void run_time_values_go_through_try_new_or_Bounded_masked();

// Two's complement: the low N bits of value, sign-extended if T is signed.
template <class T, unsigned N, class V>
IOVIEW_INLINE constexpr T low_bits(V value) noexcept {
    using U = std::conditional_t<std::same_as<T, bool>, unsigned char, T>;
    using Wide =
        std::conditional_t<(sizeof(U) < sizeof(unsigned)), unsigned, std::make_unsigned_t<U>>;
    constexpr unsigned unused = bits_of<Wide> - N;
    if constexpr (std::is_signed_v<T>)
        return static_cast<T>(
            static_cast<std::make_signed_t<Wide>>(static_cast<Wide>(value) << unused) >> unused);
    else
        return static_cast<T>(static_cast<Wide>(value) & (static_cast<Wide>(-1) >> unused));
}

// By reference: only then does g++ look at the value here, and the name of what is called is its
// message.
template <unsigned N, Integer V>
consteval V fitting(bool as_signed, const V& constant) {
    if constexpr (is_signed<V>) {
        if (!as_signed && constant < 0)
            a_negative_constant_needs_a_signed_type();
    }
    if (!value_fits<N>(as_signed, constant))
        the_constant_is_too_wide_for_its_bits();
    return constant;
}

template <unsigned N, Integer V>
consteval V fitting_field(bool as_signed, const V& constant) {
    if (!__builtin_constant_p(constant))
        run_time_values_go_through_try_with_x_or_Bounded_masked();
    return fitting<N>(as_signed, constant);
}

template <unsigned N, Integer V>
consteval V fitting_bits(bool as_signed, const V& constant) {
    if (!__builtin_constant_p(constant))
        run_time_values_go_through_try_new_or_Bounded_masked();
    return fitting<N>(as_signed, constant);
}

} // namespace detail

// T: an integer type or bool, 1 <= N <= the bits of T. Signed types hold N-bit two's complement.
template <class T, unsigned N>
class Bounded {
    static_assert(std::integral<T> && sizeof(T) <= 8,
                  "ioview: Bounded holds an integer type of at most 64 bits");
    static_assert(N >= 1 && N <= detail::bits_of<T>,
                  "ioview: the bits of a Bounded are 1 to the bits of its type");

public:
    using Type = T;
    static constexpr unsigned bits = N;

    constexpr Bounded() noexcept = default;

    // A value of a type that has no more bits.
    template <detail::Integer V>
        requires(detail::never_loses<T, N, V>)
    IOVIEW_INLINE constexpr Bounded(V value) noexcept : value_(static_cast<T>(value)) {}

    // A constant, checked by the compiler. Not consteval on clang: a function template around it
    // would become immediate too (C++23), and be refused where it is called, without a word of the
    // value.
    // clang-format off
#if defined(__clang__)
    template <detail::Integer V>
        requires(!detail::never_loses<T, N, V>)
    IOVIEW_INLINE constexpr Bounded(V constant) noexcept
        IOVIEW_REFUSE_AS(run_time_values_go_through_try_new_or_Bounded_masked,
                         !__builtin_constant_p(constant))
        IOVIEW_REFUSE_AS(a_negative_constant_needs_a_signed_type,
                         (detail::constant_is_negative(std::is_signed_v<T>, constant)))
        IOVIEW_REFUSE_AS(the_constant_is_too_wide_for_its_bits,
                         (detail::constant_is_lost<N>(std::is_signed_v<T>, constant)))
        : value_(static_cast<T>(constant)) {}
#else
    template <detail::Integer V>
        requires(!detail::never_loses<T, N, V>)
    consteval Bounded(const V& constant) noexcept
        : value_(static_cast<T>(detail::fitting_bits<N>(
              std::is_signed_v<T>, constant))) {}
#endif
    // clang-format on

    // Conversions between widths and types that cannot lose bits.
    template <class U, unsigned M>
        requires(detail::never_loses<T, N, U, M>)
    IOVIEW_INLINE constexpr Bounded(Bounded<U, M> other) noexcept
        : value_(static_cast<T>(other.get())) {}

    template <class U, unsigned M>
        requires(!detail::never_loses<T, N, U, M>)
    Bounded(Bounded<U, M> value)
        IOVIEW_REFUSED_OF(value,
                          "ioview: bits could be lost; use try_shrink<N>() or Bounded::masked");

    // A constant of the template's own: Bounded<T, 4>::constant<7>().
    template <auto V>
    [[nodiscard]] static consteval Bounded constant() noexcept {
        return Bounded(V);
    }

    // overflow when value needs more than N bits.
    template <detail::Integer V>
    [[nodiscard]] static constexpr Result<Bounded> try_new(V value) noexcept {
        if (!detail::value_fits<N>(std::is_signed_v<T>, value))
            return fail(Error::overflow);
        return masked(value);
    }

    // The low N bits of value; what is above them is dropped.
    template <detail::Integer V>
    [[nodiscard]] IOVIEW_INLINE static constexpr Bounded masked(V value) noexcept {
        Bounded made;
        made.value_ = detail::low_bits<T, N>(value);
        return made;
    }

    // The number. It converts by itself, too.
    [[nodiscard]] IOVIEW_INLINE constexpr T get() const noexcept { return value_; }
    IOVIEW_INLINE constexpr operator T() const noexcept { return value_; }
    [[nodiscard]] constexpr T operator*() const noexcept { return value_; }

    // The same value in more bits.
    template <unsigned M>
    [[nodiscard]] constexpr Bounded<T, M> extend() const noexcept {
        static_assert(M >= N, "ioview: extend() goes to more bits; use try_shrink() for fewer");
        return Bounded<T, M>::masked(value_);
    }

    // The same value in fewer bits; overflow when it needs more.
    template <unsigned M>
    [[nodiscard]] constexpr Result<Bounded<T, M>> try_shrink() const noexcept {
        static_assert(M <= N, "ioview: try_shrink() goes to fewer bits; use extend() for more");
        return Bounded<T, M>::try_new(value_);
    }

    // The same value in another type that holds every N-bit value.
    template <class U>
    [[nodiscard]] constexpr Bounded<U, N> cast() const noexcept {
        static_assert(std::is_signed_v<T> == std::is_signed_v<U> && N <= detail::bits_of<U>,
                      "ioview: cast() goes to a type of the same signedness with N bits or more");
        return Bounded<U, N>::masked(value_);
    }

    // value >> S in R bits; by default in the N - S bits that remain.
    template <unsigned S, unsigned R = N - S>
    [[nodiscard]] constexpr Bounded<T, R> shr() const noexcept {
        static_assert(S < N, "ioview: shr() by all bits or more leaves nothing");
        static_assert(R >= N - S, "ioview: the result of shr<S, R>() has at least N - S bits");
        return Bounded<T, R>::masked(value_ >> S);
    }

    // As shr(), but overflow when a bit that is shifted out is one.
    template <unsigned S, unsigned R = N - S>
    [[nodiscard]] constexpr Result<Bounded<T, R>> shr_exact() const noexcept {
        if ((static_cast<unsigned long long>(value_) & ((1ull << S) - 1)) != 0)
            return fail(Error::overflow);
        return shr<S, R>();
    }

    // value << S in R bits; by default in the N + S bits that it needs.
    template <unsigned S, unsigned R = (N + S < detail::bits_of<T> ? N + S : detail::bits_of<T>)>
    [[nodiscard]] constexpr Bounded<T, R> shl() const noexcept {
        static_assert(N + S <= detail::bits_of<T>, "ioview: shl() past the type; cast() first");
        static_assert(R >= N + S, "ioview: the result of shl<S, R>() has at least N + S bits");
        return Bounded<T, R>::masked(static_cast<unsigned long long>(value_) << S);
    }

private:
    T value_ = T{};
};

} // namespace ioview
