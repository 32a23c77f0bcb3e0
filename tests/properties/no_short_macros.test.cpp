// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The long names alone, for those whose IO_… are taken.
#define IOVIEW_NO_SHORT_MACROS
#include <ioview/ioview.hpp>

#if defined(IO_PROJECT) || defined(IO_READ) || defined(IO_WRITE) || defined(IO_UPDATE) ||          \
    defined(IO_FIELDS)
#error "IOVIEW_NO_SHORT_MACROS leaves the long names only"
#endif

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

int IO_READ(int value) { // theirs
    return value + 1;
}

struct Queue {
    std::uint32_t head, entries[4];
};

} // namespace

TEST_CASE("the long names do all", "[no_short_macros]") {
    Recorded<sizeof(Queue)> ram;
    const auto queue = ram.view<Queue>();
    IOVIEW_WRITE(queue, head, 1u);
    IOVIEW_UPDATE(queue, head, [](auto v) { return v + 1; });
    CHECK(IOVIEW_READ(queue, head) == 2);
    CHECK(IOVIEW_PROJECT(queue, entries, at(3)).address() == 16);
    CHECK(IOVIEW_READ(queue, entries, try_at(4)).error() == io::Error::out_of_bounds);
    CHECK(IOVIEW_WRITE(queue, entries, try_at(IOVIEW_READ(queue, head)), 7u));
    CHECK(IOVIEW_READ(queue, entries, at(2)) == 7);
    CHECK(IO_READ(1) == 2);
}
