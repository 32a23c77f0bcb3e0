// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Names that drivers like: a call of theirs with a view finds theirs alone.
#include <ioview/ioview.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

struct Uart {
    std::uint32_t dr, fr;
};

// As general as any in the library would be.
template <class V>
int start(const V&) {
    return 1;
}
template <class V>
int put(const V&, char) {
    return 2;
}
template <class V>
int get(V) {
    return 3;
}
template <class V>
int narrow(V, std::size_t) {
    return 4;
}
template <class V>
int walk(V) {
    return 5;
}

TEST_CASE("a driver's own functions are not confused with the library's") {
    Uart memory{};
    auto uart = io::SysMem<Uart>::from_pointer(&memory);
    CHECK(start(uart) == 1);
    CHECK(put(uart, 'A') == 2);
    CHECK(get(uart) == 3);
    CHECK(narrow(uart, 0u) == 4);
    CHECK(walk(uart) == 5);
    auto region = io::SysMem<io::Region<8>>::from_bytes(&memory, sizeof memory);
    REQUIRE(region.has_value());
    CHECK(start(*region) == 1);
    CHECK(get(*region) == 3);
    CHECK(start(region->bytes()) == 1);
    CHECK(start(IO_PROJECT(uart, fr)) == 1);
}

} // namespace
