// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Where doubles report what went wrong. By default the message goes to stderr and the program ends,
// which needs no test framework. With Catch2, version 2 or 3, two lines make it a failed check:
//
//   #include <catch2/catch_all.hpp>                  // version 2: <catch2/catch.hpp>
//   const auto before = io::testing::on_failure([](const char* message) { FAIL_CHECK(message); });
//
// Doubles are called from noexcept code: a handler returns or ends the program, and does not throw.
// (FAIL_CHECK notes a failure and goes on; FAIL would throw.)

#include <ioview/error.hpp>

#include <concepts>
#include <type_traits>

#if __STDC_HOSTED__
#include <cstdio>
#include <cstdlib>
#endif

namespace ioview::testing {

// A function, or a callable that stays where it is, taking the message.
class FailureHandler {
public:
    template <class F>
        requires std::convertible_to<F, void (*)(const char*)>
    constexpr FailureHandler(F function) noexcept : function_(function) {}
    template <class F>
        requires(!std::same_as<std::remove_const_t<F>, FailureHandler> &&
                 std::invocable<F&, const char*> && !std::convertible_to<F&, void (*)(const char*)>)
    FailureHandler(F& callable) noexcept
        : callable_(
              const_cast<void*>(static_cast<const volatile void*>(__builtin_addressof(callable)))),
          call_([](void* f, const char* message) { (*static_cast<F*>(f))(message); }) {}

    void operator()(const char* message) const {
        if (function_ != nullptr)
            function_(message);
        else if (call_ != nullptr)
            call_(callable_, message);
    }

private:
    void (*function_)(const char*) = nullptr;
    void* callable_ = nullptr;
    void (*call_)(void*, const char*) = nullptr;
};

} // namespace ioview::testing

namespace ioview::detail {

[[noreturn]] inline void print_and_abort(const char* message) {
#if __STDC_HOSTED__
    std::fprintf(stderr, "%s\n", message);
    std::abort();
#else
    panic(message);
#endif
}

inline constinit testing::FailureHandler failure_handler{print_and_abort};

} // namespace ioview::detail

namespace ioview::testing {

// What is done with failures of doubles that have no handler of their own; returns what was done
// before.
inline FailureHandler on_failure(FailureHandler handler) noexcept {
    const FailureHandler before = detail::failure_handler;
    detail::failure_handler = handler;
    return before;
}

// To the same handler, for checks of one's own.
inline void report_failure(const char* message) {
    detail::failure_handler(message);
}

} // namespace ioview::testing
