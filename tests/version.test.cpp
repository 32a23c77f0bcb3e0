// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/version.hpp>

#include "support/catch.hpp"

TEST_CASE("the version is the one the build was configured with", "[version]") {
    const std::string version = std::to_string(IOVIEW_VERSION_MAJOR) + "." +
                                std::to_string(IOVIEW_VERSION_MINOR) + "." +
                                std::to_string(IOVIEW_VERSION_PATCH);
    CHECK(version == IOVIEW_CONFIGURED_VERSION);
}

TEST_CASE("versions compare as one number", "[version]") {
    STATIC_REQUIRE(IOVIEW_VERSION >= IOVIEW_MAKE_VERSION(0, 2, 0));
    STATIC_REQUIRE(IOVIEW_MAKE_VERSION(1, 0, 0) > IOVIEW_MAKE_VERSION(0, 999, 999));
    STATIC_REQUIRE(IOVIEW_MAKE_VERSION(12, 345, 678) == 12'345'678);
    STATIC_REQUIRE(IOVIEW_MAKE_VERSION(0, 2, 0) > IOVIEW_MAKE_VERSION(0, 1, 999));
}
