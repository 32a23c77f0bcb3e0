// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: emulators have words of their own for a program that dies
// What ends the program: a panic without a hook, and doubles without a handler.
#include <ioview/backend/sys_mem.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/death.hpp"

#include <cstdint>
#include <string>

namespace io = ioview;

TEST_CASE("a panic without a hook traps, and no access is made", "[panic]") {
    std::uint32_t words[2] = {1, 2};
    const auto view = io::SysMem<std::uint32_t[]>::from_span(words);
    const Death death = death_of([&] { view.at(2).write(3); });
    CHECK((death.signal == SIGILL || death.signal == SIGTRAP));
    CHECK(death.said.empty());
    CHECK(death_of([&] { view.at(1).write(3); }).signal == 0);
}

TEST_CASE("a failure without a handler is printed and ends the program", "[testing]") {
    const Death death = death_of([] {
        io::testing::Script script{io::testing::writes<std::uint8_t>(0, 1)};
        static_cast<void>(script.view<std::uint8_t>());
    });
    CHECK(death.signal == SIGABRT);
    CHECK(death.said == "ioview: Script: ended before step 1 of 1: expected write8 0x0 <- 0x1, "
                        "got nothing\n");
    CHECK(death_of([] { io::testing::report_failure("one of the test's own"); }).said ==
          "one of the test's own\n");
}

TEST_CASE("a DMA double without a handler prints and ends the program", "[testing]") {
    const Death death = death_of([] {
        io::testing::FakeDma dma;
        dma.free({nullptr, 0x5000}, 64);
    });
    CHECK(death.signal == SIGABRT);
    CHECK(death.said == "FakeDma: freed but never allocated: 64 bytes at DMA address 0x5000\n");
}

TEST_CASE("a device that contradicts itself ends the program", "[testing]") {
    const auto said_of = [](auto declare) {
        const Death death = death_of([=] {
            io::testing::Device device(0x10);
            declare(device);
        });
        CHECK(death.signal == (death.said.empty() ? 0 : SIGABRT));
        return death.said;
    };
    CHECK(said_of([](auto& d) { d.reg("odd", 0, 3); }) ==
          "Device: odd: a register is 1, 2, 4 or 8 bytes wide\n");
    CHECK(said_of([](auto& d) { d.reg("none", 0, 0); }) ==
          "Device: none: it is not inside the device\n");
    CHECK(said_of([](auto& d) { d.reg("far", 0xd, 4); }) ==
          "Device: far: it is not inside the device\n");
    CHECK(said_of([](auto& d) { d.reg("a", 4), d.reg("b", 7, 1); }) ==
          "Device: b: it overlaps a\n");
    CHECK(said_of([](auto& d) { d.reg("a", 4), d.reg("b", 3, 1), d.reg("c", 8, 8); }).empty());
}
