// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Streaming: which maintenance each hand-over does, what the device gets to see, what bounces, and
// what is refused.
#include <ioview/dma/coherent.hpp>
#include <ioview/dma/streaming.hpp>
#include <ioview/testing/cached_fake_dma.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using io::DmaDirection;
using io::Error;
using io::testing::CachedFakeDma;

namespace {

struct Message {
    std::uint32_t kind;
    std::uint32_t words[20]; // a line and a part of the next
};
using Buffer = io::StreamingBuffer<Message>;

// One call of the maintenance.
struct Call {
    char what;
    const void* first;
    std::size_t bytes;
    friend bool operator==(const Call&, const Call&) = default;
};
using Calls = std::vector<Call>;

struct LoggedCache {
    Calls* calls;
    std::size_t line;
    std::size_t line_size() const noexcept { return line; }
    void clean(const void* p, std::size_t n) const noexcept { calls->push_back({'c', p, n}); }
    void invalidate(const void* p, std::size_t n) const noexcept { calls->push_back({'i', p, n}); }
    void clean_and_invalidate(const void*, std::size_t) const noexcept {}
};

// The device sees the CPU's addresses; what it allocates is cached, too, or is not.
template <bool Uncached>
struct LoggedDma {
    static constexpr bool allocates_uncached = Uncached;
    Calls calls;
    std::size_t line = 64;
    io::DmaMask reach = io::DmaMask::of<64>();
    std::optional<Error> refuses;
    int mappings = 0;
    int leaks = 0;
    std::vector<std::size_t> sizes; // of allocations
    alignas(256) std::byte memory[512]{};

    io::Result<io::DmaRegion> allocate(std::size_t n, std::size_t align, io::DmaAttrs) {
        if (align > 256 || n > sizeof memory)
            return io::fail(Error::no_memory);
        sizes.push_back(n);
        return io::DmaRegion{memory, 0x100};
    }
    void free(io::DmaRegion, std::size_t) noexcept { sizes.push_back(0); }
    io::DmaMask mask() const noexcept { return reach; }
    io::Result<io::DmaAddress> map(const void* p, std::size_t, DmaDirection) {
        if (refuses)
            return io::fail(*refuses);
        ++mappings;
        return reinterpret_cast<std::uintptr_t>(p);
    }
    void unmap(io::DmaAddress, std::size_t, DmaDirection) noexcept { --mappings; }
    LoggedCache cache() const noexcept { return {const_cast<Calls*>(&calls), line}; }
    void leaked(io::DmaRegion, std::size_t) noexcept { ++leaks; }
};
using Dma = LoggedDma<true>;
using CachedDma = LoggedDma<false>;

struct Watched {
    CachedFakeDma dma;
    std::vector<std::string> faults;
    Watched() {
        dma.on_fault([this](const std::string& what) { faults.push_back(what); });
    }
};

template <class S>
concept HasAddress = requires(const S& side) { side.dma_address(); };
template <class S>
concept IsRead = requires(const S& side) { *side; };

} // namespace

TEST_CASE("whoever does not have the memory has no way to it", "[dma]") {
    using Mine = io::Streaming<Message, DmaDirection::bidirectional, Dma>;
    using Lent = io::LentToDevice<Message, DmaDirection::bidirectional, Dma>;
    STATIC_REQUIRE(IsRead<Mine>);
    STATIC_REQUIRE_FALSE(HasAddress<Mine>);
    STATIC_REQUIRE(HasAddress<Lent>);
    STATIC_REQUIRE_FALSE(IsRead<Lent>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Mine>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Lent>);
    STATIC_REQUIRE(sizeof(Buffer) == 128);
    STATIC_REQUIRE(alignof(Buffer) == 64);

    using Read = io::Streaming<Message, DmaDirection::from_device, Dma>;
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<Read&>()), const Message&>);
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<Mine&>()), Message&>);
}

