// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What allocates: masks, attributes, IdentityDma, and FakeDma with its detectors.
#include <ioview/dma.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using io::DmaAttrs;
using io::DmaMask;
using io::Error;
using io::testing::FakeDma;

namespace {

// A FakeDma whose faults are kept.
struct Watched {
    std::vector<std::string> faults;
    std::optional<FakeDma> dma{std::in_place};
    Watched() {
        dma->on_fault([this](const std::string& what) { faults.push_back(what); });
    }
    bool saw(const std::string& what) const {
        return faults.size() == 1 && faults[0].find(what) != std::string::npos;
    }
};

struct ForgetsToFree {
    io::Result<io::DmaRegion> allocate(std::size_t, std::size_t, DmaAttrs);
    DmaMask mask() const noexcept;
};
struct FreesLoudly : ForgetsToFree {
    void free(io::DmaRegion, std::size_t);
};
struct Plain : ForgetsToFree {
    void free(io::DmaRegion, std::size_t) noexcept;
};

} // namespace

TEST_CASE("a mask has 0 to 64 bits", "[dma]") {
    STATIC_REQUIRE(DmaMask::of<0>().value() == 0);
    STATIC_REQUIRE(DmaMask::of<1>().value() == 1);
    STATIC_REQUIRE(DmaMask::of<32>().value() == 0xffff'ffff);
    STATIC_REQUIRE(DmaMask::of<63>().value() == ~std::uint64_t{0} >> 1);
    STATIC_REQUIRE(DmaMask::of<64>().value() == ~std::uint64_t{0});
    for (unsigned n = 0; n <= 64; ++n) {
        const std::uint64_t ones = n == 0 ? 0 : ~std::uint64_t{0} >> (64 - n);
        REQUIRE(DmaMask::bits(n)->value() == ones);
    }
    CHECK(DmaMask::bits(65).error() == Error::invalid_argument);
    CHECK(DmaMask::bits(-1).error() == Error::invalid_argument);
    CHECK(DmaMask::bits(std::uint64_t{1} << 32).error() == Error::invalid_argument);
    CHECK(DmaMask::bits(32) == DmaMask::of<32>());
}

TEST_CASE("a mask covers whole ranges", "[dma]") {
    constexpr auto mask = DmaMask::of<32>();
    STATIC_REQUIRE(mask.contains(0, 1));
    STATIC_REQUIRE(mask.contains(0xffff'ffff, 1));
    STATIC_REQUIRE_FALSE(mask.contains(0xffff'ffff, 2));
    STATIC_REQUIRE_FALSE(mask.contains(0x1'0000'0000, 1));
    STATIC_REQUIRE(mask.contains(0xffff'f000, 0x1000));
    STATIC_REQUIRE_FALSE(mask.contains(0xffff'f001, 0x1000));
    STATIC_REQUIRE_FALSE(mask.contains(0, 0));
    STATIC_REQUIRE(DmaMask::of<64>().contains(~std::uint64_t{0}, 1));
    STATIC_REQUIRE_FALSE(DmaMask::of<64>().contains(~std::uint64_t{0}, 2));
    STATIC_REQUIRE_FALSE(DmaMask::of<0>().contains(1, 1));
    STATIC_REQUIRE(DmaMask::of<0>().contains(0, 1));
}

TEST_CASE("attributes are a set", "[dma]") {
    constexpr auto both = DmaAttrs::weak_ordering | DmaAttrs::no_warn;
    STATIC_REQUIRE(both.contains(DmaAttrs::no_warn));
    STATIC_REQUIRE(both.contains(both));
    STATIC_REQUIRE(both.contains({}));
    STATIC_REQUIRE_FALSE(both.contains(DmaAttrs::no_warn | DmaAttrs::mmio));
    STATIC_REQUIRE((both & DmaAttrs::no_warn) == DmaAttrs::no_warn);
    STATIC_REQUIRE((both & ~DmaAttrs::no_warn) == DmaAttrs::weak_ordering);
    STATIC_REQUIRE(DmaAttrs{}.empty());
    STATIC_REQUIRE((~DmaAttrs{}).contains(DmaAttrs::mmio | DmaAttrs::privileged));
    STATIC_REQUIRE(~~both == both);
    STATIC_REQUIRE((~DmaAttrs{}).wants_cpu_mapping()); // only a CoherentHandle does without

    const DmaAttrs each[] = {DmaAttrs::weak_ordering,
                             DmaAttrs::skip_cpu_sync,
                             DmaAttrs::force_contiguous,
                             DmaAttrs::alloc_single_pages,
                             DmaAttrs::no_warn,
                             DmaAttrs::privileged,
                             DmaAttrs::mmio};
    DmaAttrs all;
    for (auto attribute : each) {
        CHECK_FALSE(all.contains(attribute));
        all |= attribute;
    }
    CHECK(all == ~DmaAttrs{});
    all &= DmaAttrs::mmio;
    CHECK(all == DmaAttrs::mmio);
}

TEST_CASE("what a DmaDevice is", "[dma]") {
    STATIC_REQUIRE(io::DmaDevice<FakeDma>);
    STATIC_REQUIRE(io::DmaDevice<io::IdentityDma>);
    STATIC_REQUIRE(io::DmaDevice<Plain>);
    STATIC_REQUIRE_FALSE(io::DmaDevice<ForgetsToFree>);
    STATIC_REQUIRE_FALSE(io::DmaDevice<FreesLoudly>);
    STATIC_REQUIRE_FALSE(io::DmaDevice<int>);
}

namespace {
alignas(4'096) std::byte arena[8'192];
constinit io::IdentityDma identity{arena, DmaMask::of<48>()}; // no dynamic initialisation
} // namespace

TEST_CASE("the identity arena gives aligned, disjoint memory and takes it back", "[dma]") {
    CHECK(identity.mask() == DmaMask::of<48>());
    REQUIRE(identity.available() == sizeof arena);
    struct Taken {
        io::DmaRegion region;
        std::size_t bytes;
    };
    std::vector<Taken> taken;
    std::uint32_t state = 1;
    const auto next = [&state] { return state = state * 1'664'525 + 1'013'904'223; };
    for (int round = 0; round < 4'000; ++round) {
        if ((next() >> 16) % 2 == 0 || taken.empty()) {
            const std::size_t bytes = 1 + (next() >> 16) % 700;
            const std::size_t align = std::size_t{1} << (next() >> 16) % 11;
            auto region = identity.allocate(bytes, align, {});
            if (!region) {
                REQUIRE(region.error() == Error::no_memory);
                continue;
            }
            const auto at = reinterpret_cast<std::uintptr_t>(region->cpu);
            REQUIRE(region->dma == at);
            REQUIRE(at % align == 0);
            REQUIRE(at % io::IdentityDma::granule == 0);
            REQUIRE(at >= reinterpret_cast<std::uintptr_t>(arena));
            REQUIRE(at + bytes <= reinterpret_cast<std::uintptr_t>(arena) + sizeof arena);
            for (const auto& other : taken)
                REQUIRE((at + bytes <= other.region.dma || other.region.dma + other.bytes <= at));
            std::memset(region->cpu, 0x5a, bytes); // holes are not where blocks are
            taken.push_back({*region, bytes});
        } else {
            const std::size_t i = (next() >> 16) % taken.size();
            identity.free(taken[i].region, taken[i].bytes);
            taken[i] = taken.back();
            taken.pop_back();
        }
    }
    for (const auto& block : taken)
        identity.free(block.region, block.bytes);
    CHECK(identity.available() == sizeof arena);
    auto whole = identity.allocate(sizeof arena, 4'096, {}); // the holes have become one again
    REQUIRE(whole);
    CHECK(identity.available() == 0);
    CHECK(identity.allocate(1, 1, {}).error() == Error::no_memory);
    identity.free(*whole, sizeof arena);
}

TEST_CASE("what the identity arena refuses", "[dma]") {
    CHECK(identity.allocate(0, 64, {}).error() == Error::invalid_argument);
    CHECK(identity.allocate(64, 0, {}).error() == Error::invalid_argument);
    CHECK(identity.allocate(64, 48, {}).error() == Error::invalid_argument);
    CHECK(identity.allocate(sizeof arena + 1, 1, {}).error() == Error::no_memory);
    CHECK(identity.allocate(std::numeric_limits<std::size_t>::max(), 1, {}).error() ==
          Error::no_memory);

    io::IdentityDma none{std::span<std::byte>{}};
    CHECK(none.available() == 0);
    CHECK(none.allocate(1, 1, {}).error() == Error::no_memory);

    // An arena that starts and ends anywhere keeps its whole granules.
    io::IdentityDma odd{std::span(arena).subspan(1, 200)};
    CHECK(odd.available() == 128);
    auto first = odd.allocate(65, 1, {});
    REQUIRE(first);
    CHECK(odd.allocate(1, 1, {}).error() == Error::no_memory);
    odd.free(*first, 65);
    CHECK(odd.available() == 128);
}

TEST_CASE("the identity arena says what owners let go of", "[dma]") {
    alignas(64) static std::byte memory[1'024];
    static io::IdentityDma dma{memory};
    auto kept = io::Coherent<std::uint32_t[], io::IdentityDma>::zeroed(dma, 16);
    auto lost = io::Coherent<std::uint32_t[], io::IdentityDma>::zeroed(dma, 16);
    REQUIRE((kept && lost));
    CHECK((dma.outstanding() == 2 && dma.left() == 0));
    std::move(*lost).leak();
    CHECK((dma.outstanding() == 2 && dma.left() == 1));
    CHECK(dma.available() == sizeof memory - 128);
}

TEST_CASE("the identity arena keeps its books where no device writes", "[dma]") {
    alignas(64) std::byte memory[1'024];
    io::IdentityDma::Taken table[3];
    io::IdentityDma dma{memory, table, DmaMask::of<48>()};
    CHECK(dma.mask() == DmaMask::of<48>());
    std::memset(memory, 0xa5, sizeof memory);
    auto a = dma.allocate(64, 64, {});
    auto b = dma.allocate(65, 64, {});
    auto c = dma.allocate(64, 64, {});
    REQUIRE((a && b && c));
    CHECK(dma.outstanding() == 3);
    CHECK(dma.available() == 1'024 - 256);
    CHECK(dma.allocate(1, 1, {}).error() == Error::no_memory); // the table is full
    dma.free(*b, 65);
    // the device was not told, and goes on
    std::memset(b->cpu, 0xff, 128);
    auto d = dma.allocate(64, 64, {});
    REQUIRE(d);
    CHECK(d->cpu == b->cpu);
    dma.free(*a, 64);
    std::memset(a->cpu, 0xff, 64);
    auto e = dma.allocate(128, 128, {});
    REQUIRE(e);
    CHECK(e->dma % 128 == 0);
    CHECK((e->dma >= c->dma + 64 && dma.outstanding() == 3));
    dma.free(*c, 64);
    dma.free(*d, 64);
    dma.free(*e, 128);
    CHECK(dma.available() == sizeof memory);
    CHECK(dma.outstanding() == 0);
    for (std::size_t i = 192; i < sizeof memory; ++i)
        REQUIRE(memory[i] == std::byte{0xa5}); // nothing here has written them
}

TEST_CASE("fake DMA addresses are far from the CPU's, garbage is what one gets", "[dma]") {
    FakeDma dma;
    auto a = dma.allocate(100, 64, {});
    auto b = dma.allocate(100, 8'192, {});
    REQUIRE((a && b));
    const auto cpu = reinterpret_cast<std::uintptr_t>(a->cpu);
    CHECK((a->dma > cpu ? a->dma - cpu : cpu - a->dma) > std::uint64_t{1} << 40);
    CHECK(cpu % 64 == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(b->cpu) % 8'192 == 0);
    CHECK(b->dma % 8'192 == 0);
    CHECK(b->dma > a->dma + 4'096); // a page between them that belongs to nobody
    std::size_t zeros = 0;
    for (int i = 0; i < 100; ++i)
        zeros += static_cast<std::byte*>(a->cpu)[i] == std::byte{0};
    CHECK(zeros < 5);
    CHECK(dma.outstanding() == 2);
    CHECK(dma.outstanding_bytes() == 200);
    dma.free(*a, 100);
    dma.free(*b, 100);
    CHECK(dma.outstanding() == 0);
    CHECK(dma.requests() == 2);
}

TEST_CASE("fake DMA keeps to its mask unless told otherwise", "[dma]") {
    for (const unsigned bits : {64u, 40u, 32u, 24u, 16u}) {
        FakeDma dma{*DmaMask::bits(bits)};
        auto region = dma.allocate(4'096, 4'096, {});
        REQUIRE(region);
        CHECK(dma.mask().contains(region->dma, 4'096));
        dma.free(*region, 4'096);
    }
    FakeDma dma{DmaMask::of<32>()};
    dma.place_next_at(0x1'0000'0000);
    auto region = dma.allocate(16, 16, {});
    REQUIRE(region);
    CHECK(region->dma == 0x1'0000'0000);
    dma.free(*region, 16);
    dma.set_mask(DmaMask::of<24>());
    CHECK(dma.allocate(16, 16, {}).error() == Error::no_memory); // its addresses are above
    CHECK(dma.mask() == DmaMask::of<24>());
}

TEST_CASE("fake DMA runs out when a test says so", "[dma]") {
    FakeDma dma;
    dma.fail_request(2);
    auto a = dma.allocate(16, 16, {});
    CHECK(dma.allocate(16, 16, {}).error() == Error::no_memory);
    auto b = dma.allocate(16, 16, {});
    dma.fail_request(1, Error::busy);
    CHECK(dma.allocate(16, 16, {}).error() == Error::busy);
    CHECK(dma.requests() == 4);
    CHECK(dma.allocate(SIZE_MAX / 2, 16, {}).error() == Error::no_memory);
    CHECK(dma.allocate(0, 16, {}).error() == Error::invalid_argument);
    CHECK(dma.allocate(16, 24, {}).error() == Error::invalid_argument);
    dma.free(*a, 16);
    dma.free(*b, 16);
}

TEST_CASE("a device double reaches memory by its DMA address, and nothing else", "[dma]") {
    FakeDma dma;
    auto region = dma.allocate(100, 64, {});
    auto* const cpu = static_cast<std::byte*>(region->cpu);
    CHECK(dma.device_pointer(region->dma, 100) == cpu);
    CHECK(dma.device_pointer(region->dma + 96, 4) == cpu + 96);
    CHECK(dma.device_pointer(region->dma + 96, 5) == nullptr);
    CHECK(dma.device_pointer(region->dma - 1, 1) == nullptr);
    CHECK(dma.device_pointer(region->dma + 101, 0) == nullptr);
    CHECK(dma.device_pointer(0, 1) == nullptr);
    CHECK(dma.device_pointer(reinterpret_cast<std::uintptr_t>(cpu), 1) == nullptr);
    CHECK(dma.device_pointer(~std::uint64_t{0}, 2) == nullptr);
    dma.free(*region, 100);
    CHECK(dma.device_pointer(region->dma, 1) == nullptr);
}

TEST_CASE("fake DMA is aligned as asked for, and no more", "[dma]") {
    FakeDma dma;
    for (int turn = 0; turn < 3; ++turn) {
        for (std::size_t alignment = 1; alignment <= FakeDma::max_alignment; alignment *= 2) {
            const auto region = dma.allocate(24, alignment, {});
            REQUIRE(region);
            CHECK(region->dma % (2 * alignment) == alignment);
            CHECK(reinterpret_cast<std::uintptr_t>(region->cpu) % (2 * alignment) == alignment);
            dma.free(*region, 24);
        }
    }
}

TEST_CASE("a device reads and writes by DMA address, inside of what is allocated", "[dma]") {
    Watched w;
    auto region = w.dma->allocate(100, 4, {});
    auto other = w.dma->allocate(100, 4, {});
    REQUIRE((region && other));
    auto* const cpu = static_cast<unsigned char*>(region->cpu);
    const unsigned char sent[4]{1, 2, 3, 4};
    unsigned char got[4]{};
    CHECK(w.dma->device_write(region->dma + 96, sent, 4));
    CHECK((cpu[96] == 1 && cpu[99] == 4));
    CHECK(w.dma->device_read(region->dma + 97, got, 3));
    CHECK((got[0] == 2 && got[2] == 4 && got[3] == 0));
    CHECK(w.dma->device_write(0, sent, 0)); // no access at all
    CHECK(w.faults.empty());

    const auto wrong = [&](io::DmaAddress address, std::size_t bytes, const char* what) {
        w.faults.clear();
        got[0] = 0x5a;
        CHECK_FALSE(w.dma->device_read(address, got, bytes));
        CHECK(got[0] == 0x5a);
        CHECK(w.saw((std::string{"device read: "} + what).c_str()));
        w.faults.clear();
        CHECK_FALSE(w.dma->device_write(address, sent, bytes));
        CHECK(w.saw((std::string{"device write: "} + what).c_str()));
        CHECK(w.faults.size() == 1);
    };
    wrong(region->dma + 97, 4, "past the end of an allocation: 4 bytes at DMA address 0x");
    wrong(region->dma + 100, 1, "nothing is allocated there");
    wrong(region->dma - 1, 2, "nothing is allocated there");
    wrong(reinterpret_cast<std::uintptr_t>(cpu), 1, "nothing is allocated there");
    wrong(~std::uint64_t{0}, 2, "nothing is allocated there");
    CHECK((cpu[96] == 1 && cpu[97] == 2));
    w.dma->set_mask(DmaMask::of<32>());
    wrong(region->dma, 1, "beyond the mask");
    w.dma->set_mask(DmaMask::of<64>());
    w.dma->free(*region, 100);
    wrong(region->dma + 10, 4, "after it was freed");
    w.faults.clear();
    w.dma->free(*other, 100);
    w.dma.reset();
    CHECK(w.faults.empty());
}

TEST_CASE("fake DMA keeps what was freed, and finds who writes it", "[dma]") {
    Watched w;
    auto region = w.dma->allocate(100, 64, {});
    auto* const kept = w.dma->device_pointer(region->dma, 100);
    w.dma->free(*region, 100);
    auto next = w.dma->allocate(100, 64, {});
    CHECK(next->dma != region->dma);
    CHECK(next->cpu != region->cpu);
    w.dma->free(*next, 100);
    kept[99] = std::byte{7};
    CHECK(w.faults.empty());
    SECTION("at the end") {
        w.dma.reset();
    }
    SECTION("when a test places memory there again") {
        w.dma->place_next_at(region->dma);
        auto again = w.dma->allocate(100, 64, {});
        w.dma->free(*again, 100);
    }
    CHECK(w.saw("written after it was freed: 100 bytes at DMA address"));
    CHECK(w.faults.size() == 1);
}

TEST_CASE("fake DMA counts what is let go of, and the device may still write it", "[dma]") {
    Watched w;
    auto region = w.dma->allocate(64, 64, {});
    w.dma->leaked(*region, 64);
    CHECK(w.dma->left() == 1);
    CHECK(w.dma->outstanding() == 1);
    const unsigned char late = 1;
    CHECK(w.dma->device_write(region->dma + 63, &late, 1));
    CHECK(w.faults.empty());
    w.dma->leaked(*region, 65);
    CHECK(w.saw("let go of, but not allocated"));
    w.faults.clear();
    w.dma->leaked(*region, 64);
    CHECK(w.saw("let go of twice"));
    w.faults.clear();
    w.dma.reset();
    CHECK(w.faults.empty()); // no leak that nobody knows of
}

TEST_CASE("each detector of the fake fires", "[dma]") {
    Watched w;
    SECTION("a leak") {
        auto region = w.dma->allocate(48, 16, {});
        REQUIRE(region);
        CHECK(w.faults.empty());
        w.dma.reset();
        CHECK(w.saw("leaked 48 bytes at DMA address"));
    }
    SECTION("freed twice") {
        auto region = w.dma->allocate(48, 16, {});
        w.dma->free(*region, 48);
        CHECK(w.faults.empty());
        w.dma->free(*region, 48);
        CHECK(w.saw("freed twice"));
    }
    SECTION("never allocated") {
        w.dma->free({&w, 0x1000}, 48);
        CHECK(w.saw("freed but never allocated"));
    }
    SECTION("wrong size") {
        auto region = w.dma->allocate(48, 16, {});
        w.dma->free(*region, 47);
        CHECK(w.saw("freed with another size than allocated"));
    }
    SECTION("wrong attributes") {
        auto region = w.dma->allocate(48, 16, DmaAttrs::no_warn);
        w.dma->free(*region, 48, {});
        CHECK(w.saw("freed with other attributes than allocated"));
    }
    SECTION("wrong CPU address") {
        auto region = w.dma->allocate(48, 16, {});
        w.dma->free({static_cast<std::byte*>(region->cpu) + 1, region->dma}, 48);
        CHECK(w.saw("freed with another CPU address than allocated"));
    }
    SECTION("from its middle") {
        auto region = w.dma->allocate(48, 16, {});
        w.dma->free({static_cast<std::byte*>(region->cpu) + 16, region->dma + 16}, 32);
        CHECK(w.saw("freed from its middle"));
        w.dma->free(*region, 48);
    }
    SECTION("overlap") {
        auto region = w.dma->allocate(48, 16, {});
        w.dma->place_next_at(region->dma + 47);
        CHECK(w.dma->allocate(48, 16, {}).error() == Error::busy);
        CHECK(w.saw("overlap at"));
        w.dma->place_next_at(region->dma + 48);
        auto beside = w.dma->allocate(48, 16, {});
        REQUIRE(beside);
        CHECK(w.faults.size() == 1);
        w.dma->free(*beside, 48);
        w.dma->free(*region, 48);
    }
    SECTION("written past its end") {
        auto region = w.dma->allocate(48, 16, {});
        static_cast<std::byte*>(region->cpu)[48] = std::byte{0};
        w.dma->free(*region, 48);
        CHECK(w.saw("written past the end of 48 bytes"));
    }
    SECTION("written in front of it") {
        auto region = w.dma->allocate(48, 16, {});
        *(static_cast<std::byte*>(region->cpu) - 1) = std::byte{0};
        w.dma->free(*region, 48);
        CHECK(w.saw("written in front of 48 bytes"));
    }
}
