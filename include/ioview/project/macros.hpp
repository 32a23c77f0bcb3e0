// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// The preprocessor's half of project.hpp: tells index steps from member paths, and picks by number
// of arguments. Nothing here recurses, so that errors stay short.

// Compilers show their own expansions of a system header's macros in one line. Our own builds look
// at everything.
#ifndef IOVIEW_WARN_IN_MACROS
#pragma GCC system_header
#endif

#include <ioview/project/path.hpp>

#include <type_traits>
#include <utility>

namespace ioview::detail {

// Types along a chain. The chain is spelled as nested decltypes at the user's line, so that access
// to private members is judged there.
struct region_has_no_members_view_a_part_first_with_subview {}; // bar.subview<T>(offset)
template <class V, class = V>
struct TargetIfAny {
    using Target = V;
};
template <class V>
struct TargetIfAny<V, std::conditional_t<false, typename V::Target, V>> {
    using Target = typename V::Target;
};
template <class V>
struct RootOf {
    using Target = typename TargetIfAny<V>::Target;
    static constexpr bool is_view = IoBase<V>;
    static_assert(is_view,
                  "ioview: the first argument of a projection is a view or an owner; "
                  "SysMem<T>::from_pointer(&object) makes one of an object");
};
template <IoBase V>
struct RootOf<V> {
    using Target = typename V::Target;
};
template <IoBase V>
    requires RegionTarget<typename V::Target>
struct RootOf<V> {
    using Target = region_has_no_members_view_a_part_first_with_subview;
};
template <class V>
using TargetOf = typename RootOf<std::remove_cvref_t<V>>::Target;
template <class T>
T&& object() noexcept;
template <class T, auto I>
std::type_identity<ElementStepTarget<T>> static_step(StaticIndex<I>) noexcept;
template <class T, auto First, auto Last>
std::type_identity<typename StaticPart<T, to_size(First), to_size(Last)>::Target>
    static_step(StaticRange<First, Last>) noexcept;
template <class T, auto First>
auto static_step(StaticFrom<First>) noexcept -> decltype(static_step<T>(StaticRest<T, First>{}));
template <class Identity>
using StaticStepTarget = typename Identity::type;
template <class Place>
using MemberTarget = typename MemberTypeOf<Place>::Target;

// A result on its way to who asked for it.
template <class T>
struct Outcome {
    T result;
    [[nodiscard]] IOVIEW_INLINE constexpr T operator->*(const char*) && noexcept {
        return static_cast<T&&>(result);
    }
};
template <class T>
IOVIEW_INLINE constexpr Outcome<T> outcome(T&& result) noexcept {
    return {static_cast<T&&>(result)};
}

// A bracket would index without a check.
consteval bool has_bracket(const char* path) noexcept {
    return __builtin_strchr(path, '[') != nullptr;
}
// What else no step begins with: the colons of io::at(i), or a piece of Pair<1, 2>, which a macro
// takes for two arguments.
enum class Spelling : unsigned char { good, colons, piece };
consteval Spelling spelling(const char* step) noexcept {
    const char* const end = __builtin_strchr(step, '(');
    const auto begins_with = [&](char c) {
        const char* const place = __builtin_strchr(step, c);
        return place != nullptr && (end == nullptr || place < end);
    };
    const bool opens = begins_with('<');
    const bool closes = begins_with('>');
    return opens != closes    ? Spelling::piece
           : begins_with(':') ? Spelling::colons
           : opens            ? Spelling::piece
                              : Spelling::good;
}
// Asked before the view, and before the offset and the type of a member, since compilers read no
// further in what is neither.
template <Spelling S>
struct Spelled {
    static_assert(S != Spelling::colons,
                  "ioview: a step of a macro has no io:: before it; write at(i), or static_at(3)");
    static_assert(S != Spelling::piece,
                  "ioview: a macro takes a comma between < and > for the end of its argument; put "
                  "parentheses around the argument");
    static consteval bool has_bracket(const char* path) noexcept {
        return detail::has_bracket(path);
    }
    template <class V>
    IOVIEW_INLINE static constexpr auto start(const V& io) noexcept {
        return detail::start(io);
    }
};

} // namespace ioview::detail

