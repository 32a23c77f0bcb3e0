// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The vector table of MSI-X: what is written in which order, and what is refused without an access.
#include <ioview/pci/msix.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::testing::Log;
constexpr auto R = io::testing::Op::read;
constexpr auto W = io::testing::Op::write;

namespace {

using Bar = io::Region<0x1000>;

constexpr auto control_of(unsigned vectors) {
    return pci::MsixControl::from_raw(static_cast<std::uint16_t>(vectors - 1));
}
constexpr auto place(std::uint32_t offset) {
    return pci::MsixPlace::from_raw(offset | 3);
}

} // namespace

TEST_CASE("a vector is masked while it is set, and stays so", "[pci]") {
    io::testing::Memory<0x1000> memory;
    memory.view<Bar>().write32(0x82c, 0xabcd'0000); // unmasked; reserved bits that are kept
    io::testing::Recorder recorder{memory.view<Bar>()};
    const auto table = pci::msix_table(recorder.view<Bar>(), control_of(8), place(0x800));
    REQUIRE(table);
    CHECK(table->size() == 8);
    CHECK(recorder.log().empty());
    CHECK(table->set(2, 0x1'fee0'0004, 0x41));
    CHECK(recorder.log() == Log{{R, 0x82c, 4, 0xabcd'0000},
                                {W, 0x82c, 4, 0xabcd'0001},
                                {R, 0x82c, 4, 0xabcd'0001},
                                {W, 0x820, 4, 0xfee0'0004},
                                {W, 0x824, 4, 0x1},
                                {W, 0x828, 4, 0x41},
                                {R, 0x82c, 4, 0xabcd'0001}});
    CHECK(table->masked(2) == true);
    recorder.clear();
    CHECK(table->unmask(2));
    CHECK(recorder.log() ==
          Log{{R, 0x82c, 4, 0xabcd'0001}, {W, 0x82c, 4, 0xabcd'0000}, {R, 0x82c, 4, 0xabcd'0000}});
    CHECK(table->masked(2) == false);
    CHECK(table->mask(2));
    CHECK(table->masked(2) == true);
}

TEST_CASE("what is no vector, table or address is refused without an access", "[pci]") {
    io::testing::Memory<0x1000> memory;
    io::testing::Recorder recorder{memory.view<Bar>()};
    const auto bar = recorder.view<Bar>();
    CHECK(pci::msix_table(bar, control_of(8), place(0xf80))); // to the last byte
    CHECK(pci::msix_table(bar, control_of(8), place(0xf88)).error() == Error::out_of_bounds);
    CHECK(pci::msix_table(bar, control_of(8), place(0x1000)).error() == Error::out_of_bounds);
    CHECK(pci::msix_table(bar, control_of(8), place(0xffff'fff8)).error() == Error::out_of_bounds);
    CHECK(pci::msix_table(bar, control_of(2'048), place(0)).error() == Error::out_of_bounds);
    const auto table = pci::msix_table(bar, control_of(8), place(0x800)).value();
    CHECK(table.set(8, 0xfee0'0000, 0).error() == Error::out_of_bounds);
    CHECK(table.set(-1, 0xfee0'0000, 0).error() == Error::out_of_bounds);
    CHECK(table.mask(8).error() == Error::out_of_bounds);
    CHECK(table.unmask(0x1'0000'0000).error() == Error::out_of_bounds);
    CHECK(table.masked(8).error() == Error::out_of_bounds);
    CHECK(table.set(0, 0xfee0'0002, 0).error() == Error::invalid_argument);
    CHECK(pci::msix_pending(bar, control_of(8), place(0xc00), 8).error() == Error::out_of_bounds);
    CHECK(pci::msix_pending(bar, control_of(8), place(0xc00), -1).error() == Error::out_of_bounds);
    CHECK(pci::msix_pending(bar, control_of(8), place(0x1000), 0).error() == Error::out_of_bounds);
    CHECK(recorder.log().empty());
}

TEST_CASE("a function that has gone, or a medium that fails, ends the change", "[pci]") {
    for (std::size_t n = 1; n <= 7; ++n) {
        io::testing::Memory<0x1000> memory;
        memory.view<Bar>().write32(0x80c, 0);
        io::testing::Recorder recorder{memory.view<Bar>()};
        io::testing::Faulty faulty{recorder.view<Bar>()};
        const auto table = pci::msix_table(faulty.view<Bar>(), control_of(8), place(0x800)).value();
        faulty.fail_access(n, Error::timed_out);
        CAPTURE(n);
        CHECK(table.set(0, 0xfee0'0000, 1).error() == Error::timed_out);
        CHECK(recorder.log().size() == n - 1);
    }
    for (std::size_t good = 0; good <= 7; ++good) {
        io::testing::Memory<0x1000> memory;
        memory.view<Bar>().write32(0x80c, 0);
        io::testing::Faulty faulty{memory.view<Bar>()};
        const auto table = pci::msix_table(faulty.view<Bar>(), control_of(8), place(0x800)).value();
        faulty.unplug_after(good);
        CAPTURE(good);
        const auto done = table.set(0, 0xfee0'0000, 1);
        CHECK((done ? Error{} : done.error()) == (good < 7 ? Error::no_device : Error{}));
    }
    io::testing::Memory<0x1000> memory;
    memory.view<Bar>().write32(0x80c, 0xffff'ffff);
    io::testing::Recorder recorder{memory.view<Bar>()};
    const auto table = pci::msix_table(recorder.view<Bar>(), control_of(8), place(0x800)).value();
    CHECK(table.set(0, 0xfee0'0000, 1).error() == Error::no_device);
    CHECK(table.mask(0).error() == Error::no_device);
    CHECK(table.unmask(0).error() == Error::no_device);
    CHECK(table.masked(0).error() == Error::no_device);
    for (const auto& access : recorder.log())
        CHECK(access.op == R);
}

TEST_CASE("the pending bits are found in their words", "[pci]") {
    io::testing::Memory<0x1000> memory;
    const auto bar = memory.view<Bar>();
    for (const unsigned vector : {0u, 31u, 32u, 63u, 64u, 2'047u}) {
        for (unsigned i = 0; i < 64; ++i)
            bar.try_write32(0xc00 + 4 * i, i == vector / 32 ? 1u << vector % 32 : 0).value();
        CAPTURE(vector);
        for (unsigned other = 0; other < 2'048; ++other) {
            if (pci::msix_pending(bar, control_of(2'048), place(0xc00), other) != (other == vector))
                FAIL(other);
        }
    }
}

static_assert([] {
    io::testing::Memory<0x1000> memory;
    memory.view<Bar>().write32(0x1c, 1);
    const auto table = pci::msix_table(memory.view<Bar>(), control_of(2), place(0)).value();
    return table.set(1, 0xfee0'0000, 7) && table.unmask(1) && table.masked(1) == false &&
           memory.view<Bar>().read32(0x18) == 7;
}());
