// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// main() of the unit tests: slow to compile, so it is an object of its own.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>

int main(int argc, char* argv[]) {
    return Catch::Session().run(argc, argv);
}
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