// What a step is, by its position after the probe: the probe of an index step expands to more
// arguments and shifts the choice. A member that happens to be called `at` has no parentheses.
// The second macro sees the probe expanded.
#define IOVIEW_PICK_5(...) IOVIEW_PICK_5_(__VA_ARGS__)
#define IOVIEW_PICK_5_(a, b, c, d, e, ...) e
#define IOVIEW_PROBE_at(...) ~, ~
#define IOVIEW_PROBE_try_at(...) ~, ~
#define IOVIEW_PROBE_range(...) ~, ~, ~
#define IOVIEW_PROBE_try_range(...) ~, ~, ~
#define IOVIEW_PROBE_from(...) ~, ~, ~
#define IOVIEW_PROBE_try_from(...) ~, ~, ~
#define IOVIEW_PROBE_first(...) ~, ~, ~
#define IOVIEW_PROBE_try_first(...) ~, ~, ~
#define IOVIEW_PROBE_static_at(...) ~, ~, ~, ~
#define IOVIEW_PROBE_static_range(...) ~, ~, ~, ~
#define IOVIEW_PROBE_static_from(...) ~, ~, ~, ~
#define IOVIEW_PROBE_static_first(...) ~, ~, ~, ~
#define IOVIEW_PROBE_ ~, ~, ~, ~, IOVIEW_STEP_NONE
#define IOVIEW_STATIC_static_at(...)                                                               \
    ::ioview::detail::StaticIndex<(__VA_ARGS__)> {}
#define IOVIEW_STATIC_static_range(first, last)                                                    \
    ::ioview::detail::StaticRange<(first), (last)> {}
#define IOVIEW_STATIC_static_from(...)                                                             \
    ::ioview::detail::StaticFrom<(__VA_ARGS__)> {}
#define IOVIEW_STATIC_static_first(...)                                                            \
    ::ioview::detail::StaticRange<std::size_t{0}, (__VA_ARGS__)> {}

// One line for each macro: compilers quote them.
// clang-format off

// The target after step `s` from a target `t`.
#define IOVIEW_TARGET(t, s) IOVIEW_PICK_5(IOVIEW_PROBE_##s, IOVIEW_TARGET_STATIC, IOVIEW_TARGET_SLICE, IOVIEW_TARGET_ELEMENT, IOVIEW_TARGET_MEMBER, ~)(t, s)
#define IOVIEW_TARGET_MEMBER(t, s) ::ioview::detail::MemberTarget<decltype((::ioview::detail::object<t>().s))>
#define IOVIEW_TARGET_ELEMENT(t, s) ::ioview::detail::ElementStepTarget<t>
#define IOVIEW_TARGET_SLICE(t, s) ::ioview::detail::SliceStepTarget<t>
#define IOVIEW_TARGET_STATIC(t, s) ::ioview::detail::StaticStepTarget<decltype(::ioview::detail::static_step<t>(IOVIEW_STATIC_##s))>

// The macro for one step of the path, which takes (t, s). Lazy steps evaluate their index only
// while no step has failed. Of a member, the offset comes before the type: what is wrong with the
// path is then said once.
#define IOVIEW_EAGER(s) IOVIEW_PICK_5(IOVIEW_PROBE_##s, IOVIEW_STEP_STATIC, IOVIEW_STEP_INDEX, IOVIEW_STEP_INDEX, IOVIEW_STEP_MEMBER, ~)
#define IOVIEW_LAZY(s) IOVIEW_PICK_5(IOVIEW_PROBE_##s, IOVIEW_STEP_STATIC, IOVIEW_STEP_LAZY, IOVIEW_STEP_LAZY, IOVIEW_STEP_MEMBER, ~)
// Members of a type that is not standard layout are refused below, and once is enough.
#ifdef __clang__
#define IOVIEW_OFFSET(t, s) _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Winvalid-offsetof\"") __builtin_offsetof(t, s) _Pragma("clang diagnostic pop")
#else
#define IOVIEW_OFFSET(t, s) __builtin_offsetof(t, s)
#endif
#define IOVIEW_STEP_MEMBER(t, s) .step(::ioview::detail::Member<t, (::ioview::detail::Spelled<::ioview::detail::spelling(#s)>::has_bracket(#s)), ::ioview::detail::has_bracket(#s) ? 0 : IOVIEW_OFFSET(t, s), decltype((::ioview::detail::object<t>().s))>{})
#define IOVIEW_STEP_NONE(t, s) .step(::ioview::detail::a_projection_needs_a_step())
#define IOVIEW_STEP_INDEX(t, s) .step(::ioview::s)
#define IOVIEW_STEP_STATIC(t, s) .step(IOVIEW_STATIC_##s)
#define IOVIEW_STEP_LAZY(t, s) .lazy([&] { return ::ioview::s; })

