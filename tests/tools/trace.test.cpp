// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The lines of Recorder's logs, with names.
#include "trace.hpp"

#include <ioview/barrier.hpp>
#include <ioview/testing/access_log.hpp>
#include <ioview/testing/fake_dma.hpp>
#include <ioview/testing/recorder.hpp>

#include "drivers/edu_simulated.hpp"
#include "failure.hpp"
#include "support/catch.hpp"
#include "text.hpp"

#include <string>

namespace io = ioview;
using io::testing::Access;
using iov::parse_access;
using iov::Traced;

namespace {

// What iov makes of the line that a log has of an access.
Traced parsed(const Access& access) {
    return parse_access(to_string(access));
}
std::string named(const char* line, const std::vector<std::string>& maps) {
    return trace_line(parse_access(line), iov::trace_maps(maps));
}

} // namespace

TEST_CASE("what a driver did, as the log that the manual shows", "[iov]") {
    io::testing::FakeDma dma{edu::Simulated::dma_mask};
    edu::Simulated device{dma};
    io::testing::Recorder recorder{device.bar()};
    REQUIRE(edu::identify(recorder.view<edu::Edu>()));
    REQUIRE(edu::factorial(recorder.view<edu::Edu>(), 5, device.clock) == 120u);
    std::string log;
    for (const Access& access : recorder.log())
        log += to_string(access) + '\n';
    CHECK(log == iov::read_file(IOV_TESTS "/edu.log"));
}

TEST_CASE("an access is read back as it was", "[iov]") {
    for (const Access& access : {Access{io::testing::read, 0x18, 4, 0x20},
                                 Access{io::testing::write, 0x3, 1, 0xff},
                                 Access{io::testing::read, 0x0, 8, ~std::uint64_t{0}},
                                 Access{io::testing::write, ~std::uint64_t{1}, 2, 0, "a b"}}) {
        const Traced made = parsed(access);
        CHECK(made.kind ==
              (access.op == io::testing::read ? Traced::Kind::read : Traced::Kind::write));
        CHECK(made.address == access.address);
        CHECK(made.bytes == access.width);
        CHECK(made.value == access.value);
        CHECK(made.space == std::string(std::string_view(access.space)));
    }
    const Traced burst = parsed(io::testing::burst_entry(io::testing::write, 0x40, 4'096, "ram"));
    CHECK(burst.kind == Traced::Kind::burst_write);
    CHECK(burst.address == 0x40);
    CHECK(burst.value == 4'096);
    CHECK(burst.space == "ram");
    for (const auto fence : {io::Fence::dma_rmb,
                             io::Fence::dma_wmb,
                             io::Fence::dma_mb,
                             io::Fence::mb,
                             io::Fence::rmb,
                             io::Fence::wmb,
                             io::Fence::mmiowb,
                             io::Fence::wc_flush})
        CHECK(parsed(io::testing::fence_entry(fence, "nic")).kind == Traced::Kind::fence);
}

TEST_CASE("an access that has a name in the log keeps what it is", "[iov]") {
    const Traced made = parse_access("uart: read32 0x18 Flags -> 0x20");
    CHECK(made.kind == Traced::Kind::read);
    CHECK(made.value == 0x20);
}

TEST_CASE("what is no access stays as it is", "[iov]") {
    for (const char* line : {"",
                             "read",
                             "step 3: it failed",
                             "read32 0x18",
                             "read32 0x18 -> ",
                             "read32 0x18 <- 0x1",
                             "write32 0x18 -> 0x1",
                             "read24 0x18 -> 0x1",
                             "read8 0x18 -> 0x100",
                             "read many bytes at 0x18",
                             "mbx"}) {
        CHECK(parse_access(line).kind == Traced::Kind::other);
        CHECK(named(line, {"edu"}) == line);
    }
}

TEST_CASE("accesses are named by the map of their space", "[iov]") {
    CHECK(named("read32 0x20 -> 0x80", {"edu"}) ==
          "read32 0x20 Status -> 0x00000080 {interrupt_when_computed: 1, computing: 0}");
    CHECK(named("write32 0x64 <- 0x1", {"edu"}) ==
          "write32 0x64 Acknowledge <- 0x00000001 {causes: 1}");
    CHECK(named("read32 0x64 -> 0x1", {"edu"}) == "read32 0x64 -> 0x00000001"); // write-only
    CHECK(named("read32 0x20 -> 0x80", {}) == "read32 0x20 -> 0x00000080");
    CHECK(named("a: read32 0x8 -> 0x10400", {"a=nvme", "edu"}) ==
          "a: read32 0x8 Version -> 0x00010400 {major: 1, minor: 4, tertiary: 0}");
    CHECK(named("b: read32 0x8 -> 0x1", {"a=nvme", "edu"}) ==
          "b: read32 0x8 Factorial -> 0x00000001 {value: 1}");
    CHECK(named("b: dma_wmb", {"edu"}) == "b: dma_wmb");
    CHECK(named("b: read 64 bytes at 0x40000", {"edu"}) == "b: read 64 bytes at 0x40000");
    // registers that share a place, and parts of one
    CHECK(named("write8 0x0 <- 0x41", {"ns16550"}) == "write8 0x0 Thr/Dll <- 0x41");
    CHECK(named("read32 0x4 -> 0x1", {"nvme"}) == "read32 0x4 Capabilities+4 -> 0x00000001");
    CHECK_THROWS_AS(iov::trace_maps({"vga"}), iov::Failure);
}
