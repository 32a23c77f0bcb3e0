// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What panics: owners that were moved from, indices past the end, borrowing twice. The hook and the
// borrow checks are macros, so this file looks at copies of its own.
#define ioview ioview_with_checked_borrows
#define IOVIEW_CHECK_BORROWS 1
#include "support/panic_hook.hpp"

#include <ioview/dma.hpp>
#include <ioview/dma/non_coherent.hpp>
#include <ioview/dma/streaming.hpp>
#include <ioview/ioview.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace io = ioview;

namespace {

struct Pair {
    std::uint32_t a;
    std::uint32_t b;
};
using Owner = io::Coherent<Pair, io::IdentityDma>;
using Box = io::CoherentBox<Pair, io::IdentityDma>;
using BoxedSlice = io::CoherentBox<Pair[], io::IdentityDma>;
using Handle = io::CoherentHandle<io::IdentityDma>;

alignas(4'096) std::byte arena[16'384];

} // namespace

TEST_CASE("using an owner that was moved from is a panic, not an access", "[dma]") {
    io::IdentityDma dma{arena};
    auto owner = Owner::zeroed(dma);
    auto box = Box::zeroed(dma);
    auto list = BoxedSlice::zeroed(dma, 2);
    auto handle = Handle::allocate(dma, 64);
    {
        auto a = std::move(*owner);
        auto b = std::move(*box).share();
        auto c = std::move(*list);
        auto d = std::move(*handle);
    }
    const std::string moved = "ioview: a Coherent that was moved from is used";
    CHECK(panic_of([&] { static_cast<void>(IO_READ(*owner, a)); }) == moved);
    CHECK(panic_of([&] { static_cast<void>(owner->view()); }) == moved);
    CHECK(panic_of([&] { static_cast<void>(owner->dma_address()); }) == moved);
    CHECK(panic_of([&] { static_cast<void>(owner->borrow(io::device_is_idle)); }) == moved);
    const std::string shared = "ioview: a CoherentBox that was moved from or shared is used";
    CHECK(panic_of([&] { (*box)->a = 1; }) == shared);
    CHECK(panic_of([&] { static_cast<void>(**box); }) == shared);
    CHECK(panic_of([&] { static_cast<void>((*list)[0]); }) == shared);
    CHECK(list->init_at(0, Pair{}).error() == io::Error::out_of_bounds);
    CHECK(panic_of([&] { static_cast<void>(handle->dma_address()); }) ==
          "ioview: a CoherentHandle that was moved from is used");
}

TEST_CASE("indices past the end are a panic", "[dma]") {
    io::IdentityDma dma{arena};
    auto list = BoxedSlice::zeroed(dma, 2);
    CHECK(panic_of([&] { (*list)[2].a = 1; }) ==
          "ioview: CoherentBox[i]: the index is past the end");
    CHECK(panic_of([&] { (*list)[-1].a = 1; }) ==
          "ioview: CoherentBox[i]: the index is past the end");
    CHECK(panic_of([&] { (*list)[1].a = 1; }).empty());
    auto owner = std::move(*list).share();
    CHECK(panic_of([&] { static_cast<void>(IO_READ(owner, at(2), a)); }) ==
          "ioview: an index of the projection is past the end");
}

TEST_CASE("a second guard beside the first is a panic", "[dma]") {
    io::IdentityDma dma{arena};
    auto owner = Owner::zeroed(dma);
    const std::string twice =
        "ioview: coherent memory is borrowed already, and the guard is still there";
    {
        auto guard = owner->borrow(io::device_is_idle);
        CHECK(panic_of([&] { static_cast<void>(owner->borrow(io::device_is_idle)); }) == twice);
        CHECK(panic_of([&] { Owner moved = std::move(*owner); }) == twice);
    }
    auto other = Owner::zeroed(dma);
    {
        auto guard = owner->borrow(io::device_is_idle);
        CHECK(panic_of([&] { *owner = std::move(*other); }) == twice); // what is replaced
        CHECK(panic_of([&] { *other = std::move(*owner); }) == twice); // what goes
    }
    CHECK(panic_of([&] { *other = std::move(*owner); }).empty());
    *owner = std::move(*other);
    CHECK(panic_of([&] { owner->borrow(io::device_is_idle)->a = 1; }).empty());
    CHECK(panic_of([&] { owner->borrow(io::device_is_idle)->b = 1; }).empty());
}

