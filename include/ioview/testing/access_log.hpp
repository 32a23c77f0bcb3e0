// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses as data: what a driver did, in order, and how that differs from what was expected. The
// barriers of publish() and its like stand in the log too, and those with a view, io::mb(view).
//
//   const io::testing::Log expected{{read, 0x18, 4, 0x20}, {write, 0x00, 4, 'A'}};
//   CHECK(recorder.log() == expected);                 // prints both logs where they differ

#if !__STDC_HOSTED__
#error "ioview/testing/access_log.hpp needs a hosted implementation"
#endif

#include <ioview/testing/access.hpp>
#include <ioview/testing/message.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace ioview::testing {

// Accesses in the order in which they were made.
using Log = std::vector<Access>;

// read32 0x18 -> 0x20, write8 0x3 <- 0xff, uart: dma_wmb
inline std::string to_string(const Access& access) {
    Message message;
    append(message, access);
    return message.c_str();
}
// read32 0x18 Flags -> 0x20: with the names of the registers that Block lists.
template <class Block>
std::string to_string(const Access& access) {
    Message message;
    append(message, access, true, &detail::append_listed<Block>);
    return message.c_str();
}

// The two logs side by side from two steps before the first difference on; empty when equal. Steps
// count from 1. With a block that lists its registers, diff<Uart>(…), accesses are named.
template <class Block = void>
std::string diff(const Log& expected, const Log& actual) {
    const auto same = [&](std::size_t i) {
        return i < expected.size() && i < actual.size() && expected[i] == actual[i];
    };
    const auto line = [](const Log& log, std::size_t i) {
        return i < log.size() ? to_string<Block>(log[i]) : std::string("nothing");
    };
    const std::size_t count = expected.size() > actual.size() ? expected.size() : actual.size();
    std::size_t first = 0;
    while (first < count && same(first))
        ++first;
    std::string text;
    for (std::size_t i = first < 2 ? 0 : first - 2; first < count && i < count; ++i)
        text += "step " + std::to_string(i + 1) + ": " + line(expected, i) +
                (same(i) ? "" : ", but got " + line(actual, i)) + '\n';
    return text;
}

// As to_string, for what test frameworks print.
inline std::ostream& operator<<(std::ostream& out, const Access& access) {
    return out << to_string(access);
}

} // namespace ioview::testing
