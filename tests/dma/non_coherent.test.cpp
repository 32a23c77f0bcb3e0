// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// NonCoherentDma: coherent memory and bounce buffers from its uncached arena, the rest by its
// cache.
#include <ioview/dma/coherent.hpp>
#include <ioview/dma/non_coherent.hpp>
#include <ioview/dma/streaming.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace io = ioview;
using io::Error;

namespace {

// Counts operations and bytes.
struct Count {
    int cleans = 0;
    int invalidates = 0;
    std::size_t bytes = 0;
};
struct Counted {
    Count* count;
    static constexpr std::size_t known_line_size = 32;
    static std::size_t line_size() noexcept { return known_line_size; }
    void clean(const void*, std::size_t n) const noexcept { ++count->cleans, count->bytes += n; }
    void invalidate(const void*, std::size_t n) const noexcept {
        ++count->invalidates, count->bytes += n;
    }
    void clean_and_invalidate(const void*, std::size_t) const noexcept {}
};
using Dma = io::NonCoherentDma<Counted>;

struct Setup {
    Count count;
    alignas(64) std::byte arena[256];
};

} // namespace

TEST_CASE("a Coherent is in the uncached arena", "[dma]") {
    STATIC_REQUIRE(io::StreamingDma<Dma>);
    Setup s;
    Dma dma{Counted{&s.count}, s.arena};
    auto ring = io::Coherent<std::uint32_t[4], Dma>::zeroed(dma);
    REQUIRE(ring);
    CHECK(ring->dma_address() == reinterpret_cast<std::uintptr_t>(s.arena));
    CHECK(s.count.cleans == 0);
    CHECK(dma.arena().outstanding() == 1);
}

TEST_CASE("without an arena a Coherent is refused", "[dma]") {
    Setup s;
    Dma dma{Counted{&s.count}};
    CHECK(io::Coherent<std::uint32_t[4], Dma>::zeroed(dma).error() == Error::unsupported);
    io::StreamingBuffer<std::uint32_t> word;
    CHECK(io::stream_to_device(dma, word)); // but memory is lent

    Dma narrow{Counted{&s.count}, io::DmaMask::of<4>()};
    CHECK(io::stream_to_device(narrow, word).error() == Error::unsupported); // and cannot bounce
}

TEST_CASE("memory is lent at its own address, between maintenance of its lines", "[dma]") {
    Setup s;
    Dma dma{Counted{&s.count}, s.arena};
    io::StreamingBuffer<std::uint32_t, 32> word;
    auto mine = io::stream_both(dma, word);
    REQUIRE(mine);
    auto lent = std::move(*mine).sync_for_device();
    CHECK(lent.dma_address() == reinterpret_cast<std::uintptr_t>(&word));
    CHECK(s.count.cleans == 1);
    { const auto again = std::move(lent).sync_for_cpu(); }
    CHECK(s.count.invalidates == 1);
    CHECK(s.count.bytes == 64);

    auto other = io::stream_both(dma, word);
    auto late = std::move(*other).sync_for_device();
    static_cast<void>(std::move(late).leak());
    CHECK(dma.left() == 1);
}

TEST_CASE("where devices see the caches, nothing is refused and nothing maintained", "[dma]") {
    io::NonCoherentDma dma{io::NoCacheOps{}};
    std::uint32_t words[3]{1, 2, 3};
    auto mine = io::stream_both(dma, words[1]); // between others
    REQUIRE(mine);
    auto lent = std::move(*mine).sync_for_device();
    CHECK(lent.dma_address() == reinterpret_cast<std::uintptr_t>(&words[1]));
    auto again = std::move(lent).sync_for_cpu();
    CHECK(*again == 2);
}
