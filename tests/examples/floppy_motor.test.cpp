// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The diskette controller's motors: the register cannot be read, and no motor stops for another.
#include "../../examples/drivers/floppy_motor.hpp"

#include <ioview/testing/device.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <vector>

namespace io = ioview;

namespace {

struct Clock {
    std::uint64_t time = 0;
    std::uint64_t now() const { return time; }
    void sleep_for(std::uint64_t us) { time += us; }
};

// A read of the register is a failure of the double: it is write-only.
struct Controller {
    io::testing::Device device{8};
    std::vector<std::uint64_t> written;
    Clock clock;
    Controller() {
        device.reg<floppy::Dor>("dor").on_write([this](auto& held, std::uint64_t now) {
            held = now;
            written.push_back(now);
        });
    }
    auto view() { return device.view<floppy::Ports>(); }
};
using Written = std::vector<std::uint64_t>;

} // namespace

TEST_CASE("floppy: a motor is started beside another that runs on") {
    Controller floppy;
    floppy::Motors motors;
    REQUIRE(motors.reset(floppy.view(), floppy.clock).has_value());
    CHECK(floppy.clock.time == 4);
    REQUIRE(motors.start(floppy.view(), 0).has_value());
    REQUIRE(motors.start(floppy.view(), 1).has_value());
    REQUIRE(motors.stop(floppy.view(), 0).has_value());
    CHECK(floppy.written == Written{0x00, 0x0c, 0x1c, 0x3d, 0x2d});
}

TEST_CASE("floppy: nothing is written that nobody knows, and none to a drive that is none") {
    Controller floppy;
    floppy::Motors motors;
    CHECK(motors.start(floppy.view(), 0).error() == io::Error::invalid_argument);
    REQUIRE(motors.reset(floppy.view(), floppy.clock).has_value());
    CHECK(motors.start(floppy.view(), 4).error() == io::Error::out_of_bounds);
    CHECK(motors.stop(floppy.view(), -1).error() == io::Error::out_of_bounds);
    CHECK(floppy.written == Written{0x00, 0x0c});
}
