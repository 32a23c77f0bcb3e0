// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What can go wrong, and how a function says so: `Error`, `Result<T>`, `fail`, `panic`.
//
//   io::Result<> put(char c) { if (full()) return io::fail(io::Error::busy); …; return {}; }

#include <ioview/config.hpp>
#include <ioview/support/panic.hpp> // IWYU pragma: export

#include <cstdint>
#include <version> // IWYU pragma: keep

// Which `expected` carries a Result: the library's when it has the monadic operations too, else our
// own subset. All files of a program agree, and functions that hand a Result from one file to
// another do not link when they don't: where C++20 and C++23 files are linked together, define
// IOVIEW_STD_EXPECTED to 0 in all of them. (What the linker cannot see is a class of your own with
// a Result in it.)
#ifndef IOVIEW_STD_EXPECTED
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202'211L
#define IOVIEW_STD_EXPECTED 1
#else
#define IOVIEW_STD_EXPECTED 0
#endif
#endif

#if IOVIEW_STD_EXPECTED
#include <expected> // IWYU pragma: export
#else
#include <ioview/support/expected.hpp> // IWYU pragma: export
#endif

namespace ioview {

// One cause, one enumerator, whatever the entry point. The values are part of the interface; 0 is
// not an error.
enum class Error : std::uint8_t {
    out_of_bounds = 1, // past the end of the target, or an index past the count
    misaligned,        // the address is not a multiple of what the access needs
    invalid_argument,  // a value that is never right here
    overflow,          // a value too wide for where it should go
    timed_out,         // a condition did not come true in time
    no_memory,         // an allocator or a mapper gave nothing
    busy,              // the resource belongs to somebody else for now
    no_device,         // nothing answers, or no longer
    io_error,          // the medium reported a failed access
    message_too_large, // a message does not fit its queue
    unsupported,       // this machine or device cannot do it
};

namespace detail {
// Whether there is one. Of the number: clang looks at each built-in operator for `!=` of
// enumerations.
[[nodiscard]] IOVIEW_INLINE constexpr bool failed(Error error) noexcept {
    return static_cast<int>(error) != 0;
}
} // namespace detail

#if IOVIEW_STD_EXPECTED
// A `T`, or the reason why there is none.
template <class T = void>
using Result = std::expected<T, Error>;
#else
template <>
inline constexpr bool detail::zero_is_no_error<Error> = true;

// A `T`, or the reason why there is none.
template <class T = void>
using Result = detail::expected<T, Error>;
#endif

// The failure that converts to any Result: `return io::fail(io::Error::busy);`
[[nodiscard]] constexpr auto fail(Error error) noexcept {
#if IOVIEW_STD_EXPECTED
    return std::unexpected<Error>(error);
#else
    return detail::unexpected<Error>(error);
#endif
}

// The enumerator's name as it is spelled, "unknown error" for a value that has none. Never null.
[[nodiscard]] constexpr const char* to_string(Error error) noexcept {
    switch (error) {
    case Error::out_of_bounds:
        return "out_of_bounds";
    case Error::misaligned:
        return "misaligned";
    case Error::invalid_argument:
        return "invalid_argument";
    case Error::overflow:
        return "overflow";
    case Error::timed_out:
        return "timed_out";
    case Error::no_memory:
        return "no_memory";
    case Error::busy:
        return "busy";
    case Error::no_device:
        return "no_device";
    case Error::io_error:
        return "io_error";
    case Error::message_too_large:
        return "message_too_large";
    case Error::unsupported:
        return "unsupported";
    }
    return "unknown error";
}

} // namespace ioview
