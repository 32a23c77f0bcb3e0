// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// alone: another file has the same
// The other of two files that include everything; see odr_a.test.cpp.
#include "support/catch.hpp"
#include "support/odr.hpp"

odr::Addresses odr::in_b() {
    return {&odr::next<odr::View>,
            &ioview::panic,
            &ioview::to_string,
            &ioview::SysMemBackend::io_read<std::uint32_t>};
}

TEST_CASE("the other file runs what it shares", "[odr]") {
    odr::Ring ring{5, {{1, 2}, {3, 4}, {5, 6}, {7, 8}}};
    const auto view = odr::View::from_pointer(&ring);
    CHECK(odr::in_a().next(view, 1) == 4);
    CHECK(odr::in_b().next(view, 4) == 7);
}
