// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The hook is a macro, so this file alone sees another one; it looks at panic() through a copy of
// its own.
#include "support/panic_hook.hpp"

#include <ioview/error.hpp>
#undef ioview

#include "support/catch.hpp"

namespace io = ioview_with_a_hook;

namespace {

constexpr int only_even(int value) {
    if (value % 2 != 0)
        io::panic("ioview: odd");
    return value;
}
static_assert(only_even(4) == 4); // panic may stand in a constant expression that does not reach it
static_assert(noexcept(io::panic("")));

} // namespace

TEST_CASE("the hook gets the text", "[panic]") {
    CHECK(panic_of([] { only_even(3); }) == "ioview: odd");
    CHECK(panic_of([] { only_even(2); }).empty());
}

#if !IOVIEW_STD_EXPECTED
TEST_CASE("an error of 0, which is success, cannot be failed with", "[panic]") {
    const std::string zero = "ioview: a Result was to fail with error 0, which is none";
    io::Result<> done;
    io::Result<> failed = io::fail(io::Error::busy);

    CHECK(panic_of([&] { done = io::fail(io::Error{}); }) == zero);
    CHECK(panic_of([&] { failed = io::fail(io::Error{}); }) == zero);
    CHECK(panic_of([&] { static_cast<void>(io::Result<>(io::fail(io::Error{}))); }) == zero);
    CHECK(panic_of([&] { failed = io::fail(io::Error::io_error); }).empty());
}

TEST_CASE("what a Result does not hold cannot be had", "[panic]") {
    io::Result<int> good = 1;
    io::Result<int> bad = io::fail(io::Error::busy);
    io::Result<> done;
    io::Result<> failed = io::fail(io::Error::busy);
    const std::string no_value = "ioview: the value of a Result that holds an error was asked for";
    const std::string no_error = "ioview: the error of a Result that holds a value was asked for";

    CHECK(panic_of([&] { static_cast<void>(bad.value()); }) == no_value);
    CHECK(panic_of([&] { static_cast<void>(*bad); }) == no_value);
    CHECK(panic_of([&] { static_cast<void>(*std::as_const(bad)); }) == no_value);
    CHECK(panic_of([&] { static_cast<void>(*std::move(bad)); }) == no_value);
    CHECK(panic_of([&] { static_cast<void>(bad.operator->()); }) == no_value);
    CHECK(panic_of([&] { failed.value(); }) == no_value);
    CHECK(panic_of([&] { *failed; }) == no_value);
    CHECK(panic_of([&] { static_cast<void>(good.error()); }) == no_error);
    CHECK(panic_of([&] { static_cast<void>(done.error()); }) == no_error);
    CHECK(panic_of([&] { done.value(), *done, *good, bad.error(); }).empty());
}
#endif