TEST_CASE("memory given back under a guard is a panic", "[dma]") {
    io::IdentityDma dma{arena};
    alignas(Owner) std::byte place[sizeof(Owner)];
    auto* const owner = ::new (place) Owner(*Owner::zeroed(dma));
    auto guard = owner->borrow(io::device_is_idle);
    CHECK(panic_of([&] { owner->~Owner(); }) ==
          "ioview: coherent memory is borrowed already, and the guard is still there");
}

TEST_CASE("the identity arena refuses what it did not give", "[dma]") {
    io::IdentityDma dma{arena};
    auto region = dma.allocate(100, 64, {});
    REQUIRE(region);
    const std::string foreign = "ioview: IdentityDma::free: the region is not from this arena";
    const std::string twice = "ioview: IdentityDma::free: the region is free already";
    std::byte other[64];
    const auto at = [](void* cpu) {
        return io::DmaRegion{cpu, reinterpret_cast<std::uintptr_t>(cpu)};
    };
    CHECK(panic_of([&] { dma.free(at(other), 64); }) == foreign);
    CHECK(panic_of([&] { dma.free({region->cpu, region->dma + 64}, 100); }) == foreign);
    CHECK(panic_of([&] { dma.free(at(arena + 8), 8); }) == foreign);
    CHECK(panic_of([&] { dma.free(*region, sizeof arena + 1); }) == foreign);
    CHECK(panic_of([&] { dma.free(*region, 0); }) == foreign);
    const std::string size =
        "ioview: IdentityDma::free: the region was allocated with another size";
    for (const std::size_t bytes : {1u, 64u, 99u, 101u, 128u, 200u})
        CHECK(panic_of([&] { dma.free(*region, bytes); }) == size);
    CHECK(panic_of([&] { dma.free(at(arena + 64), 36); }) == twice); // its middle
    CHECK(panic_of([&] { dma.free(at(arena + sizeof arena), 64); }) == foreign);
    dma.free(*region, 100);
    CHECK(panic_of([&] { dma.free(*region, 100); }) == twice);
    CHECK(dma.available() == sizeof arena);
}

TEST_CASE("an index of a larger ring is no slot of a smaller one", "[ring]") {
    const auto large = io::Ring<>::of(64).value();
    const auto small = io::Ring<>::of(63).value();
    const std::string text = "ioview: an index of a larger Ring than this one";
    const auto at = large.wrap(63);
    CHECK(panic_of([&] { static_cast<void>(small.advance(at, 1)); }) == text);
    CHECK(panic_of([&] { static_cast<void>(small.with(at, {}).used()); }) == text);
    CHECK(panic_of([&] { static_cast<void>(small.with({}, at).free()); }) == text);
    CHECK(panic_of([&] { static_cast<void>(small.with(at, {}).writable()); }) == text);
    CHECK(panic_of([&] { static_cast<void>(small.with({}, at).readable()); }) == text);
    CHECK(panic_of([&] { static_cast<void>(large.with(at, {}).writable()); }).empty());
    CHECK(panic_of([&] { static_cast<void>(small.with(large.wrap(62), {}).writable()); }).empty());
}

TEST_CASE("what was handed over is a panic on the side that gave it", "[dma]") {
    io::NonCoherentDma dma{io::NoCacheOps{}};
    Pair pair{1, 2};
    auto mine = io::stream_both(dma, pair);
    auto lent = std::move(*mine).sync_for_device();
    const std::string given = "ioview: a Streaming that was moved from is used";
    CHECK(panic_of([&] { static_cast<void>((*mine)->a); }) == given);
    CHECK(panic_of([&] { static_cast<void>(std::move(*mine).sync_for_device()); }) == given);
    auto again = std::move(lent).sync_for_cpu();
    const std::string taken = "ioview: a LentToDevice that was moved from is used";
    CHECK(panic_of([&] { static_cast<void>(lent.dma_address()); }) == taken);
    CHECK(panic_of([&] { static_cast<void>(std::move(lent).sync_for_cpu()); }) == taken);
    CHECK(again->a == 1);
}