// One more argument for each try_ step, so that any of them picks the second choice.
#define IOVIEW_TRIES_try_at(...) ~, ~
#define IOVIEW_TRIES_try_range(...) ~, ~
#define IOVIEW_TRIES_try_from(...) ~, ~
#define IOVIEW_TRIES_try_first(...) ~, ~

// One line for each number of steps.
#define IOVIEW_PICK_TRY_1(...) IOVIEW_PICK_TRY_1_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_1_(a1, a2, x, ...) x
#define IOVIEW_PICK_TRY_2(...) IOVIEW_PICK_TRY_2_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_2_(a1, a2, a3, a4, x, ...) x
#define IOVIEW_PICK_TRY_3(...) IOVIEW_PICK_TRY_3_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_3_(a1, a2, a3, a4, a5, a6, x, ...) x
#define IOVIEW_PICK_TRY_4(...) IOVIEW_PICK_TRY_4_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_4_(a1, a2, a3, a4, a5, a6, a7, a8, x, ...) x
#define IOVIEW_PICK_TRY_5(...) IOVIEW_PICK_TRY_5_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_5_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, x, ...) x
#define IOVIEW_PICK_TRY_6(...) IOVIEW_PICK_TRY_6_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_6_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, x, ...) x
#define IOVIEW_PICK_TRY_7(...) IOVIEW_PICK_TRY_7_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_7_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, x, ...) x
#define IOVIEW_PICK_TRY_8(...) IOVIEW_PICK_TRY_8_(__VA_ARGS__)
#define IOVIEW_PICK_TRY_8_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, x, ...) x

#define IOVIEW_IF_TRY_1(lazy, eager, s1) IOVIEW_PICK_TRY_1(IOVIEW_TRIES_##s1, lazy, eager, ~)
#define IOVIEW_IF_TRY_2(lazy, eager, s1, s2) IOVIEW_PICK_TRY_2(IOVIEW_TRIES_##s1, IOVIEW_TRIES_##s2, lazy, lazy, eager, ~)
#define IOVIEW_IF_TRY_3(lazy, eager, s1, s2, s3) IOVIEW_PICK_TRY_3(IOVIEW_TRIES_##s1, IOVIEW_TRIES_##s2, IOVIEW_TRIES_##s3, lazy, lazy, lazy, eager, ~)
#define IOVIEW_IF_TRY_4(lazy, eager, s1, s2, s3, s4) IOVIEW_PICK_TRY_4(IOVIEW_TRIES_##s1, IOVIEW_TRIES_##s2, IOVIEW_TRIES_##s3, IOVIEW_TRIES_##s4, lazy, lazy, lazy, lazy, eager, ~)
#define IOVIEW_IF_TRY_5(lazy, eager, s1, s2, s3, s4, s5) IOVIEW_PICK_TRY_5(IOVIEW_TRIES_##s1, IOVIEW_TRIES_##s2, IOVIEW_TRIES_##s3, IOVIEW_TRIES_##s4, IOVIEW_TRIES_##s5, lazy, lazy, lazy, lazy, lazy, eager, ~)
#define IOVIEW_IF_TRY_6(lazy, eager, s1, s2, s3, s4, s5, s6) IOVIEW_PICK_TRY_6(IOVIEW_TRIES_##s1, IOVIEW_TRIES_##s2, IOVIEW_TRIES_##s3, IOVIEW_TRIES_##s4, IOVIEW_TRIES_##s5, IOVIEW_TRIES_##s6, lazy, lazy, lazy, lazy, lazy, lazy, eager, ~)
#define IOVIEW_IF_TRY_7(lazy, eager, s1, s2, s3, s4, s5, s6, s7) IOVIEW_PICK_TRY_7(IOVIEW_TRIES_##s1, IOVIEW_TRIES_##s2, IOVIEW_TRIES_##s3, IOVIEW_TRIES_##s4, IOVIEW_TRIES_##s5, IOVIEW_TRIES_##s6, IOVIEW_TRIES_##s7, lazy, lazy, lazy, lazy, lazy, lazy, lazy, eager, ~)
#define IOVIEW_IF_TRY_8(lazy, eager, s1, s2, s3, s4, s5, s6, s7, s8) IOVIEW_PICK_TRY_8(IOVIEW_TRIES_##s1, IOVIEW_TRIES_##s2, IOVIEW_TRIES_##s3, IOVIEW_TRIES_##s4, IOVIEW_TRIES_##s5, IOVIEW_TRIES_##s6, IOVIEW_TRIES_##s7, IOVIEW_TRIES_##s8, lazy, lazy, lazy, lazy, lazy, lazy, lazy, lazy, eager, ~)

