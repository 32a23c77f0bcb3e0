// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: ioperm() stands before the C library's
// IopermPorts: what is asked of the kernel, and given back. Ports themselves are not used.
#include <ioview/linux/ioperm_ports.hpp>

#include "support/catch.hpp"
#include "support/death.hpp"
#include "support/system_calls.hpp"

#include <cerrno>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using io::Error;
using io::IopermPorts;
using io::tests::SystemCalls;

namespace {

using Uart = io::Region<8>;
static_assert(io::IoOf<IopermPorts<Uart>, Uart>);
static_assert(!std::is_copy_constructible_v<IopermPorts<Uart>>);
static_assert(std::is_nothrow_move_constructible_v<IopermPorts<Uart>>);
using Asked = std::vector<std::string>;

template <class Made>
void check_fails(const Made& made, Error error, int number) {
    const int left = errno;
    REQUIRE_FALSE(made);
    CHECK(made.error() == error);
    CHECK(left == number);
}

} // namespace

TEST_CASE("ioperm: what cannot be had", "[linux]") {
    SystemCalls calls;
    check_fails(IopermPorts<Uart>::request(0x3f8, 7), Error::out_of_bounds, ERANGE);
    check_fails(IopermPorts<Uart>::request(0xfff9, 8), Error::out_of_bounds, ERANGE);
    check_fails(IopermPorts<io::Region<>>::request(0x3f8, 0), Error::out_of_bounds, ERANGE);
    check_fails(IopermPorts<Uart>::request(0x3fa, 8), Error::misaligned, EINVAL);
    CHECK(calls.ioperm.empty());
#if IOVIEW_ARCH_X86
    calls.fail(1, EPERM); // without CAP_SYS_RAWIO
    check_fails(IopermPorts<Uart>::request(0x3f8, 8), Error::unsupported, EPERM);
    CHECK(calls.ioperm.empty());
#else
    check_fails(IopermPorts<Uart>::request(0x3f8, 8), Error::unsupported, ENOSYS);
#endif
}

#if IOVIEW_ARCH_X86
TEST_CASE("ioperm: ports are asked for, and given back once", "[linux]") {
    SystemCalls calls;
    {
        auto uart = IopermPorts<Uart>::request(0xfff8, 8);
        REQUIRE(uart);
        CHECK(uart->address() == 0xfff8);
        CHECK(uart->size_bytes() == 8);
        auto moved = std::move(*uart);
        CHECK(moved.view().address() == 0xfff8);
        CHECK(death_of([&] { static_cast<void>(uart->view()); }).signal != 0);
        auto other = IopermPorts<Uart>::request(0x2f8, 8);
        REQUIRE(other);
        moved = std::move(*other);
        CHECK(calls.ioperm == Asked{"65528+8 on", "760+8 on", "65528+8 off"});
        CHECK(moved.address() == 0x2f8);
    }
    CHECK(calls.ioperm == Asked{"65528+8 on", "760+8 on", "65528+8 off", "760+8 off"});
    calls.ioperm.clear();
    CHECK(IopermPorts<std::uint8_t[4]>::request(0x70, 4));
    calls.interrupt_each();
    CHECK(IopermPorts<std::uint16_t>::request(0x70, 2));
    CHECK(calls.ioperm == Asked{"112+4 on", "112+4 off", "112+2 on", "112+2 off"});
}
#endif