TEST_CASE("each direction has its maintenance, of whole lines", "[dma]") {
    Dma dma;
    Buffer buffer;
    const auto round = [&](const auto& stream) {
        dma.calls.clear();
        auto mine = stream(dma, buffer);
        REQUIRE(mine);
        CHECK(dma.calls.empty());
        CHECK(dma.mappings == 1);
        auto lent = std::move(*mine).sync_for_device();
        CHECK(dma.calls == Calls{{'c', &buffer, sizeof buffer}});
        CHECK(lent.dma_address() == reinterpret_cast<std::uintptr_t>(&buffer));
        CHECK(lent.size_bytes() == sizeof(Message));
        dma.calls.clear();
        auto again = std::move(lent).sync_for_cpu();
        CHECK(again.size_bytes() == sizeof(Message));
        CHECK(dma.mappings == 1); // until it ends
    };
    round(io::stream_to_device);
    CHECK(dma.calls.empty());
    CHECK(dma.mappings == 0);
    round(io::stream_from_device);
    CHECK(dma.calls == Calls{{'i', &buffer, sizeof buffer}});
    round(io::stream_both);
    CHECK(dma.calls == Calls{{'i', &buffer, sizeof buffer}});
    CHECK(dma.mappings == 0);
}

TEST_CASE("the device sees what the CPU stored, and the CPU what the device did", "[dma]") {
    CachedFakeDma dma;
    Buffer buffer;
    auto mine = io::stream_both(dma, buffer);
    REQUIRE(mine);
    (*mine)->kind = 7;
    (*mine)->words[19] = 8;
    auto lent = std::move(*mine).sync_for_device();

    Message seen{};
    REQUIRE(dma.device_read(lent.dma_address(), &seen, sizeof seen));
    CHECK(seen.kind == 7);
    CHECK(seen.words[19] == 8);
    seen.words[19] = 9;
    REQUIRE(dma.device_write(lent.dma_address(), &seen, sizeof seen));

    auto again = std::move(lent).sync_for_cpu();
    CHECK(again->words[19] == 9);
    CHECK((*again).kind == 7);
}

TEST_CASE("what the device leaves out is as it was, evicted or not", "[dma]") {
    CachedFakeDma dma;
    alignas(64) std::uint32_t words[32];
    for (std::uint32_t& word : words)
        word = 5;
    auto mine = io::stream_from_device(dma, words);
    REQUIRE(mine);
    auto lent = std::move(*mine).sync_for_device();
    const std::uint32_t value = 6;
    REQUIRE(dma.device_write(lent.dma_address() + 4, &value, 4));
    dma.evict(); // would write a line left dirty over it
    auto again = std::move(lent).sync_for_cpu();
    CHECK((*again)[0] == 5);
    CHECK((*again)[1] == 6);
    CHECK((*again)[31] == 5);
}

TEST_CASE("a span is lent as its elements", "[dma]") {
    CachedFakeDma dma;
    alignas(64) std::byte packet[128]{};
    {
        auto mine = io::stream_to_device(dma, io::Span<std::byte>{packet});
        REQUIRE(mine);
        CHECK((*mine).size_bytes() == 128);
        (**mine)[3] = std::byte{3};
        auto lent = std::move(*mine).sync_for_device();
        std::byte seen{};
        REQUIRE(dma.device_read(lent.dma_address() + 3, &seen, 1));
        CHECK(seen == std::byte{3});
    }
    const io::Span<const std::byte> half = io::Span<std::byte>{packet}.first(64);
    CHECK(io::stream_to_device(dma, half)); // const: it is only read
    CHECK(io::stream_to_device(dma, io::Span<std::byte>{}).error() == Error::invalid_argument);
    CHECK(dma.mapped() == 0);
    CHECK(dma.outstanding() == 0);
}

TEST_CASE("memory that shares a line is refused, and nothing is mapped", "[dma]") {
    Dma dma;
    alignas(64) std::byte memory[192]{};
    const auto refused = [&](std::size_t from, std::size_t count) {
        return io::stream_from_device(dma, io::Span<std::byte>{memory + from, count}).error() ==
               Error::misaligned;
    };
    CHECK(refused(1, 128)); // in front
    CHECK(refused(0, 127)); // behind
    CHECK(refused(32, 64)); // both
    CHECK(dma.mappings == 0);
    CHECK(io::stream_from_device(dma, io::Span<std::byte>{memory + 64, 128}));

    dma.line = 256; // a machine with longer lines than the driver was padded for
    Buffer buffer;
    CHECK(io::stream_to_device(dma, buffer).error() == Error::misaligned);
    io::StreamingBuffer<Message, 256> longer;
    CHECK(io::stream_to_device(dma, longer));
    CHECK(dma.calls.empty());
    CHECK(dma.mappings == 0);
}

