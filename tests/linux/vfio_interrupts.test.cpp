// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: it stands before the C library's system calls
// VfioInterrupts: the counters are the kernel's eventfds, and what makes them count is the test.
#include <ioview/linux/vfio_interrupts.hpp>

#include "support/catch.hpp"
#include "support/fake_vfio.hpp"

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <sys/syscall.h>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

namespace io = ioview;
using namespace std::chrono_literals;
using io::Error;
using io::VfioInterrupts;
using io::VfioIrq;
using io::tests::FakeVfio;

namespace {

static_assert(!std::is_copy_constructible_v<VfioInterrupts>);

io::VfioDevice device_of(const FakeVfio& vfio) {
    auto device = io::VfioDevice::open(vfio.address, io::VfioWay::group, vfio.paths());
    REQUIRE(device);
    return std::move(*device);
}

void check_refused(const auto& outcome, Error error, int number) {
    const int said = errno;
    CHECK_FALSE(outcome);
    if (!outcome)
        CHECK(outcome.error() == error);
    CHECK(said == number);
}

void raise(const FakeVfio& vfio, unsigned vector, std::uint64_t times = 1) {
    CHECK(::syscall(SYS_write, vfio.eventfds.at(vector), &times, sizeof times) == sizeof times);
}

} // namespace

TEST_CASE("vfio interrupts: a vector is waited for, and disabled at the end", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = device_of(vfio);
        auto interrupts = VfioInterrupts::enable(device, VfioIrq::msix, 3);
        REQUIRE(interrupts);
        CHECK(interrupts->size() == 3);
        CHECK(vfio.eventfds == std::vector<std::int32_t>{interrupts->native_handle(0),
                                                         interrupts->native_handle(1),
                                                         interrupts->native_handle(2)});
        CHECK(interrupts->native_handle(3) == -1);
        check_refused(interrupts->wait(1, 0ms), Error::timed_out, ETIMEDOUT);
        raise(vfio, 1, 2);
        check_refused(interrupts->wait(0, 1ms), Error::timed_out, ETIMEDOUT);
        CHECK(interrupts->wait(1, 1h) == 2u);
        check_refused(interrupts->wait(1, 1ns), Error::timed_out, ETIMEDOUT);
        check_refused(interrupts->wait(3, 1h), Error::out_of_bounds, ERANGE);
        check_refused(VfioInterrupts::enable(device, VfioIrq::msix), Error::busy, EBUSY);

        auto moved = std::move(*interrupts);
        CHECK(vfio.eventfds.size() == 3);
        raise(vfio, 2);
        CHECK(moved.wait(2, 1h) == 1u);
    }
    CHECK(vfio.eventfds.empty());
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio interrupts: what a device does not have", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = device_of(vfio);
        check_refused(
            VfioInterrupts::enable(device, VfioIrq::msi, 0), Error::invalid_argument, EINVAL);
        check_refused(
            VfioInterrupts::enable(device, VfioIrq::msi, 5), Error::out_of_bounds, ERANGE);
        vfio.vectors = 0;
        check_refused(VfioInterrupts::enable(device, VfioIrq::msi), Error::unsupported, ENODEV);
        vfio.vectors = 4;
        vfio.vector_flags = 0;
        check_refused(VfioInterrupts::enable(device, VfioIrq::msi), Error::unsupported, ENODEV);
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio interrupts: the line is unmasked when it is said to be", "[linux]") {
    FakeVfio vfio;
    const auto device = device_of(vfio);
    auto line = VfioInterrupts::enable(device, VfioIrq::intx);
    REQUIRE(line);
    CHECK(vfio.unmasked == 0);
    REQUIRE(line->unmask());
    CHECK(vfio.unmasked == 1);
    CHECK(vfio.eventfds.size() == 1);
    auto other = VfioInterrupts::enable(device, VfioIrq::msi);
    CHECK_FALSE(other);
    vfio.eventfds.clear();
    other = VfioInterrupts::enable(device, VfioIrq::msi); // what was refused has nothing to disable
    CHECK(vfio.eventfds.size() == 1);
    *line = std::move(*other);
    CHECK(vfio.eventfds.empty()); // by the end of the first
}

TEST_CASE("vfio interrupts: signals and failing calls in a wait", "[linux]") {
    FakeVfio vfio;
    const auto device = device_of(vfio);
    const auto line = VfioInterrupts::enable(device, VfioIrq::intx);
    REQUIRE(line);
    vfio.calls().fail(1, EIO); // read
    check_refused(line->wait(0, 1h), Error::io_error, EIO);
    vfio.calls().fail(2, ENOMEM); // poll
    check_refused(line->wait(0, 1h), Error::no_memory, ENOMEM);
    vfio.calls().names.clear();
    vfio.calls().interrupt_each();
    check_refused(line->wait(0, 2ms), Error::timed_out, ETIMEDOUT);
    CHECK(vfio.calls().names.size() >= 3);
    raise(vfio, 0);
    CHECK(line->wait(0, 1h) == 1u);
}
