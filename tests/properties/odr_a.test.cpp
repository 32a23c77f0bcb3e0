// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// alone: another file has the same
// Two files of one program include every header: they link, and share one of everything.
#include "support/catch.hpp"
#include "support/odr.hpp"

odr::Addresses odr::in_a() {
    return {&odr::next<odr::View>,
            &ioview::panic,
            &ioview::to_string,
            &ioview::SysMemBackend::io_read<std::uint32_t>};
}

TEST_CASE("two files share one of everything", "[odr]") {
    CHECK((odr::in_a() == odr::in_b()));
    odr::Ring ring{5, {{1, 2}, {3, 4}, {5, 6}, {7, 8}}};
    const auto view = odr::View::from_pointer(&ring);
    CHECK(odr::in_a().next(view, 3) == 8);
    CHECK(ring.head == 6);
}
