// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "terminal.hpp"

#include "failure.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace iov {

bool has_colours() {
    const char* none = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return ::isatty(STDOUT_FILENO) != 0 && (none == nullptr || *none == '\0') &&
           terminal != nullptr && std::string_view(terminal) != "dumb";
}

bool asked(const std::string& question) {
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0)
        throw Failure(Exit::declined,
                      "nothing was written: there is no terminal to ask at; --yes says yes");
    std::fflush(stdout);
    std::fprintf(stderr, "%s [y/N] ", question.c_str());
    char answer[16];
    if (std::fgets(answer, sizeof answer, stdin) == nullptr)
        return false;
    const std::string_view said(answer);
    return said == "y\n" || said == "Y\n" || said == "yes\n";
}

} // namespace iov
