// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What Microsoft's ABI has otherwise than the others: the sizes of views, and pointers to members
// of four bytes.

#include <ioview/io.hpp>
#include <ioview/project.hpp>

#include "../../../examples/drivers/edu.hpp"
#include "../support/report.hpp"

#include <cstdint>

namespace hardware {

struct TwoWords {
    std::uint32_t first, second;
};

// Neither inlined nor known: the member is found at run time.
template <io::IoOf<TwoWords> View>
[[gnu::noinline]] std::uint32_t read_member(const View& view, std::uint32_t TwoWords::*member) {
    return io::project(view, member).read();
}

template <io::IoOf<edu::Edu> Bar>
void check_abi(Report& report, const Bar& bar) {
    static_assert(sizeof(io::Mmio<TwoWords>) == sizeof(void*));
    static_assert(sizeof(io::SysMem<TwoWords[4]>) == sizeof(void*));
    static_assert(sizeof(io::Mmio<edu::Edu>) == 2 * sizeof(void*));
#ifdef _WIN32
    static_assert(sizeof(std::uint32_t TwoWords::*) == 4);
#endif
    const auto words = bar.template subview<TwoWords>(0); // Id and Liveness
    report.check("abi", "a pointer to member, at run time", [&] {
        bar.write(edu::Liveness{}.with_value(0x1234'5678));
        return read_member(words, &TwoWords::second) == ~std::uint32_t{0x1234'5678} &&
               (read_member(words, &TwoWords::first) & 0xff) == 0xed;
    });
}

} // namespace hardware