// The chain of n steps from a target `t0`. Up to the first try_ step all is evaluated in place; what
// stands behind it is lazy.
#define IOVIEW_CHAIN_1(step, t0, s1) step(s1)(t0, s1)
#define IOVIEW_CHAIN_2(step, t0, s1, s2) step(s1)(t0, s1) IOVIEW_CHAIN_1(IOVIEW_IF_TRY_1(IOVIEW_LAZY, step, s1), IOVIEW_TARGET(t0, s1), s2)
#define IOVIEW_CHAIN_3(step, t0, s1, s2, s3) step(s1)(t0, s1) IOVIEW_CHAIN_2(IOVIEW_IF_TRY_1(IOVIEW_LAZY, step, s1), IOVIEW_TARGET(t0, s1), s2, s3)
#define IOVIEW_CHAIN_4(step, t0, s1, s2, s3, s4) step(s1)(t0, s1) IOVIEW_CHAIN_3(IOVIEW_IF_TRY_1(IOVIEW_LAZY, step, s1), IOVIEW_TARGET(t0, s1), s2, s3, s4)
#define IOVIEW_CHAIN_5(step, t0, s1, s2, s3, s4, s5) step(s1)(t0, s1) IOVIEW_CHAIN_4(IOVIEW_IF_TRY_1(IOVIEW_LAZY, step, s1), IOVIEW_TARGET(t0, s1), s2, s3, s4, s5)
#define IOVIEW_CHAIN_6(step, t0, s1, s2, s3, s4, s5, s6) step(s1)(t0, s1) IOVIEW_CHAIN_5(IOVIEW_IF_TRY_1(IOVIEW_LAZY, step, s1), IOVIEW_TARGET(t0, s1), s2, s3, s4, s5, s6)
#define IOVIEW_CHAIN_7(step, t0, s1, s2, s3, s4, s5, s6, s7) step(s1)(t0, s1) IOVIEW_CHAIN_6(IOVIEW_IF_TRY_1(IOVIEW_LAZY, step, s1), IOVIEW_TARGET(t0, s1), s2, s3, s4, s5, s6, s7)
#define IOVIEW_CHAIN_8(step, t0, s1, s2, s3, s4, s5, s6, s7, s8) step(s1)(t0, s1) IOVIEW_CHAIN_7(IOVIEW_IF_TRY_1(IOVIEW_LAZY, step, s1), IOVIEW_TARGET(t0, s1), s2, s3, s4, s5, s6, s7, s8)

// What a dropped result is noticed by, where that takes more than an attribute: nothing that g++ says
// of a system header's macro reaches the user. It says of a class, outside templates, the last token,
// and the string has the place of the user's own line; else the operator, so this line is in no system
// header.
#ifdef __clang__
#define IOVIEW_NOTICE
#define IOVIEW_NOTICED(s)
#else
#define IOVIEW_NOTICE ::ioview::detail::outcome
#ifndef IOVIEW_WARN_IN_MACROS
#if __LINE__ != 226
#error "the marker below states the number of the line after it"
#endif
# 230 __FILE__
#endif
#define IOVIEW_NOTICED(s) ->* #s
#ifndef IOVIEW_WARN_IN_MACROS
#pragma GCC system_header
#endif
#endif
#define IOVIEW_NOT_NOTICED(s)

