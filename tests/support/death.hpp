// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// How a program ends: runs something in a process of its own, which may not come back.
//
//   const Death death = death_of([] { std::abort(); });
//   CHECK(death.signal == SIGABRT);

#include <csignal>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

struct Death {
    int signal = 0;   // 0: it came back
    std::string said; // on its standard error
};

template <class Body>
Death death_of(Body body) {
    int ends[2];
    if (::pipe(ends) != 0)
        return {-1, "no pipe"};
    const ::pid_t child = ::fork();
    if (child == 0) {
        for (const int number : {SIGABRT, SIGILL, SIGTRAP})
            std::signal(number, SIG_DFL); // Catch2 would report a failed test
        ::dup2(ends[1], STDERR_FILENO);
        body();
        ::_exit(0);
    }
    ::close(ends[1]);
    Death death;
    char text[256];
    for (::ssize_t count = 0; (count = ::read(ends[0], text, sizeof text)) > 0;)
        death.said.append(text, static_cast<std::size_t>(count));
    ::close(ends[0]);
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child)
        return {-1, "no child"};
    death.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return death;
}
