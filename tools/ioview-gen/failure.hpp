// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Failure: why ioview-gen ends, in words, and with which exit code.
//
//   throw Failure(Exit::refused, "{}:{}: {} is no number", where.file, where.line, text);

#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace gen {

// What ioview-gen exits with; ioview-gen.1 has the same table.
enum class Exit : int {
    done = 0,
    findings = 1,   // --strict, and there is something suspicious
    usage = 2,      // the command line is wrong
    refused = 3,    // an input is no such file, or cannot be understood
    unwritable = 4, // the output cannot be written
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

} // namespace gen