// A path from the view or owner `io`; then what is done at its end.
#define IOVIEW_PROJECT_1(io, s1) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_1(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1).finish()) IOVIEW_NOTICED(s1))
#define IOVIEW_PROJECT_2(io, s1, s2) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_2(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2).finish()) IOVIEW_NOTICED(s1))
#define IOVIEW_PROJECT_3(io, s1, s2, s3) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_3(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3).finish()) IOVIEW_NOTICED(s1))
#define IOVIEW_PROJECT_4(io, s1, s2, s3, s4) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_4(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4).finish()) IOVIEW_NOTICED(s1))
#define IOVIEW_PROJECT_5(io, s1, s2, s3, s4, s5) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_5(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5).finish()) IOVIEW_NOTICED(s1))
#define IOVIEW_PROJECT_6(io, s1, s2, s3, s4, s5, s6) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_6(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6).finish()) IOVIEW_NOTICED(s1))
#define IOVIEW_PROJECT_7(io, s1, s2, s3, s4, s5, s6, s7) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_7(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7).finish()) IOVIEW_NOTICED(s1))
#define IOVIEW_PROJECT_8(io, s1, s2, s3, s4, s5, s6, s7, s8) (IOVIEW_NOTICE(::ioview::detail::start_part(io) IOVIEW_CHAIN_8(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7, s8).finish()) IOVIEW_NOTICED(s1))

#define IOVIEW_READ_1(io, s1) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_1(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1).end().read()) IOVIEW_NOTICED(s1))
#define IOVIEW_READ_2(io, s1, s2) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_2(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2).end().read()) IOVIEW_NOTICED(s1))
#define IOVIEW_READ_3(io, s1, s2, s3) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_3(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3).end().read()) IOVIEW_NOTICED(s1))
#define IOVIEW_READ_4(io, s1, s2, s3, s4) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_4(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4).end().read()) IOVIEW_NOTICED(s1))
#define IOVIEW_READ_5(io, s1, s2, s3, s4, s5) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_5(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5).end().read()) IOVIEW_NOTICED(s1))
#define IOVIEW_READ_6(io, s1, s2, s3, s4, s5, s6) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_6(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6).end().read()) IOVIEW_NOTICED(s1))
#define IOVIEW_READ_7(io, s1, s2, s3, s4, s5, s6, s7) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_7(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7).end().read()) IOVIEW_NOTICED(s1))
#define IOVIEW_READ_8(io, s1, s2, s3, s4, s5, s6, s7, s8) (IOVIEW_NOTICE(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_8(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7, s8).end().read()) IOVIEW_NOTICED(s1))

// The value or function: after a try_ step, evaluated only while no step has failed.
#define IOVIEW_EAGER_VALUE(value) value
#define IOVIEW_LAZY_VALUE(value) [&](auto io_as_) -> typename decltype(io_as_)::type { return value; }
#define IOVIEW_LAZY_FUNCTION(value) [&] { return value; }
#define IOVIEW_WRITE_1(io, s1, value) (IOVIEW_IF_TRY_1(IOVIEW_NOTICE, , s1)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_1(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1).end().write(IOVIEW_IF_TRY_1(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1)(value))) IOVIEW_IF_TRY_1(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1)(s1))
#define IOVIEW_WRITE_2(io, s1, s2, value) (IOVIEW_IF_TRY_2(IOVIEW_NOTICE, , s1, s2)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_2(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2).end().write(IOVIEW_IF_TRY_2(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1, s2)(value))) IOVIEW_IF_TRY_2(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2)(s1))
#define IOVIEW_WRITE_3(io, s1, s2, s3, value) (IOVIEW_IF_TRY_3(IOVIEW_NOTICE, , s1, s2, s3)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_3(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3).end().write(IOVIEW_IF_TRY_3(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1, s2, s3)(value))) IOVIEW_IF_TRY_3(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3)(s1))
#define IOVIEW_WRITE_4(io, s1, s2, s3, s4, value) (IOVIEW_IF_TRY_4(IOVIEW_NOTICE, , s1, s2, s3, s4)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_4(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4).end().write(IOVIEW_IF_TRY_4(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1, s2, s3, s4)(value))) IOVIEW_IF_TRY_4(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4)(s1))
#define IOVIEW_WRITE_5(io, s1, s2, s3, s4, s5, value) (IOVIEW_IF_TRY_5(IOVIEW_NOTICE, , s1, s2, s3, s4, s5)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_5(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5).end().write(IOVIEW_IF_TRY_5(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5)(value))) IOVIEW_IF_TRY_5(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5)(s1))
#define IOVIEW_WRITE_6(io, s1, s2, s3, s4, s5, s6, value) (IOVIEW_IF_TRY_6(IOVIEW_NOTICE, , s1, s2, s3, s4, s5, s6)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_6(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6).end().write(IOVIEW_IF_TRY_6(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5, s6)(value))) IOVIEW_IF_TRY_6(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5, s6)(s1))
#define IOVIEW_WRITE_7(io, s1, s2, s3, s4, s5, s6, s7, value) (IOVIEW_IF_TRY_7(IOVIEW_NOTICE, , s1, s2, s3, s4, s5, s6, s7)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_7(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7).end().write(IOVIEW_IF_TRY_7(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5, s6, s7)(value))) IOVIEW_IF_TRY_7(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5, s6, s7)(s1))
#define IOVIEW_WRITE_8(io, s1, s2, s3, s4, s5, s6, s7, s8, value) (IOVIEW_IF_TRY_8(IOVIEW_NOTICE, , s1, s2, s3, s4, s5, s6, s7, s8)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_8(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7, s8).end().write(IOVIEW_IF_TRY_8(IOVIEW_LAZY_VALUE, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5, s6, s7, s8)(value))) IOVIEW_IF_TRY_8(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5, s6, s7, s8)(s1))

