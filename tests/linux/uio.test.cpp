// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// UioDevice and UioMap on directories of our own: /dev/uio0 is a file where it is mapped, and a
// pipe where it counts interrupts.
#include <ioview/linux/uio.hpp>

#include "support/catch.hpp"
#include "support/fake_sysfs.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/time.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace io = ioview;
using io::Error;
using io::UioDevice;
using io::UioMap;
using io::tests::FakeSysfs;

namespace {

using Regs = io::Region<0x100>;
static_assert(io::IoOf<UioMap<Regs>, Regs>);
static_assert(!std::is_copy_constructible_v<UioMap<Regs>>);
static_assert(std::is_nothrow_move_constructible_v<UioMap<Regs>>);
static_assert(!std::is_copy_constructible_v<UioDevice>);

template <class Made>
void check_fails(const Made& made, Error error, int number) {
    const int left = errno;
    REQUIRE_FALSE(made);
    CHECK(made.error() == error);
    CHECK(left == number);
}

// dev/uio0 and class/uio0/maps/map0 and 1.
struct Uio {
    FakeSysfs tree;
    io::UioPaths paths{tree.path("dev"), tree.path("class")};
    std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

    Uio() {
        tree.directory("dev");
        for (const char* name : {"class", "class/uio0", "class/uio0/maps"})
            tree.directory(name);
        map(0, "0x0000000000001000\n", "0x0\n");
        map(1, "0x0000000000000100\n", "0x40\n");
        tree.file("dev/uio0", std::string(3 * page, '\0'));
    }
    void map(int number, const std::string& size, const std::string& offset) const {
        const std::string name = "class/uio0/maps/map" + std::to_string(number);
        tree.directory(name);
        tree.file(name + "/addr", "0x00000000fe000000\n");
        tree.file(name + "/size", size);
        if (!offset.empty())
            tree.file(name + "/offset", offset);
    }
};

// One whose file is a pipe: what is written to it comes back.
struct Interrupts : Uio {
    Interrupts() {
        tree.remove("dev/uio0");
        REQUIRE(::mkfifo(tree.path("dev/uio0").c_str(), 0600) == 0);
    }
};

// Signals end by themselves, or a wait that begins anew with each would have no end.
volatile std::sig_atomic_t signals_left = 0;
extern "C" void one_less(int) {
    signals_left = signals_left - 1;
    const ::itimerval never{};
    if (signals_left <= 0)
        ::setitimer(ITIMER_REAL, &never, nullptr);
}

} // namespace

TEST_CASE("uio: a map is where its attributes say", "[linux]") {
    const Uio uio;
    auto device = UioDevice::open(0, uio.paths);
    REQUIRE(device);
    auto first = UioMap<io::Region<0x1000>>::map(*device, 0);
    REQUIRE(first);
    first->write8(1, 1);
    auto second = UioMap<Regs>::map(*device, 1);
    REQUIRE(second);
    CHECK(second->size_bytes() == 0x100);
    CHECK(second->address() % uio.page == 0x40);
    {
        const auto gone = std::move(*device); // a map needs it no longer
    }
    second->write8(2, 2);
    const auto moved = std::move(*second);
    CHECK(moved.read8(2) == 2u);
    const std::string bytes = uio.tree.text("dev/uio0");
    CHECK(bytes[1] == 1);
    CHECK(bytes[uio.page + 0x42] == 2);
}

TEST_CASE("uio: what is no map", "[linux]") {
    const Uio uio;
    check_fails(UioDevice::open(1, uio.paths), Error::no_device, ENOENT);
    const auto device = UioDevice::open(0, uio.paths);
    REQUIRE(device);
    check_fails(UioMap<Regs>::map(*device, 5), Error::no_device, ENOENT);
    check_fails(UioMap<io::Region<0x101>>::map(*device, 1), Error::out_of_bounds, ERANGE);
    check_fails(UioMap<io::Region<4, 0x80>>::map(*device, 1), Error::misaligned, EINVAL);
    uio.map(2, "0x0\n", "0x0\n");
    check_fails(UioMap<Regs>::map(*device, 2), Error::invalid_argument, EINVAL);
    uio.map(3, "nonsense", "0x0\n");
    check_fails(UioMap<Regs>::map(*device, 3), Error::io_error, EIO);
    uio.map(4, "0x100\n", "0x100000\n");
    check_fails(UioMap<Regs>::map(*device, 4), Error::invalid_argument, EINVAL);
    uio.map(6, "0x100\n", "?");
    check_fails(UioMap<Regs>::map(*device, 6), Error::io_error, EIO);
    uio.map(7, "0x100\n", ""); // an old kernel
    CHECK(UioMap<Regs>::map(*device, 7));
}

TEST_CASE("uio: interrupts are counted, and waited for so long", "[linux]") {
    const Interrupts uio;
    const auto device = UioDevice::open(0, uio.paths);
    REQUIRE(device);
    check_fails(device->wait_for_interrupt(0), Error::timed_out, ETIMEDOUT);
    const int kernel = ::open(uio.tree.path("dev/uio0").c_str(), O_RDWR);
    REQUIRE(kernel >= 0);
    const std::uint32_t count = 0x8000'0001;
    REQUIRE(::write(kernel, &count, 4) == 4);
    CHECK(device->wait_for_interrupt(-1) == count);
    REQUIRE(::write(kernel, &count, 2) == 2);
    check_fails(device->wait_for_interrupt(1'000), Error::io_error, EIO);

    std::uint32_t on = 7;
    CHECK(device->enable_interrupt());
    REQUIRE(::read(kernel, &on, 4) == 4);
    CHECK(on == 1);
    CHECK(device->disable_interrupt());
    REQUIRE(::read(kernel, &on, 4) == 4);
    CHECK(on == 0);
    ::close(kernel);
}

TEST_CASE("uio: signals do not make the wait longer, or end it", "[linux]") {
    const Interrupts uio;
    const auto device = UioDevice::open(0, uio.paths);
    REQUIRE(device);
    struct ::sigaction act {};
    struct ::sigaction before {};
    act.sa_handler = one_less;
    signals_left = 400;
    REQUIRE(::sigaction(SIGALRM, &act, &before) == 0);
    const ::itimerval often{{0, 5'000}, {0, 5'000}};
    ::setitimer(ITIMER_REAL, &often, nullptr);
    const auto start = std::chrono::steady_clock::now();
    const auto waited = device->wait_for_interrupt(60);
    const int number = errno;
    const auto took = std::chrono::steady_clock::now() - start;
    const ::itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
    CHECK(waited.error() == Error::timed_out);
    CHECK(number == ETIMEDOUT);
    CHECK(took >= std::chrono::milliseconds(58));
    CHECK(took < std::chrono::milliseconds(1'500)); // all signals take two seconds
}

TEST_CASE("uio: a device without interrupts, or that is gone", "[linux]") {
    Interrupts uio;
    const auto device = UioDevice::open(0, uio.paths);
    REQUIRE(device);
    const int other = ::open("/dev/full", O_RDWR); // ready, and full
    REQUIRE(other >= 0);
    REQUIRE(::dup2(other, device->native_handle()) >= 0);
    ::close(other);
    check_fails(device->enable_interrupt(), Error::io_error, ENOSPC);
    const int memory = ::open("/proc/self/mem", O_RDWR);
    REQUIRE(memory >= 0);
    REQUIRE(::dup2(memory, device->native_handle()) >= 0);
    ::close(memory);
    check_fails(device->wait_for_interrupt(0), Error::io_error, EIO);
}
