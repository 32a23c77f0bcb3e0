// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Failure: why iov ends, in words, and with which exit code.
//
//   throw Failure(Exit::usage, "{} is no width; take 8, 16, 32 or 64", width);

#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <utility>

namespace iov {

// What iov exits with; iov.1 has the same table.
enum class Exit : int {
    done = 0,
    differs = 1,     // dump --diff found a difference
    usage = 2,       // the command line is wrong, out of bounds and misaligned included
    unreadable = 3,  // what is asked for is not there, cannot be read, or is no such file
    not_allowed = 4, // a permission or a kernel option is missing
    declined = 5,    // nothing was written: the answer was no, or there was nobody to ask
};

class Failure : public std::runtime_error {
public:
    template <class... Args>
    Failure(Exit code, fmt::format_string<Args...> format, Args&&... args)
        : std::runtime_error(fmt::format(format, std::forward<Args>(args)...)), code_(code) {}

    [[nodiscard]] Exit code() const noexcept { return code_; }

private:
    Exit code_;
};

} // namespace iov
