// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// The preprocessor's half of project.hpp: what becomes of IO_PROJECT, IO_READ, IO_WRITE and
// IO_UPDATE, and of IOVIEW_PROJECT and so on where those names are taken.
//
//   IO_PROJECT(view, a.b, at(i))
//
// From top to bottom, this is the way of that line; each heading says what it has become by then.
// Whatever has a line for each number of steps is in project/chain_macros.hpp, which a script
// prints. Nothing recurses, and macros are picked by position, so that errors stay short: compilers
// quote each macro that they come through.

// Compilers show their own expansions of a system header's macros in one line. Our own builds look
// at everything.
#ifndef IOVIEW_WARN_IN_MACROS
#pragma GCC system_header
#endif

#include <ioview/project/chain_macros.hpp>
#include <ioview/support/arity.hpp>

// clang-format off

// --- 1. By the number of steps: IOVIEW_PROJECT_2(view, a.b, at(i))
//
// IO_PROJECT puts its arguments before a row of names, the one for most steps first, and takes the
// one that they have shifted to the 13th place.

#define IOVIEW_TOO_MANY(...) ::ioview::detail::at_most_8_steps_in_one_projection()
#define IOVIEW_WRITE_NO_STEP(io, value)                                                            \
    ::ioview::detail::a_projection_needs_a_step_before_the_value()
#define IOVIEW_UPDATE_NO_STEP(io, value)                                                           \
    ::ioview::detail::a_projection_needs_a_step_before_the_function()

// --- 2. The chain: start_part(view) IOVIEW_CHAIN_2(IOVIEW_EAGER, Target, a.b, at(i)).finish()
//
// IOVIEW_CHAIN_n takes the macro that knows what to do with a step, the target that the step starts
// from, and the steps. It does the first step, and leaves the others to IOVIEW_CHAIN_<n - 1>, from
// IOVIEW_TARGET of it:
//
//   IOVIEW_EAGER(a.b)(Target, a.b) IOVIEW_EAGER(at(i))(IOVIEW_TARGET(Target, a.b), at(i))

// --- 3. What kind of step it is
//
// The step is pasted to the name of a probe. IOVIEW_PROBE_at(i) is a macro and expands to more
// arguments, which shifts the choice; IOVIEW_PROBE_a.b is none and takes the last. A member that
// happens to be called `at` has no parentheses, and so is none either.

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

// A static step as a value.
#define IOVIEW_STATIC_static_at(...) ::ioview::detail::StaticIndex<(__VA_ARGS__)>{}
#define IOVIEW_STATIC_static_range(a, b) ::ioview::detail::StaticRange<(a), (b)>{}
#define IOVIEW_STATIC_static_from(...) ::ioview::detail::StaticFrom<(__VA_ARGS__)>{}
#define IOVIEW_STATIC_static_first(...)                                                            \
    ::ioview::detail::StaticRange<std::size_t{0}, (__VA_ARGS__)>{}

// --- 4. The target after step `s` from a target `t`: a type that is spelled, so that access to
// private members is judged at the user's line

#define IOVIEW_TARGET(t, s)                                                                        \
    IOVIEW_PICK_5(IOVIEW_PROBE_##s, IOVIEW_TARGET_STATIC, IOVIEW_TARGET_SLICE,                     \
                  IOVIEW_TARGET_ELEMENT, IOVIEW_TARGET_MEMBER, ~)(t, s)
#define IOVIEW_TARGET_MEMBER(t, s)                                                                 \
    ::ioview::detail::MemberTarget<decltype((::ioview::detail::object<t>().s))>
#define IOVIEW_TARGET_ELEMENT(t, s) ::ioview::detail::ElementStepTarget<t>
#define IOVIEW_TARGET_SLICE(t, s) ::ioview::detail::SliceStepTarget<t>
#define IOVIEW_TARGET_STATIC(t, s)                                                                 \
    ::ioview::detail::StaticStepTarget<decltype(::ioview::detail::static_step<t>(                  \
        IOVIEW_STATIC_##s))>

// --- 5. The step itself: .step(Member<Target, …>{}) .step(::ioview::at(i))
//
// Of a member, the offset comes before the type: what is wrong with the path is then said once.

#define IOVIEW_EAGER(s)                                                                            \
    IOVIEW_PICK_5(IOVIEW_PROBE_##s, IOVIEW_STEP_STATIC, IOVIEW_STEP_INDEX, IOVIEW_STEP_INDEX,      \
                  IOVIEW_STEP_MEMBER, ~)
#define IOVIEW_STEP_MEMBER(t, s)                                                                   \
    .step(::ioview::detail::Member<                                                                \
          t, (::ioview::detail::Spelled<::ioview::detail::spelling(#s)>::has_bracket(#s)),         \
          ::ioview::detail::has_bracket(#s) ? 0 : IOVIEW_OFFSET(t, s),                             \
          decltype((::ioview::detail::object<t>().s))>{})
#define IOVIEW_STEP_NONE(t, s) .step(::ioview::detail::a_projection_needs_a_step())
#define IOVIEW_STEP_INDEX(t, s) .step(::ioview::s)
#define IOVIEW_STEP_STATIC(t, s) .step(IOVIEW_STATIC_##s)

// Members of a type that is not standard layout are refused by Member, and once is enough.
#ifdef __clang__
#define IOVIEW_OFFSET(t, s)                                                                        \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Winvalid-offsetof\"")    \
        __builtin_offsetof(t, s) _Pragma("clang diagnostic pop")
#else
#define IOVIEW_OFFSET(t, s) __builtin_offsetof(t, s)
#endif

// --- 6. Behind a try_ step: .lazy([&] { return ::ioview::at(i); })
//
// IOVIEW_CHAIN_n changes IOVIEW_EAGER for IOVIEW_LAZY behind the first try_ step: an index is then
// evaluated only while no step has failed.

#define IOVIEW_LAZY(s)                                                                             \
    IOVIEW_PICK_5(IOVIEW_PROBE_##s, IOVIEW_STEP_STATIC, IOVIEW_STEP_LAZY, IOVIEW_STEP_LAZY,        \
                  IOVIEW_STEP_MEMBER, ~)
#define IOVIEW_STEP_LAZY(t, s) .lazy([&] { return ::ioview::s; })

// What IOVIEW_IF_TRY_n sees of a step: a try_ step is one argument more, and each step has two
// places, so that any of them picks the first choice.
#define IOVIEW_TRIES_try_at(...) ~, ~
#define IOVIEW_TRIES_try_range(...) ~, ~
#define IOVIEW_TRIES_try_from(...) ~, ~
#define IOVIEW_TRIES_try_first(...) ~, ~

// --- 7. The end: .finish(), or .end().read(), .end().write(value), .end().update(function)
//
// With a try_ step, a lambda of the value or function, for the same reason.

#define IOVIEW_EAGER_VALUE(value) value
#define IOVIEW_LAZY_VALUE(v) [&](auto io_as_) -> typename decltype(io_as_)::type { return v; }
#define IOVIEW_LAZY_FUNCTION(value) [&] { return value; }

// clang-format on
