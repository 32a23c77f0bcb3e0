// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// CachedFakeDma: stale until synced, as hardware is; and its faults.
#include <ioview/dma/streaming.hpp>
#include <ioview/testing/cached_fake_dma.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace io = ioview;
using io::DmaDirection;
using io::testing::CachedFakeDma;

namespace {

struct Watched {
    CachedFakeDma dma;
    std::vector<std::string> faults;
    alignas(64) std::uint32_t words[32]{};

    Watched() {
        dma.on_fault([this](const std::string& what) { faults.push_back(what); });
    }
    bool saw(const std::string& what) const {
        return faults.size() == 1 && faults[0].find(what) != std::string::npos;
    }
    std::uint32_t device_reads(io::DmaAddress at) {
        std::uint32_t value = 0;
        dma.device_read(at, &value, 4);
        return value;
    }
    void device_writes(io::DmaAddress at, std::uint32_t value) { dma.device_write(at, &value, 4); }
};

} // namespace

TEST_CASE("it is a device that streams", "[testing]") {
    STATIC_REQUIRE(io::StreamingDma<CachedFakeDma>);
    STATIC_REQUIRE_FALSE(io::StreamingDma<io::testing::FakeDma>);
}

TEST_CASE("without a clean the device sees something old", "[testing]") {
    Watched w;
    w.words[0] = 7;
    w.words[16] = 8;
    const auto at = *w.dma.map(w.words, sizeof w.words, DmaDirection::to_device);
    CHECK(w.device_reads(at) != 7);
    w.dma.cache().clean(w.words, 4); // the whole line, and no other
    CHECK(w.device_reads(at) == 7);
    CHECK(w.device_reads(at + 60) == 0);
    CHECK(w.device_reads(at + 64) != 8);
    w.dma.cache().clean(w.words, sizeof w.words);
    CHECK(w.device_reads(at + 64) == 8);
    w.dma.unmap(at, sizeof w.words, DmaDirection::to_device);
    CHECK(w.faults.empty());
}

TEST_CASE("without an invalidate the CPU sees something old", "[testing]") {
    Watched w;
    const auto at = *w.dma.map(w.words, sizeof w.words, DmaDirection::from_device);
    w.dma.cache().clean(w.words, sizeof w.words);
    w.device_writes(at, 7);
    w.device_writes(at + 64, 8);
    CHECK(w.words[0] == 0);
    w.dma.cache().invalidate(w.words, 1);
    CHECK(w.words[0] == 7);
    CHECK(w.words[16] == 0);
    w.dma.cache().clean_and_invalidate(w.words, sizeof w.words);
    CHECK(w.words[16] == 8);
    w.dma.unmap(at, sizeof w.words, DmaDirection::from_device);
    CHECK(w.faults.empty());
}

TEST_CASE("an eviction writes what is dirty and fetches what is not", "[testing]") {
    Watched w;
    const auto at = *w.dma.map(w.words, sizeof w.words, DmaDirection::bidirectional);
    w.dma.cache().clean(w.words, sizeof w.words);
    w.words[0] = 1;
    w.device_writes(at + 4, 2); // lost: the line is dirty
    w.device_writes(at + 64, 3);
    w.dma.evict();
    CHECK(w.device_reads(at) == 1);
    CHECK(w.device_reads(at + 4) == 0);
    CHECK(w.words[16] == 3);
    w.dma.unmap(at, sizeof w.words, DmaDirection::bidirectional);
    CHECK(w.faults.empty());
}

TEST_CASE("what the CPU stores in what it lent is a fault", "[testing]") {
    Watched w;
    auto mine = io::stream_both(w.dma, w.words);
    auto lent = std::move(*mine).sync_for_device();
    w.words[20] = 4; // by its name, behind the owner's back
    { const auto again = std::move(lent).sync_for_cpu(); }
    CHECK(w.saw("stored by the CPU while the device had it, and lost: 64 bytes"));
}

TEST_CASE("what the device stores where it only reads is a fault", "[testing]") {
    Watched w;
    {
        auto mine = io::stream_to_device(w.dma, w.words);
        auto lent = std::move(*mine).sync_for_device();
        w.device_writes(lent.dma_address() + 64, 4);
    }
    CHECK(w.saw("stored by the device, which was only to read"));
}

TEST_CASE("mapping faults", "[testing]") {
    Watched w;
    const auto direction = DmaDirection::to_device;
    SECTION("shared line") {
        CHECK(w.dma.map(w.words + 1, 64, direction).error() == io::Error::misaligned);
        CHECK(w.saw("shares a cache line"));
    }
    SECTION("twice") {
        const auto at = w.dma.map(w.words, 128, direction);
        CHECK(w.dma.map(w.words + 16, 4, direction).error() == io::Error::busy);
        CHECK(w.saw("mapped twice"));
        w.dma.unmap(*at, 128, direction);
    }
    SECTION("unmapped, but not mapped") {
        w.dma.unmap(0x1000, 4, direction);
        CHECK(w.saw("unmapped, but not mapped: 4 bytes"));
    }
    SECTION("another direction") {
        const auto at = w.dma.map(w.words, 128, direction);
        w.dma.unmap(*at, 128, DmaDirection::from_device);
        CHECK(w.saw("another size or direction"));
    }
    SECTION("maintenance of what is not mapped") {
        w.dma.cache().clean(w.words, 4);
        CHECK(w.saw("not mapped"));
    }
    SECTION("after it was unmapped") {
        const auto at = w.dma.map(w.words, 128, direction);
        w.dma.unmap(*at, 128, direction);
        w.device_writes(*at, 1);
        CHECK(w.saw("after it was freed"));
    }
    SECTION("a request that is to fail") {
        w.dma.fail_request(1);
        CHECK(w.dma.map(w.words, 128, direction).error() == io::Error::no_memory);
        CHECK(w.dma.mapped() == 0);
    }
}
