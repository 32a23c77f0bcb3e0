// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// ioview's errors as std::error_code, for programs that speak that.
//
//   std::error_code code = io::Error::busy;   // "ioview: busy"
//   if (code == std::errc::device_or_resource_busy) …

#if !__STDC_HOSTED__
#error "ioview/system_error.hpp needs a hosted implementation; error.hpp does not"
#endif

#include <ioview/error.hpp>

#include <string>
#include <system_error>
#include <type_traits>

namespace ioview {
namespace detail {

class ErrorCategory final : public std::error_category {
public:
    const char* name() const noexcept override { return "ioview"; }
    std::string message(int value) const override {
        return known(value) ? to_string(static_cast<Error>(value)) : "unknown error";
    }
    // The nearest POSIX meaning, so that `code == std::errc::…` works. Values without one stay
    // ioview's own.
    std::error_condition default_error_condition(int value) const noexcept override {
        switch (known(value) ? static_cast<Error>(value) : Error{}) {
        case Error::out_of_bounds:
            return std::errc::result_out_of_range;
        case Error::misaligned:
        case Error::invalid_argument:
            return std::errc::invalid_argument;
        case Error::overflow:
            return std::errc::value_too_large;
        case Error::timed_out:
            return std::errc::timed_out;
        case Error::no_memory:
            return std::errc::not_enough_memory;
        case Error::busy:
            return std::errc::device_or_resource_busy;
        case Error::no_device:
            return std::errc::no_such_device;
        case Error::io_error:
            return std::errc::io_error;
        case Error::message_too_large:
            return std::errc::message_size;
        case Error::unsupported:
            return std::errc::not_supported;
        }
        return {value, *this};
    }

private:
    static constexpr bool known(int value) noexcept {
        return value >= static_cast<int>(Error::out_of_bounds) &&
               value <= static_cast<int>(Error::unsupported);
    }
};

} // namespace detail

// The one category object. Its name is "ioview".
[[nodiscard]] inline const std::error_category& error_category() noexcept {
    static const detail::ErrorCategory category;
    return category;
}

// Found by argument-dependent lookup: `std::error_code code = io::Error::busy;`
[[nodiscard]] inline std::error_code make_error_code(Error error) noexcept {
    return {static_cast<int>(error), error_category()};
}

} // namespace ioview

// std::error_code is made of an Error by itself.
template <>
struct std::is_error_code_enum<ioview::Error> : std::true_type {};
