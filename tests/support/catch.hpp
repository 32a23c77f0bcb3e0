// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#ifndef IOVIEW_TESTS_CATCH // there are copies of it, in tests/mutants
#define IOVIEW_TESTS_CATCH
// Catch2, version 3 or 2, whichever is installed; test files include this and no Catch2 header.
//
//   #include "support/catch.hpp"
//   TEST_CASE("a view ends where its region ends", "[io]") { CHECK(view.size_bytes() == 16); }

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>

// Contains in version 2; in 3 that is of ranges.
namespace Catch::Matchers {
inline auto ContainsSubstring(const std::string& part) {
    return Contains(part);
}
} // namespace Catch::Matchers
#endif

// For coverage: what constant evaluation has checked in every other build, checked in the program.
#ifdef IOVIEW_TESTS_STATIC_AT_RUN_TIME
#undef STATIC_REQUIRE
#undef STATIC_REQUIRE_FALSE
#define STATIC_REQUIRE(...) REQUIRE((__VA_ARGS__))
#define STATIC_REQUIRE_FALSE(...) REQUIRE_FALSE((__VA_ARGS__))
#endif

#endif // IOVIEW_TESTS_CATCH
