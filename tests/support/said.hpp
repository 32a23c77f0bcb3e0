// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a double said while something ran, and a clock for polling in tests.
//
//   CHECK(said([](auto& handler) { Script script{…}; script.on_failure(handler); … }) == "…");

#include <string>

struct Said {
    std::string text;
    void operator()(const char* message) {
        if (!text.empty())
            text += '\n';
        text += message;
    }
};

template <class F>
std::string said(F&& f) {
    Said handler;
    f(handler);
    return handler.text;
}

// Time that passes only while somebody sleeps.
struct Ticks {
    unsigned time = 0;
    constexpr unsigned now() const noexcept { return time; }
    constexpr void sleep_for(unsigned ticks) noexcept { time += ticks; }
};
