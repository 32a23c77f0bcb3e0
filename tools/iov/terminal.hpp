// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Whether there is somebody to ask, and to show colours to.
//
//   if (!asked("Write?")) throw Failure(Exit::declined, "not written");

#include <string>

namespace iov {

// The standard output is a terminal that shows colours, and NO_COLOR (no-color.org) is not set.
[[nodiscard]] bool has_colours();
// Asks at the terminal, y or yes is yes. Failure with Exit::declined where there is none to ask at.
[[nodiscard]] bool asked(const std::string& question);

} // namespace iov
