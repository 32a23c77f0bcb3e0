// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// That each barrier can be called; what they are is looked at in the generated code.
#include <ioview/barrier.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

// No barrier changes a value, and the compiler keeps no value across one.
template <class Barrier>
std::uint32_t across(Barrier barrier) {
    static std::uint32_t shared = 0;
    std::uint32_t* volatile place = &shared;
    *place = 1;
    barrier();
    *place = *place + 1;
    barrier();
    return shared;
}

} // namespace

TEST_CASE("every barrier can be called", "[barrier]") {
    CHECK(across([] { io::mb(); }) == 2);
    CHECK(across([] { io::rmb(); }) == 2);
    CHECK(across([] { io::wmb(); }) == 2);
    CHECK(across([] { io::dma_mb(); }) == 2);
    CHECK(across([] { io::dma_rmb(); }) == 2);
    CHECK(across([] { io::dma_wmb(); }) == 2);
    CHECK(across([] { io::mmiowb(); }) == 2);
    CHECK(across([] { io::wc_flush(); }) == 2);
    STATIC_REQUIRE(noexcept(io::mmiowb())&& noexcept(io::wc_flush()));
    STATIC_REQUIRE(noexcept(io::mb())&& noexcept(io::rmb())&& noexcept(io::wmb()));
    STATIC_REQUIRE(noexcept(io::dma_mb())&& noexcept(io::dma_rmb())&& noexcept(io::dma_wmb()));
}

TEST_CASE("barriers work in constant expressions", "[barrier]") {
    constexpr int value = [] {
        int made = 1;
        io::mb(), io::rmb(), io::wmb();
        made += 1;
        io::dma_mb(), io::dma_rmb(), io::dma_wmb();
        made += 1;
        io::mmiowb(), io::wc_flush();
        return made;
    }();
    STATIC_REQUIRE(value == 3);
}
