// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Capability lists: sound ones, and every way in which a function can make them wrong.
#include <ioview/pci/capabilities.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <vector>

namespace io = ioview;
namespace pci = ioview::pci;
using io::testing::Log;
using io::testing::PciFunction;
constexpr auto R = io::testing::Op::read;

namespace {

template <class T = pci::Normal>
auto space(const PciFunction& function) {
    return io::ConfigSpace<PciFunction, T>::of(function).value();
}

// What a walk gives; it must end.
struct Walk {
    std::vector<pci::Capability> found;
    io::Error error{};
};
template <class List>
Walk walk(List list) {
    Walk outcome;
    for (const auto& item : list) {
        REQUIRE(outcome.error == io::Error{}); // an error is the end
        REQUIRE(outcome.found.size() < 1'000);
        if (item)
            outcome.found.push_back(*item);
        else
            outcome.error = item.error();
    }
    return outcome;
}
Walk walk(const PciFunction& function) {
    return walk(pci::capabilities(space(function)));
}
Walk walk_extended(const PciFunction& function) {
    return walk(pci::extended_capabilities(space<pci::Extended>(function)));
}

} // namespace

TEST_CASE("the capability list, one read a step", "[pci]") {
    PciFunction function;
    function.capability(0x40, 0x01, 8).capability(0xfc, 0x05).capability(0x80, 0x11, 12);
    const auto outcome = walk(function);
    CHECK(outcome.error == io::Error{});
    CHECK(outcome.found == std::vector<pci::Capability>{{.id = 0x01, .offset = 0x40},
                                                        {.id = 0x05, .offset = 0xfc},
                                                        {.id = 0x11, .offset = 0x80}});

    io::testing::Recorder recorder{space(function)};
    CHECK(walk(pci::capabilities(recorder.view<pci::Normal>())).found.size() == 3);
    CHECK(recorder.log() == Log{{R, 0x06, 2, 0x0010},
                                {R, 0x0e, 1, 0},
                                {R, 0x34, 1, 0x40},
                                {R, 0x40, 2, 0xfc01},
                                {R, 0xfc, 2, 0x8005},
                                {R, 0x80, 2, 0x0011}});
}

TEST_CASE("a function without capabilities is asked for its status only", "[pci]") {
    PciFunction function;
    function.put(0x34, 0x40, 1);
    io::testing::Recorder recorder{space(function)};
    const auto outcome = walk(pci::capabilities(recorder.view<pci::Normal>()));
    CHECK(outcome.found.empty());
    CHECK(outcome.error == io::Error{});
    CHECK(recorder.log() == Log{{R, 0x06, 2, 0}});

    function.put(0x06, 0x10, 2).put(0x34, 0, 1); // it says that it has some, and has none
    CHECK(walk(function).found.empty());
    CHECK(walk(function).error == io::Error{});
}

TEST_CASE("the list of a CardBus bridge begins at 0x14; of unknown layouts nothing is known",
          "[pci]") {
    PciFunction function;
    function.capability(0x80, 0x01, 8).put(0x14, 0x80, 1).put(0x34, 0, 1).put(0x0e, 0x82, 1);
    CHECK(walk(function).found == std::vector<pci::Capability>{{.id = 1, .offset = 0x80}});
    function.put(0x0e, 0x03, 1);
    CHECK(walk(function).error == io::Error::unsupported);
}

TEST_CASE("48 capabilities fit, and are found", "[pci]") {
    PciFunction function;
    for (std::size_t i = 0; i < 48; ++i)
        function.capability(0x40 + 4 * i, 0x09);
    CHECK(walk(function).found.size() == 48);
    CHECK(walk(function).error == io::Error{});
    function.put(0xfd, 0x40, 1); // the last points at the first
    CHECK(walk(function).found.size() == 48);
    CHECK(walk(function).error == io::Error::invalid_argument);
}

TEST_CASE("hostile lists end with an error after their sound beginning", "[pci]") {
    PciFunction function;
    function.capability(0x40, 0x01, 8).capability(0x50, 0x05, 8);
    const auto next_is = [&](unsigned pointer) {
        function.put(0x51, pointer, 1);
        const auto outcome = walk(function);
        CHECK(outcome.found.size() == 2);
        return outcome.error;
    };
    CHECK(next_is(0x50) == io::Error::invalid_argument); // itself
    CHECK(next_is(0x40) == io::Error::invalid_argument); // a loop
    CHECK(next_is(0x3c) == io::Error::out_of_bounds);    // into the header
    CHECK(next_is(0x04) == io::Error::out_of_bounds);
    CHECK(next_is(0x3f) == io::Error::out_of_bounds);

    function.put(0x60, 0xffff, 2);
    CHECK(next_is(0x60) == io::Error::no_device); // nothing answers there

    function.put(0x34, 0x20, 1); // the first pointer
    CHECK(walk(function).found.empty());
    CHECK(walk(function).error == io::Error::out_of_bounds);
    function.put(0x34, 0x07, 1);
    CHECK(walk(function).error == io::Error::out_of_bounds);
}

TEST_CASE("the reserved bits of pointers are masked", "[pci]") {
    for (unsigned bits = 0; bits < 4; ++bits) {
        PciFunction function(4'096);
        function.pointer_bits(bits);
        function.capability(0x40, 0x01, 8).capability(0xfc, 0x05).capability(0x80, 0x11, 12);
        function.extended_capability(0x100, 0x0001, 2).extended_capability(0xffc, 0x1234, 0xf);
        function.put(0x81, bits, 1); // the end, too
        CAPTURE(bits);
        const auto outcome = walk(function);
        CHECK(outcome.error == io::Error{});
        CHECK(outcome.found == std::vector<pci::Capability>{{.id = 0x01, .offset = 0x40},
                                                            {.id = 0x05, .offset = 0xfc},
                                                            {.id = 0x11, .offset = 0x80}});
        const auto extended = walk_extended(function);
        CHECK(extended.error == io::Error{});
        CHECK(extended.found ==
              std::vector<pci::Capability>{{.id = 0x0001, .offset = 0x100, .version = 2},
                                           {.id = 0x1234, .offset = 0xffc, .version = 0xf}});
        function.put(0x34, bits, 1);
        CHECK(walk(function).found.empty());
        CHECK(walk(function).error == io::Error{});
        function.put(0x34, 0x40, 1).put(0x41, 0x40 | bits, 1); // a loop all the same
        CHECK(walk(function).error == io::Error::invalid_argument);
    }
}

TEST_CASE("extended capabilities that are absent are no error", "[pci]") {
    PciFunction function(4'096);
    function.identify(0x8086, 2, 0);
    const auto none = [&] {
        const auto outcome = walk_extended(function);
        CHECK(pci::find(pci::extended_capabilities(space<pci::Extended>(function)), 1).error() ==
              (outcome.error == io::Error{} ? io::Error::unsupported : outcome.error));
        return outcome.found.empty() ? outcome.error : io::Error::busy;
    };
    for (const std::uint32_t header : {0u, 0xffff'ffffu, 0x0000'ffffu}) {
        CAPTURE(header);
        function.put(0x100, header, 4);
        CHECK(none() == io::Error{});
    }
    // of conventional PCI, the first 256 bytes over and over
    function.put(0x100, 0x0002'8086, 4);
    CHECK(none() == io::Error{});
    function.put(0x100, 0x0002'8087, 4); // which is not what these are
    CHECK(walk_extended(function).found.size() == 1);
    // a mechanism that ends at 256
    function.fail_at(0x100, io::Error::out_of_bounds);
    CHECK(none() == io::Error{});
    // one that fails is no sign of absence, and neither is a function that has gone
    function.fail_at(0x100, io::Error::unsupported);
    CHECK(none() == io::Error::unsupported);
    PciFunction later(4'096);
    later.extended_capability(0x100, 1, 1).extended_capability(0x200, 1, 1);
    later.fail_at(0x200, io::Error::out_of_bounds);
    CHECK(walk_extended(later).error == io::Error::out_of_bounds);
    later.fail_at(0xff8, io::Error::io_error);
    later.put(0x200, 0x0000'ffff, 4);
    CHECK(walk_extended(later).found.size() == 1);
    CHECK(walk_extended(later).error == io::Error{});
    later.put(0x200, 0xffff'ffff, 4);
    CHECK(walk_extended(later).error == io::Error::no_device);
}

TEST_CASE("a function pulled out while its lists are walked ends them with no_device", "[pci]") {
    for (unsigned good = 0; good < 5; ++good) {
        PciFunction function(4'096);
        function.capability(0x40, 0x01, 8).capability(0x50, 0x05, 8).unplug_after(good);
        CAPTURE(good);
        CHECK(walk(function).error == io::Error::no_device);
        CHECK(walk(function).found.empty());
    }
    for (unsigned good = 0; good < 3; ++good) {
        PciFunction function(4'096);
        function.extended_capability(0x100, 1, 1).extended_capability(0x200, 1, 1);
        function.extended_capability(0x300, 1, 1).unplug_after(good);
        const auto outcome = walk_extended(function);
        CHECK(outcome.found.size() == good);
        CHECK(outcome.error == io::Error::no_device);
    }
}

TEST_CASE("errors of the mechanism end a walk, as it goes", "[pci]") {
    PciFunction function;
    function.capability(0x40, 0x01, 8).capability(0x50, 0x05, 8);
    function.fail_at(0x50, io::Error::io_error);
    CHECK(walk(function).found.size() == 1);
    CHECK(walk(function).error == io::Error::io_error);

    function.fail_at(0x34, io::Error::timed_out);
    CHECK(walk(function).found.empty());
    CHECK(walk(function).error == io::Error::timed_out);
    function.fail_at(0x0c, io::Error::busy);
    CHECK(walk(function).error == io::Error::busy);
    function.fail_at(0x04, io::Error::no_device);
    CHECK(walk(function).error == io::Error::no_device);
}

TEST_CASE("a list that starts past its space is out of bounds, without an access", "[pci]") {
    PciFunction function(4'096);
    function.extended_capability(0x100, 0x0001, 1);
    io::testing::Recorder recorder{space<pci::Extended>(function)};
    auto cfg = recorder.view<pci::Extended>();
    const auto outcome = walk(pci::StandardCapabilities<decltype(cfg)>(cfg, 0x100));
    CHECK(outcome.found.empty());
    CHECK(outcome.error == io::Error::out_of_bounds);
    CHECK(recorder.log().empty());
}

TEST_CASE("a function that is pulled out is no_device, not a list", "[pci]") {
    PciFunction function(4'096);
    function.capability(0x40, 0x01, 8).extended_capability(0x100, 1, 1);
    function.unplug();
    CHECK(walk(function).found.empty());
    CHECK(walk(function).error == io::Error::no_device);
    CHECK(walk_extended(function).found.empty());
    CHECK(walk_extended(function).error == io::Error::no_device);
}

TEST_CASE("the extended list starts at 0x100 and has versions", "[pci]") {
    PciFunction function(4'096);
    CHECK(walk_extended(function).found.empty());
    CHECK(walk_extended(function).error == io::Error{});

    function.extended_capability(0x100, 0x0001, 2).extended_capability(0xffc, 0x1234, 0xf);
    function.extended_capability(0x200, 0x0003, 1);
    const auto outcome = walk_extended(function);
    CHECK(outcome.error == io::Error{});
    CHECK(outcome.found ==
          std::vector<pci::Capability>{{.id = 0x0001, .offset = 0x100, .version = 2},
                                       {.id = 0x1234, .offset = 0xffc, .version = 0xf},
                                       {.id = 0x0003, .offset = 0x200, .version = 1}});

    io::testing::Recorder recorder{space<pci::Extended>(function)};
    CHECK(walk(pci::extended_capabilities(recorder.view<pci::Extended>())).found.size() == 3);
    CHECK(recorder.log() ==
          Log{{R, 0x100, 4, 0xffc2'0001}, {R, 0xffc, 4, 0x200f'1234}, {R, 0x200, 4, 0x0001'0003}});
}

TEST_CASE("hostile extended lists end with an error", "[pci]") {
    PciFunction function(4'096);
    const auto next_is = [&](unsigned pointer) {
        function.put(0x100, pointer << 20 | 0x1'0001u, 4);
        const auto outcome = walk_extended(function);
        CHECK(outcome.found.size() == 1);
        return outcome.error;
    };
    CHECK(next_is(0x100) == io::Error::invalid_argument);
    CHECK(next_is(0x0fc) == io::Error::out_of_bounds);
    CHECK(next_is(0x040) == io::Error::out_of_bounds);
    CHECK(next_is(0x0ff) == io::Error::out_of_bounds);
    function.fail_at(0x200, io::Error::io_error);
    CHECK(next_is(0x200) == io::Error::io_error);
}

TEST_CASE("an extended list that visits every word and then loops ends", "[pci]") {
    PciFunction function(4'096);
    for (unsigned at = 0x100; at < 0x1000; at += 4)
        function.put(at, (at + 4 < 0x1000 ? at + 4 : 0x100) << 20 | 0x1'0001u, 4);
    const auto outcome = walk_extended(function);
    CHECK(outcome.found.size() == (0x1000 - 0x100) / 4);
    CHECK(outcome.error == io::Error::invalid_argument);
}

TEST_CASE("find gives the first of an id", "[pci]") {
    PciFunction function;
    function.capability(0x40, 0x09).capability(0x50, 0x05).capability(0x60, 0x09);
    const auto cfg = space(function);
    CHECK(pci::find(pci::capabilities(cfg), 0x09).value().offset == 0x40);
    CHECK(pci::find(pci::capabilities(cfg), 0x05).value().offset == 0x50);
    CHECK(pci::find(pci::capabilities(cfg), 0x11).error() == io::Error::unsupported);
    function.put(0x61, 0x40, 1);
    CHECK(pci::find(pci::capabilities(cfg), 0x05).has_value());
    CHECK(pci::find(pci::capabilities(cfg), 0x11).error() == io::Error::invalid_argument);
}

TEST_CASE("an iterator points to what was found", "[pci]") {
    PciFunction function;
    function.capability(0x40, 0x09).capability(0x50, 0x05);
    auto list = pci::capabilities(space(function));
    auto found = list.begin();
    REQUIRE(found->has_value());
    CHECK(found->value() == pci::Capability{0x09, 0x40, 0});
    ++found;
    CHECK(**found == pci::Capability{0x05, 0x50, 0});
    CHECK(++found == list.end());
}

// In the compiler.
static_assert([] {
    PciFunction function;
    function.capability(0x40, 0x01, 8).capability(0x50, 0x11, 12);
    unsigned ids = 0;
    const auto cfg = io::ConfigSpace<PciFunction, pci::Normal>::of(function);
    for (const auto& found : pci::capabilities(*cfg))
        ids = ids << 8 | found->id;
    return ids == 0x0111;
}());
