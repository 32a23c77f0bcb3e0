// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A program of the guest, run to its end:
//
//   const Said said = guest::run_program({"/usr/bin/lspci", "-n"});

#include "guest.hpp"

#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace guest {

struct Said {
    int code = -1; // its exit code; -1 where a signal ended it
    std::string out;
    std::string err;
};

// As root, or as another user.
inline Said run_program(std::vector<std::string> words, ::uid_t user = 0) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        static char environment[][16] = {"LC_ALL=C", "PATH=/usr/bin"};
        char* variables[] = {environment[0], environment[1], nullptr};
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
        const int out = ::open("/out", flags, 0600);
        const int err = ::open("/err", flags, 0600);
        const int in = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (::dup2(in, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0 || ::setgid(user) != 0 ||
            ::setuid(user) != 0)
            ::_exit(126);
        ::execve(arguments[0], arguments.data(), variables);
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child)
        give_up(words[0].c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file("/out"), read_file("/err")};
}

} // namespace guest