TEST_CASE("beyond the mask a copy is lent, in both directions", "[dma]") {
    Watched watched;
    CachedFakeDma& dma = watched.dma;
    dma.set_mask(io::DmaMask::of<56>());
    Buffer buffer;
    dma.place_next_at(io::DmaAddress{1} << 60);
    auto mine = io::stream_both(dma, buffer);
    REQUIRE(mine);
    CHECK(mine->is_bounced());
    CHECK(dma.mapped() == 0);
    CHECK(dma.outstanding_bytes() == sizeof(Message));
    (*mine)->kind = 7;
    (*mine)->words[0] = 1;
    auto lent = std::move(*mine).sync_for_device();
    CHECK(dma.mask().contains(lent.dma_address(), sizeof(Message)));

    Message seen{};
    REQUIRE(dma.device_read(lent.dma_address(), &seen, sizeof seen));
    CHECK(seen.kind == 7);
    const std::uint32_t answer = 8;
    REQUIRE(dma.device_write(lent.dma_address(), &answer, 4));
    auto again = std::move(lent).sync_for_cpu();
    CHECK(again->kind == 8);
    CHECK(again->words[0] == 1);
    { const auto gone = std::move(again); }
    CHECK(dma.outstanding() == 0);
    CHECK(watched.faults.empty());

    dma.place_next_at(io::DmaAddress{1} << 60);
    dma.fail_request(2); // the bounce buffer
    CHECK(io::stream_both(dma, buffer).error() == Error::no_memory);
    CHECK(dma.outstanding() == 0);
}

TEST_CASE("what shares a line may bounce when asked to", "[dma]") {
    CachedFakeDma dma;
    alignas(64) std::uint32_t words[4]{1, 2, 3, 4};
    using Word = io::Streaming<std::uint32_t, DmaDirection::bidirectional, CachedFakeDma>;
    auto mine = Word::map_bounced(dma, words[1]);
    REQUIRE(mine);
    auto lent = std::move(*mine).sync_for_device();
    words[0] = 10; // the neighbours stay the CPU's
    const std::uint32_t value = 20;
    REQUIRE(dma.device_write(lent.dma_address(), &value, 4));
    auto again = std::move(lent).sync_for_cpu();
    CHECK(*again == 20);
    CHECK(words[0] == 10);
    CHECK(words[2] == 3);

    using Words = io::Streaming<std::uint32_t[], DmaDirection::to_device, CachedFakeDma>;
    CHECK(Words::map_bounced(dma, io::Span<std::uint32_t>{words + 1, 2}));
}

TEST_CASE("a bounce buffer that is cached is maintained in the driver's place", "[dma]") {
    CachedDma dma;
    dma.reach = io::DmaMask::of<12>();
    Buffer buffer;
    {
        auto mine = io::stream_from_device(dma, buffer);
        REQUIRE(mine);
        CHECK(dma.mappings == 0);
        CHECK(dma.sizes == std::vector<std::size_t>{128}); // whole lines
        auto lent = std::move(*mine).sync_for_device();
        CHECK(lent.dma_address() == 0x100);
        CHECK(dma.calls == Calls{{'c', dma.memory, 128}});
        dma.memory[0] = std::byte{4};
        auto again = std::move(lent).sync_for_cpu();
        CHECK(dma.calls == Calls{{'c', dma.memory, 128}, {'i', dma.memory, 128}});
        CHECK((reinterpret_cast<const std::byte&>(again->kind)) == std::byte{4});
    }
    CHECK(dma.sizes == std::vector<std::size_t>{128, 0});

    Dma uncached; // where it is not, there is nothing to maintain
    uncached.reach = io::DmaMask::of<12>();
    auto mine = io::stream_both(uncached, buffer);
    REQUIRE(mine);
    auto again = std::move(*mine).sync_for_device();
    { const auto back = std::move(again).sync_for_cpu(); }
    CHECK(uncached.calls.empty());
    CHECK(uncached.sizes == std::vector<std::size_t>{sizeof(Message), 0});
}