#define IOVIEW_UPDATE_1(io, s1, value) (IOVIEW_IF_TRY_1(IOVIEW_NOTICE, , s1)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_1(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1).end().update(IOVIEW_IF_TRY_1(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1)(value))) IOVIEW_IF_TRY_1(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1)(s1))
#define IOVIEW_UPDATE_2(io, s1, s2, value) (IOVIEW_IF_TRY_2(IOVIEW_NOTICE, , s1, s2)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_2(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2).end().update(IOVIEW_IF_TRY_2(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1, s2)(value))) IOVIEW_IF_TRY_2(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2)(s1))
#define IOVIEW_UPDATE_3(io, s1, s2, s3, value) (IOVIEW_IF_TRY_3(IOVIEW_NOTICE, , s1, s2, s3)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_3(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3).end().update(IOVIEW_IF_TRY_3(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1, s2, s3)(value))) IOVIEW_IF_TRY_3(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3)(s1))
#define IOVIEW_UPDATE_4(io, s1, s2, s3, s4, value) (IOVIEW_IF_TRY_4(IOVIEW_NOTICE, , s1, s2, s3, s4)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_4(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4).end().update(IOVIEW_IF_TRY_4(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1, s2, s3, s4)(value))) IOVIEW_IF_TRY_4(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4)(s1))
#define IOVIEW_UPDATE_5(io, s1, s2, s3, s4, s5, value) (IOVIEW_IF_TRY_5(IOVIEW_NOTICE, , s1, s2, s3, s4, s5)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_5(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5).end().update(IOVIEW_IF_TRY_5(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5)(value))) IOVIEW_IF_TRY_5(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5)(s1))
#define IOVIEW_UPDATE_6(io, s1, s2, s3, s4, s5, s6, value) (IOVIEW_IF_TRY_6(IOVIEW_NOTICE, , s1, s2, s3, s4, s5, s6)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_6(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6).end().update(IOVIEW_IF_TRY_6(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5, s6)(value))) IOVIEW_IF_TRY_6(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5, s6)(s1))
#define IOVIEW_UPDATE_7(io, s1, s2, s3, s4, s5, s6, s7, value) (IOVIEW_IF_TRY_7(IOVIEW_NOTICE, , s1, s2, s3, s4, s5, s6, s7)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_7(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7).end().update(IOVIEW_IF_TRY_7(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5, s6, s7)(value))) IOVIEW_IF_TRY_7(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5, s6, s7)(s1))
#define IOVIEW_UPDATE_8(io, s1, s2, s3, s4, s5, s6, s7, s8, value) (IOVIEW_IF_TRY_8(IOVIEW_NOTICE, , s1, s2, s3, s4, s5, s6, s7, s8)(::ioview::detail::Spelled<::ioview::detail::spelling(#s1)>::start(io) IOVIEW_CHAIN_8(IOVIEW_EAGER, ::ioview::detail::TargetOf<decltype(io)>, s1, s2, s3, s4, s5, s6, s7, s8).end().update(IOVIEW_IF_TRY_8(IOVIEW_LAZY_FUNCTION, IOVIEW_EAGER_VALUE, s1, s2, s3, s4, s5, s6, s7, s8)(value))) IOVIEW_IF_TRY_8(IOVIEW_NOTICED, IOVIEW_NOT_NOTICED, s1, s2, s3, s4, s5, s6, s7, s8)(s1))

