// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same tests on the library's own std::expected, so that they test the standard and not our
// reading of it. No ioview header here: this file may be compiled in another language mode than the
// rest of the program.
#include <version>
#if defined(__cpp_lib_expected)

#include <expected>

#define EXPECTED_NAMESPACE std
#if __cpp_lib_expected >= 202'211L
#define EXPECTED_MONADIC 1
#else
#define EXPECTED_MONADIC 0
#endif
#define EXPECTED_OWN 0
#include "support/expected_conformance.hpp"

TEST_CASE("std::expected passes the tests of the own one", "[expected][std]") {
    conforms();
}

#else

#include "support/catch.hpp"
TEST_CASE("this library has no std::expected to compare with", "[expected][std]") {
    SUCCEED();
}

#endif