TEST_CASE("the device's refusal is the error", "[dma]") {
    Dma dma;
    dma.refuses = Error::busy;
    Buffer buffer;
    CHECK(io::stream_to_device(dma, buffer).error() == Error::busy);
    CHECK(dma.sizes.empty());
}

TEST_CASE("what ends while the device has it is taken back first", "[dma]") {
    CachedFakeDma dma;
    alignas(64) std::uint32_t words[16]{};
    {
        auto mine = io::stream_from_device(dma, words);
        auto lent = std::move(*mine).sync_for_device();
        const std::uint32_t value = 6;
        REQUIRE(dma.device_write(lent.dma_address(), &value, 4));
    }
    CHECK(words[0] == 6);
    CHECK(dma.outstanding() == 0);
}

TEST_CASE("what a device may still have is leaked: mapped, and said so", "[dma]") {
    {
        CachedFakeDma dma;
        Buffer buffer;
        auto mine = io::stream_from_device(dma, buffer);
        auto lent = std::move(*mine).sync_for_device();
        const io::DmaAddress address = lent.dma_address();
        const io::DmaRegion left = std::move(lent).leak();
        CHECK(left.dma == address);
        CHECK(left.cpu == &buffer);
        CHECK(dma.left() == 1);
        const std::byte late{1};
        CHECK(dma.device_write(address, &late, 1)); // no fault
    }
    Dma dma;
    Buffer buffer;
    {
        auto mine = io::Streaming<Message, DmaDirection::to_device, Dma>::map(dma, buffer);
        auto lent = std::move(*mine).sync_for_device();
        static_cast<void>(std::move(lent).leak());
        CHECK(std::move(lent).leak().cpu == nullptr); // once
    }
    CHECK(dma.mappings == 1);
    CHECK(dma.leaks == 1);
    dma.reach = io::DmaMask::of<12>();
    {
        auto mine = io::stream_from_device(dma, buffer);
        auto lent = std::move(*mine).sync_for_device();
        CHECK(std::move(lent).leak().cpu == dma.memory); // the bounce buffer, not freed
    }
    CHECK(dma.leaks == 2);
    CHECK(dma.sizes.size() == 1);
}

TEST_CASE("assigning ends what was there, and a swap keeps both", "[dma]") {
    CachedFakeDma dma;
    Buffer first;
    Buffer second;
    auto a = io::stream_both(dma, first);
    dma.set_mask(io::DmaMask::of<56>());
    dma.place_next_at(io::DmaAddress{1} << 60);
    auto b = io::stream_both(dma, second);
    REQUIRE(b->is_bounced());
    std::swap(*a, *b);
    CHECK(a->is_bounced());
    CHECK_FALSE(b->is_bounced());
    CHECK(dma.outstanding() == 2);
    Buffer third;
    *a = *io::stream_both(dma, third); // over what bounced
    CHECK_FALSE(a->is_bounced());
    CHECK(dma.outstanding() == 2);
    auto lent = std::move(*a).sync_for_device();
    lent = std::move(*b).sync_for_device();
    CHECK(dma.outstanding() == 1);
    CHECK(dma.mapped() == 1);
}

TEST_CASE("memory for a Coherent is uncached, or there is none", "[dma]") {
    STATIC_REQUIRE(io::detail::allocates_coherent<Dma>());
    STATIC_REQUIRE_FALSE(io::detail::allocates_coherent<CachedDma>());
    STATIC_REQUIRE(io::detail::allocates_coherent<io::testing::FakeDma>());
    CachedFakeDma dma;
    auto ring = io::Coherent<std::uint32_t[4], CachedFakeDma>::zeroed(dma);
    REQUIRE(ring);
    ring->at(1).write(3);
    std::uint32_t seen = 0;
    REQUIRE(dma.device_read(ring->dma_address() + 4, &seen, 4));
    CHECK(seen == 3); // without maintenance
}