#define IOVIEW_TOO_MANY(...) ::ioview::detail::at_most_8_steps_in_one_projection()
#define IOVIEW_PICK_13(a, b, c, d, e, f, g, h, i, j, k, l, m, ...) m

// The long names; the value or function comes last.
#define IOVIEW_WRITE_NO_STEP(io, value) ::ioview::detail::a_projection_needs_a_step_before_the_value()
#define IOVIEW_UPDATE_NO_STEP(io, value) ::ioview::detail::a_projection_needs_a_step_before_the_function()
#define IOVIEW_PROJECT(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_PROJECT_8, IOVIEW_PROJECT_7, IOVIEW_PROJECT_6, IOVIEW_PROJECT_5, IOVIEW_PROJECT_4, IOVIEW_PROJECT_3, IOVIEW_PROJECT_2, IOVIEW_PROJECT_1, ~)(io, __VA_ARGS__)
#define IOVIEW_READ(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_READ_8, IOVIEW_READ_7, IOVIEW_READ_6, IOVIEW_READ_5, IOVIEW_READ_4, IOVIEW_READ_3, IOVIEW_READ_2, IOVIEW_READ_1, ~)(io, __VA_ARGS__)
#define IOVIEW_WRITE(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_WRITE_8, IOVIEW_WRITE_7, IOVIEW_WRITE_6, IOVIEW_WRITE_5, IOVIEW_WRITE_4, IOVIEW_WRITE_3, IOVIEW_WRITE_2, IOVIEW_WRITE_1, IOVIEW_WRITE_NO_STEP, ~)(io, __VA_ARGS__)
#define IOVIEW_UPDATE(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_UPDATE_8, IOVIEW_UPDATE_7, IOVIEW_UPDATE_6, IOVIEW_UPDATE_5, IOVIEW_UPDATE_4, IOVIEW_UPDATE_3, IOVIEW_UPDATE_2, IOVIEW_UPDATE_1, IOVIEW_UPDATE_NO_STEP, ~)(io, __VA_ARGS__)

// The short ones are spelled out again: one level less in what compilers quote.
#ifndef IOVIEW_NO_SHORT_MACROS
#define IO_PROJECT(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_PROJECT_8, IOVIEW_PROJECT_7, IOVIEW_PROJECT_6, IOVIEW_PROJECT_5, IOVIEW_PROJECT_4, IOVIEW_PROJECT_3, IOVIEW_PROJECT_2, IOVIEW_PROJECT_1, ~)(io, __VA_ARGS__)
#define IO_READ(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_READ_8, IOVIEW_READ_7, IOVIEW_READ_6, IOVIEW_READ_5, IOVIEW_READ_4, IOVIEW_READ_3, IOVIEW_READ_2, IOVIEW_READ_1, ~)(io, __VA_ARGS__)
#define IO_WRITE(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_WRITE_8, IOVIEW_WRITE_7, IOVIEW_WRITE_6, IOVIEW_WRITE_5, IOVIEW_WRITE_4, IOVIEW_WRITE_3, IOVIEW_WRITE_2, IOVIEW_WRITE_1, IOVIEW_WRITE_NO_STEP, ~)(io, __VA_ARGS__)
#define IO_UPDATE(io, ...) IOVIEW_PICK_13(__VA_ARGS__, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_TOO_MANY, IOVIEW_UPDATE_8, IOVIEW_UPDATE_7, IOVIEW_UPDATE_6, IOVIEW_UPDATE_5, IOVIEW_UPDATE_4, IOVIEW_UPDATE_3, IOVIEW_UPDATE_2, IOVIEW_UPDATE_1, IOVIEW_UPDATE_NO_STEP, ~)(io, __VA_ARGS__)
#endif
// clang-format on
