// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Coherent, CoherentBox, CoherentHandle, CoherentView: how they are made and refused, that memory
// is given back once, and that projecting moves both addresses.
#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "support/catch.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using io::DmaAttrs;
using io::Error;
using io::testing::FakeDma;

namespace {
struct Entry {
    alignas(8) std::uint64_t address;
    std::uint32_t length;
    std::uint32_t flags;
};
} // namespace
template <>
inline constexpr bool ioview::enable_plain_data<Entry> = true;

namespace {

struct Ring {
    std::uint32_t head;
    std::uint32_t tail;
    std::uint64_t pad;
    Entry entries[4];
};
struct Padded { // too large to be returned in registers, which would bring padding of their own
    std::uint8_t kind;
    alignas(8) std::uint64_t value[4];
};

template <class T>
using Coherent = io::Coherent<T, FakeDma>;
template <class T>
using Box = io::CoherentBox<T, FakeDma>;

// Counts, and answers as a test wants it to.
struct Counting {
    struct Call {
        std::size_t bytes;
        std::size_t alignment;
        DmaAttrs attrs;
    };

    io::Result<io::DmaRegion> allocate(std::size_t bytes, std::size_t alignment, DmaAttrs attrs) {
        allocated.push_back({bytes, alignment, attrs});
        if (error)
            return io::fail(*error);
        return io::DmaRegion{null ? nullptr : memory + cpu_shift, dma};
    }
    void free(io::DmaRegion region, std::size_t bytes, DmaAttrs attrs) noexcept {
        CHECK(region.cpu == (null ? nullptr : memory + cpu_shift));
        CHECK(region.dma == dma);
        freed.push_back({bytes, 0, attrs});
    }
    io::DmaMask mask() const noexcept { return limit; }

    alignas(64) std::byte memory[512];
    io::DmaAddress dma = 0xd000'0000;
    io::DmaMask limit = io::DmaMask::of<32>();
    std::optional<Error> error;
    bool null = false;
    std::size_t cpu_shift = 0;
    std::vector<Call> allocated;
    std::vector<Call> freed;
};

// As the interface document shows it: free without attributes.
struct PlainDma {
    io::Result<io::DmaRegion> allocate(std::size_t, std::size_t, DmaAttrs) {
        ++allocated;
        return io::DmaRegion{memory, 0x100};
    }
    void free(io::DmaRegion, std::size_t bytes) noexcept {
        ++freed;
        CHECK(bytes == 8);
    }
    io::DmaMask mask() const noexcept { return io::DmaMask::of<64>(); }
    alignas(8) std::byte memory[8];
    int allocated = 0;
    int freed = 0;
};

bool all_bytes(const auto& view, std::size_t bytes, std::byte value) {
    for (std::size_t i = 0; i < bytes; ++i) {
        if (reinterpret_cast<const std::byte*>(view.address())[i] != value)
            return false;
    }
    return true;
}

} // namespace

TEST_CASE("owners move and do not copy; views are small and trivial", "[dma]") {
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Coherent<Ring>>);
    STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<Coherent<Ring>>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<Coherent<Ring>>);
    STATIC_REQUIRE(std::is_nothrow_move_assignable_v<Coherent<Ring>>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Box<Ring>>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<io::CoherentHandle<FakeDma>>);
    STATIC_REQUIRE_FALSE(std::is_default_constructible_v<Coherent<Ring>>);
    STATIC_REQUIRE_FALSE(std::is_move_constructible_v<io::Borrowed<Ring>>);

    STATIC_REQUIRE(io::IoBackend<io::CoherentBackend>);
    STATIC_REQUIRE(io::IoCopyable<io::CoherentBackend>);
    STATIC_REQUIRE(io::IoOf<Coherent<Ring>, Ring>);
    STATIC_REQUIRE(io::IoOf<io::CoherentView<Ring>, Ring>);
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::CoherentView<Ring>>);
    STATIC_REQUIRE(sizeof(io::CoherentView<Ring>) <= 2 * sizeof(io::DmaAddress));
    STATIC_REQUIRE_FALSE(io::IoBase<Box<Ring>>); // no view, no address, before it is shared
    STATIC_REQUIRE_FALSE(io::IoBase<io::CoherentHandle<FakeDma>>);
}

TEST_CASE("zeroed means every byte, though the memory was garbage", "[dma]") {
    FakeDma dma;
    auto ring = Coherent<Ring>::zeroed(dma);
    REQUIRE(ring);
    CHECK(all_bytes(*ring, sizeof(Ring), std::byte{0}));
    CHECK(ring->size_bytes() == sizeof(Ring));

    auto list = Coherent<Entry[]>::zeroed(dma, 3);
    REQUIRE(list);
    CHECK(list->size() == 3);
    CHECK(all_bytes(*list, 3 * sizeof(Entry), std::byte{0}));

    auto array = Coherent<Entry[5]>::zeroed(dma);
    auto same = Coherent<std::array<Entry, 5>>::zeroed(dma);
    REQUIRE((array && same));
    CHECK(array->size() == 5);
    CHECK(same->size() == 5);
    CHECK(all_bytes(*array, 5 * sizeof(Entry), std::byte{0}));
    CHECK(dma.outstanding() == 4);
}

TEST_CASE("from a value, from a slice, element by element", "[dma]") {
    FakeDma dma;
    const Entry entry{1, 2, 3};
    auto one = Coherent<Entry>::from_value(dma, entry);
    REQUIRE(one);
    CHECK(IO_PROJECT(*one, address).copy_read() == 1);
    CHECK(IO_READ(*one, flags) == 3);

    const Entry two[2] = {{1, 2, 3}, {4, 5, 6}};
    auto array = Coherent<Entry[2]>::from_value(dma, two);
    CHECK(IO_READ(*array, at(1), length) == 5);

    auto list = Coherent<Entry[]>::from_span(dma, two);
    REQUIRE(list);
    CHECK(list->size() == 2);
    CHECK(std::memcmp(reinterpret_cast<const void*>(list->address()), two, sizeof two) == 0);
    const std::vector<std::uint8_t> text{'a', 'b', 'c'};
    CHECK(Coherent<std::uint8_t[]>::from_span(dma, text)->at(2).read() == 'c');

    std::vector<std::size_t> asked;
    auto made = Coherent<std::uint32_t[]>::generate(dma, 4, [&](std::size_t i) {
        asked.push_back(i);
        return static_cast<std::uint32_t>(i * i);
    });
    REQUIRE(made);
    CHECK(asked == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK(made->at(3).read() == 9);
    auto fixed = Coherent<std::uint16_t[3]>::generate(
        dma, [](std::size_t i) { return static_cast<std::uint16_t>(i + 7); });
    CHECK(fixed->at(2).read() == 9);
    auto object = Coherent<Entry>::generate(dma, [] { return Entry{7, 8, 9}; });
    CHECK(IO_READ(*object, length) == 8);

    auto box = Box<Entry[]>::from_span(dma, two);
    CHECK((*box)[1].flags == 6);
    auto five = Box<std::uint32_t>::from_value(dma, 5u);
    CHECK(**five == 5);
}

namespace {
// Knows where it was made: a copy on the stack would show.
struct Placed {
    std::uint64_t self;
    std::uint8_t big[4'000];
    static Placed make() { return Placed(1); }
    Placed() = default;
    explicit Placed(int) : self(reinterpret_cast<std::uintptr_t>(this)), big{} {}
};
} // namespace

TEST_CASE("generated elements are made where they stay, and nothing old is left", "[dma]") {
    FakeDma dma;
    auto list = Coherent<Placed[]>::generate(dma, 3, [](std::size_t) { return Placed::make(); });
    for (auto element : *list)
        CHECK(IO_PROJECT(element, self).copy_read() == element.address());
    auto object = Coherent<Placed>::generate(dma, Placed::make);
    CHECK(IO_PROJECT(*object, self).copy_read() == object->address());

    // Garbage of the allocator is nothing that a device should get to see.
    auto padded = Coherent<Padded[]>::generate(dma, 2, [](std::size_t i) {
        return Padded{1, {i, i, i, i}};
    });
    const auto* bytes = reinterpret_cast<const std::byte*>(padded->address());
    CHECK(bytes[1] == std::byte{0});
    CHECK(bytes[7] == std::byte{0});
    CHECK(bytes[sizeof(Padded) + 1] == std::byte{0});
}

TEST_CASE("an empty slice is refused before anybody is asked for memory", "[dma]") {
    Counting dma;
    using Slice = io::Coherent<Entry[], Counting>;
    CHECK(Slice::zeroed(dma, 0).error() == Error::invalid_argument);
    CHECK(Slice::from_span(dma, {}).error() == Error::invalid_argument);
    CHECK(Slice::generate(dma, 0, [](std::size_t) { return Entry{}; }).error() ==
          Error::invalid_argument);
    CHECK(io::CoherentBox<Entry[], Counting>::zeroed(dma, 0).error() == Error::invalid_argument);
    CHECK(io::CoherentHandle<Counting>::allocate(dma, 0).error() == Error::invalid_argument);
    CHECK(dma.allocated.empty());
    CHECK(dma.freed.empty());
}

TEST_CASE("a size that overflows is refused before anybody is asked for memory", "[dma]") {
    Counting dma;
    using Slice = io::Coherent<Entry[], Counting>;
    constexpr auto greatest = std::numeric_limits<std::size_t>::max();
    CHECK(Slice::zeroed(dma, greatest / sizeof(Entry) + 1).error() == Error::no_memory);
    CHECK(Slice::zeroed(dma, greatest).error() == Error::no_memory);
    CHECK(Slice::zeroed(dma, -1).error() == Error::no_memory);
    CHECK(Slice::zeroed(dma, greatest / sizeof(Entry)).error() == Error::no_memory);
    CHECK(io::CoherentHandle<Counting>::allocate(dma, greatest).error() == Error::no_memory);
    CHECK(dma.allocated.empty());
    CHECK(dma.freed.empty());
}

TEST_CASE("an allocator's refusal is passed on and frees nothing", "[dma]") {
    Counting dma;
    using Object = io::Coherent<Ring, Counting>;
    dma.error = Error::no_memory;
    CHECK(Object::zeroed(dma).error() == Error::no_memory);
    dma.error = Error::busy;
    CHECK(Object::zeroed(dma).error() == Error::busy);
    dma.error.reset();
    dma.null = true;
    CHECK(Object::zeroed(dma).error() == Error::no_memory);
    CHECK(dma.allocated.size() == 3);
    CHECK(dma.freed.empty());
}

TEST_CASE("memory beyond the mask is given back", "[dma]") {
    Counting dma;
    const auto attempt = [&] {
        return io::Coherent<Ring, Counting>::zeroed(dma, DmaAttrs::no_warn).error();
    };
    dma.dma = 0x1'0000'0000;
    CHECK(attempt() == Error::out_of_bounds);
    dma.dma = 0x1'0000'0000 - sizeof(Ring) + 8; // its end is beyond
    CHECK(attempt() == Error::out_of_bounds);
    dma.limit = io::DmaMask::of<64>();
    dma.dma = std::uint64_t{0} - sizeof(Ring) + 8; // its end wraps around
    CHECK(attempt() == Error::out_of_bounds);
    CHECK(dma.allocated.size() == 3);
    REQUIRE(dma.freed.size() == 3);
    for (const auto& call : dma.freed) {
        CHECK(call.bytes == sizeof(Ring));
        CHECK(call.attrs == DmaAttrs::no_warn);
    }
    dma.limit = io::DmaMask::of<32>();
    dma.dma = 0x1'0000'0000 - sizeof(Ring); // the last place that fits
    CHECK(io::Coherent<Ring, Counting>::zeroed(dma));
}

TEST_CASE("memory that is not aligned as asked is given back", "[dma]") {
    Counting dma;
    dma.cpu_shift = 4;
    CHECK(io::Coherent<Ring, Counting>::zeroed(dma).error() == Error::misaligned);
    CHECK(dma.freed.size() == 1);
    dma.cpu_shift = 0;
    dma.dma += 4;
    CHECK(io::Coherent<Ring, Counting>::zeroed(dma).error() == Error::misaligned);
    CHECK(dma.freed.size() == 2);
}

TEST_CASE("freed exactly once, with what it was allocated with", "[dma]") {
    Counting dma;
    const auto attrs = DmaAttrs::weak_ordering | DmaAttrs::force_contiguous;
    const Entry entries[2]{};
    const auto once = [&](std::size_t bytes, std::size_t alignment) {
        REQUIRE(dma.allocated.size() == 1);
        CHECK(dma.allocated[0].bytes == bytes);
        CHECK(dma.allocated[0].alignment == alignment);
        CHECK(dma.allocated[0].attrs == attrs);
        REQUIRE(dma.freed.size() == 1);
        CHECK(dma.freed[0].bytes == bytes);
        CHECK(dma.freed[0].attrs == attrs);
    };
    using Slice = io::Coherent<Entry[], Counting>;
    SECTION("object") {
        REQUIRE(io::Coherent<Ring, Counting>::zeroed(dma, attrs));
        once(sizeof(Ring), alignof(Ring));
    }
    SECTION("value") {
        REQUIRE(io::Coherent<Entry, Counting>::from_value(dma, entries[0], attrs));
        once(sizeof(Entry), alignof(Entry));
    }
    SECTION("slice") {
        REQUIRE(Slice::zeroed(dma, 2, attrs));
        once(2 * sizeof(Entry), alignof(Entry));
    }
    SECTION("span") {
        REQUIRE(Slice::from_span(dma, entries, attrs));
        once(sizeof entries, alignof(Entry));
    }
    SECTION("generated") {
        REQUIRE(Slice::generate(
            dma, 2, [&](std::size_t i) { return entries[i]; }, attrs));
        once(sizeof entries, alignof(Entry));
    }
    SECTION("box") {
        REQUIRE(io::CoherentBox<Ring, Counting>::zeroed(dma, attrs));
        once(sizeof(Ring), alignof(Ring));
    }
    SECTION("shared box") {
        auto box = io::CoherentBox<Ring, Counting>::zeroed(dma, attrs);
        {
            auto shared = std::move(*box).share();
            CHECK(dma.freed.empty());
        }
        CHECK(dma.freed.size() == 1);
        once(sizeof(Ring), alignof(Ring));
    }
    SECTION("over-aligned as far as the device can") {
        struct alignas(64) Line {
            std::uint64_t words[8];
        };
        REQUIRE(io::Coherent<Line, Counting>::zeroed(dma, attrs));
        once(64, 64);
    }
}

TEST_CASE("a device whose free takes no attributes", "[dma]") {
    PlainDma dma;
    { REQUIRE(io::Coherent<std::uint64_t, PlainDma>::zeroed(dma)); }
    CHECK(dma.allocated == 1);
    CHECK(dma.freed == 1);
}

TEST_CASE("leaked memory is not given back, and whoever wants to know is told", "[dma]") {
    struct Told : FakeDma {
        std::vector<std::pair<io::DmaAddress, std::size_t>> leaks;
        void leaked(io::DmaRegion region, std::size_t bytes) noexcept {
            leaks.emplace_back(region.dma, bytes);
        }
    };
    STATIC_REQUIRE(io::DmaDevice<Told>);
    Told dma;
    io::DmaRegion left{};
    io::DmaRegion unmapped{};
    {
        auto ring = io::Coherent<Ring, Told>::zeroed(dma);
        auto area = io::CoherentHandle<Told>::allocate(dma, 8'192);
        REQUIRE((ring && area));
        const auto at = ring->dma_address();
        const auto area_at = area->dma_address();
        left = std::move(*ring).leak();
        unmapped = std::move(*area).leak();
        CHECK(left.dma == at);
        CHECK(left.cpu == dma.device_pointer(at, sizeof(Ring)));
        CHECK(unmapped.dma == area_at);
        CHECK(unmapped.cpu == nullptr);
        CHECK(area->size() == 0);
        CHECK(dma.leaks == decltype(dma.leaks){{at, sizeof(Ring)}, {area_at, 8'192}});
        // once is all
        CHECK(std::move(*ring).leak().cpu == nullptr);
        CHECK(dma.leaks.size() == 2);
    }
    CHECK(dma.outstanding() == 2); // still there for the device
    dma.free(left, sizeof(Ring));
    dma.free(unmapped, 8'192);

    FakeDma plain; // has nobody to tell
    auto bytes = Coherent<std::byte[]>::zeroed(plain, 64);
    REQUIRE(bytes);
    left = std::move(*bytes).leak();
    CHECK(bytes->size() == 0);
    CHECK(plain.outstanding() == 1);
    plain.free(left, 64);
}

TEST_CASE("moves leave nothing behind and free nothing twice", "[dma]") {
    FakeDma dma; // would end the program at a leak or a second free
    auto first = Coherent<Entry[]>::zeroed(dma, 4);
    auto second = Coherent<Entry[]>::zeroed(dma, 2);
    const auto address = first->dma_address();

    Coherent<Entry[]> moved = std::move(*first);
    CHECK(first->size() == 0);
    CHECK(first->empty());
    CHECK(first->try_at(0).error() == Error::out_of_bounds);
    CHECK(moved.dma_address() == address);
    CHECK(moved.size() == 4);

    moved = std::move(*second); // the four elements go back now
    CHECK(dma.outstanding() == 1);
    CHECK(moved.size() == 2);
    auto& same = moved;
    moved = std::move(same); // to itself
    CHECK(dma.outstanding() == 1);
    CHECK(moved.size() == 2);
    moved = std::move(*first); // empty
    CHECK(dma.outstanding() == 0);
    CHECK(moved.empty());

    auto box = Box<Ring>::zeroed(dma);
    Box<Ring> other = std::move(*box);
    CHECK(box->size_bytes() == 0);
    Coherent<Ring> shared = std::move(other).share();
    CHECK(other.size_bytes() == 0);
    CHECK(dma.outstanding() == 1);

    auto handle = io::CoherentHandle<FakeDma>::allocate(dma, 100);
    auto handle2 = std::move(*handle);
    CHECK(handle->size() == 0);
    CHECK(handle2.size() == 100);
    CHECK(dma.outstanding() == 2);

    std::vector<Coherent<std::uint32_t>> many;
    for (std::uint32_t i = 0; i < 20; ++i)
        many.push_back(*Coherent<std::uint32_t>::from_value(dma, i));
    many.erase(many.begin(), many.begin() + 10);
    CHECK(dma.outstanding() == 12);
    CHECK(many.front().read() == 10);
}

TEST_CASE("nothing leaks when any request in a row fails", "[dma]") {
    for (std::size_t n = 1; n <= 4; ++n) {
        FakeDma dma;
        dma.fail_request(n);
        const auto bring_up = [&]() -> io::Result<> {
            auto ring = Coherent<Ring>::zeroed(dma);
            if (!ring)
                return io::fail(ring.error());
            auto box = Box<Ring>::zeroed(dma);
            if (!box)
                return io::fail(box.error());
            auto area = io::CoherentHandle<FakeDma>::allocate(dma, 4'096);
            if (!area)
                return io::fail(area.error());
            return {};
        };
        CHECK(bring_up().has_value() == (n == 4));
        CHECK(dma.outstanding() == 0);
    }
}

TEST_CASE("projecting moves the CPU address and the DMA address together", "[dma]") {
    FakeDma dma;
    auto ring = Coherent<Ring>::zeroed(dma);
    const auto cpu = ring->address();
    const auto bus = ring->dma_address();
    const auto moved_by = [&](const auto& view, std::size_t bytes) {
        return view.address() == cpu + bytes && view.dma_address() == bus + bytes;
    };
    CHECK(moved_by(ring->view(), 0));
    CHECK(moved_by(IO_PROJECT(*ring, head), 0));
    CHECK(moved_by(IO_PROJECT(*ring, tail), 4));
    CHECK(moved_by(IO_PROJECT(*ring, entries), 16));
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(moved_by(IO_PROJECT(*ring, entries, at(i)), 16 + i * 16));
        CHECK(moved_by(IO_PROJECT(*ring, entries, at(i), flags), 16 + i * 16 + 12));
        CHECK(moved_by(*IO_PROJECT(*ring, entries, try_at(i), length), 16 + i * 16 + 8));
        CHECK(moved_by(IO_PROJECT(*ring, entries).at(i), 16 + i * 16));
    }
    CHECK(moved_by(IO_PROJECT(*ring, entries, static_at(3)), 64));
    CHECK(moved_by(IO_PROJECT(*ring, entries, range(1, 3)), 32));
    CHECK(moved_by(IO_PROJECT(*ring, entries, range(1, 3), at(1)), 48));
    CHECK(moved_by(IO_PROJECT(*ring, entries, static_range(2, 4)), 48));
    CHECK(moved_by(*IO_PROJECT(*ring, entries, try_range(4, 4)), 80)); // empty, at the end
    CHECK(moved_by(IO_PROJECT(*ring, entries, from(4)), 80));
    CHECK(IO_PROJECT(*ring, entries, try_at(4)).error() == Error::out_of_bounds);
    CHECK(IO_PROJECT(*ring, entries, try_range(3, 5)).error() == Error::out_of_bounds);

    std::size_t i = 0;
    for (auto entry : IO_PROJECT(*ring, entries))
        CHECK(moved_by(entry, 16 + 16 * i++));
    CHECK(i == 4);
    CHECK(moved_by(io::project(*ring, &Ring::entries, io::at(1), &Entry::flags), 16 + 16 + 12));
    CHECK(moved_by(IO_PROJECT(*ring, entries, at(1)).bytes(), 32));
    CHECK(moved_by(IO_PROJECT(*ring, entries, at(1)).bytes().subview(3, 4), 35));
}

TEST_CASE("DMA addresses do not stop at 32 bits, and views need no owner", "[dma]") {
    FakeDma dma;
    dma.place_next_at(0xffff'ffff'ffff'f000);
    auto page = Coherent<std::uint64_t[]>::zeroed(dma, 512);
    REQUIRE(page);
    CHECK(page->at(511).dma_address() == 0xffff'ffff'ffff'fff8);

    std::uint32_t word = 0;
    const auto view = io::CoherentView<std::uint32_t>::from_raw(
        io::SysMem<std::uint32_t>::from_pointer(&word), 8);
    view.write(5);
    CHECK(word == 5);
    CHECK(view.dma_address() == 8);
    CHECK(view == view);
    CHECK_FALSE(view == io::CoherentView<std::uint32_t>::from_raw(view.as_sys_mem(), 9));
}

TEST_CASE("accesses and copies are those of system memory", "[dma]") {
    FakeDma dma;
    auto ring = Coherent<Ring>::zeroed(dma);
    IO_WRITE(*ring, entries, at(2), length, 7u);
    IO_UPDATE(*ring, entries, at(2), length, [](auto n) { return n + 1; });
    CHECK(IO_READ(*ring, entries, at(2), length) == 8);
    CHECK(IO_READ(ring->as_sys_mem(), entries, at(2), length) == 8);
    CHECK(IO_READ(IO_PROJECT(*ring, entries, at(2)).as_sys_mem(), length) == 8);
    const std::byte* device =
        dma.device_pointer(IO_PROJECT(*ring, entries, at(2)).dma_address(), 16);
    REQUIRE(device != nullptr);
    CHECK(device[std::endian::native == std::endian::little ? 8 : 11] == std::byte{8});

    auto bytes = Coherent<std::byte[]>::zeroed(dma, 37);
    std::array<std::byte, 37> buffer{};
    for (std::size_t i = 0; i < buffer.size(); ++i)
        buffer[i] = static_cast<std::byte>(i);
    bytes->copy_from(std::span<const std::byte>(buffer));
    CHECK(bytes->at(36).read() == std::byte{36});
    io::copy(bytes->subview(0, 30), bytes->subview(5, 30));
    CHECK(bytes->at(34).read() == std::byte{29});
    CHECK(bytes->try_copy_to(std::span<std::byte>(buffer).first(36)).error() ==
          Error::out_of_bounds);
    bytes->fill(std::byte{9});
    bytes->copy_to(std::span<std::byte>(buffer));
    CHECK(buffer[36] == std::byte{9});
}

TEST_CASE("a box is plain memory until it is shared", "[dma]") {
    FakeDma dma;
    auto box = Box<Ring>::zeroed(dma);
    (**box).tail = 4;
    (*box)->head = 3;
    const auto& constant = *box;
    CHECK(constant->head == 3);
    CHECK((*constant).tail == 4);
    STATIC_REQUIRE(std::is_same_v<decltype(*constant), const Ring&>);
    Coherent<Ring> ring = std::move(*box).share();
    CHECK(IO_READ(ring, tail) == 4);
    CHECK(dma.device_pointer(ring.dma_address(), sizeof(Ring)) != nullptr);
}

TEST_CASE("elements of a box, in place", "[dma]") {
    FakeDma dma;
    auto list = Box<Entry[]>::zeroed(dma, 3);
    REQUIRE(list);
    CHECK(list->size() == 3);
    REQUIRE(list->init_at(1, 4u, 5u, 6u));
    CHECK((*list)[1].length == 5);
    CHECK(list->init_at(3, 1u, 2u, 3u).error() == Error::out_of_bounds);
    CHECK(list->init_at(-1, 1u, 2u, 3u).error() == Error::out_of_bounds);
    REQUIRE(list->init_at(0, Entry{7, 8, 9}));
    CHECK((**list)[0].flags == 9);
    CHECK((**list).size() == 3);
    for (Entry& entry : **list)
        ++entry.length;
    const auto& constant = *list;
    CHECK(constant[0].length == 9);
    STATIC_REQUIRE(std::is_same_v<decltype(constant[0]), const Entry&>);
    STATIC_REQUIRE(std::is_same_v<decltype(*constant), io::Span<const Entry>>);
    CHECK((*constant).data() == &constant[0]);
    CHECK((*constant).size() == 3);

    auto array = Box<std::uint16_t[4]>::zeroed(dma);
    REQUIRE(array->init_at(3, std::uint16_t{5}));
    CHECK((**array)[3] == 5);
    CHECK(array->size() == 4);
    auto shared = std::move(*array).share();
    CHECK(shared.at(3).read() == 5);
}

TEST_CASE("a handle has a size and a DMA address, and the CPU no mapping", "[dma]") {
    Counting counting;
    {
        auto handle = io::CoherentHandle<Counting>::allocate(counting, 300, DmaAttrs::no_warn);
        REQUIRE(handle);
        CHECK(handle->size() == 300);
        CHECK(handle->dma_address() == 0xd000'0000);
        CHECK_FALSE(counting.allocated[0].attrs.wants_cpu_mapping());
        CHECK(counting.allocated[0].attrs.contains(DmaAttrs::no_warn));
        CHECK(counting.allocated[0].alignment == 4'096);
    }
    CHECK(counting.freed.size() == 1);
    CHECK(counting.freed[0].attrs == counting.allocated[0].attrs);
    counting.null = true; // no CPU address is right here
    CHECK(io::CoherentHandle<Counting>::allocate(counting, 300));
    counting.dma = 0xffff'f000;
    CHECK(io::CoherentHandle<Counting>::allocate(counting, 4'097).error() == Error::out_of_bounds);
    CHECK(counting.freed.size() == 3);

    FakeDma dma;
    auto area = io::CoherentHandle<FakeDma>::allocate(dma, 64);
    CHECK(dma.device_pointer(area->dma_address(), 64) != nullptr); // the device has it
}

TEST_CASE("borrowing is plain access for a scope, on a promise", "[dma]") {
    FakeDma dma;
    auto ring = Coherent<Ring>::zeroed(dma);
    {
        auto guard = ring->borrow(io::device_is_idle);
        guard->head = 5;
        (*guard).entries[1].length = 6;
    }
    CHECK(IO_READ(*ring, head) == 5);
    CHECK(IO_READ(*ring, entries, at(1), length) == 6);
    auto list = Coherent<Entry[]>::zeroed(dma, 3);
    auto guard = list->borrow(io::device_is_idle);
    REQUIRE((*guard).size() == 3);
    (*guard)[2].flags = 1;
    CHECK(IO_READ(*list, at(2), flags) == 1);
}

TEST_CASE("an owner that is one access wide is an index", "[dma]") {
    FakeDma dma;
    auto index = Coherent<std::uint32_t>::zeroed(dma);
    io::publish(*index, 3);
    CHECK(io::observe(*index) == 3);
    io::release_to_device(index->view(), 4);
    CHECK(index->read() == 4);
}

TEST_CASE("the identity arena carries owners", "[dma]") {
    alignas(4'096) static std::byte arena[16 << 10];
    io::IdentityDma dma{arena};
    {
        auto ring = io::Coherent<Ring, io::IdentityDma>::zeroed(dma);
        auto list = io::Coherent<Entry[], io::IdentityDma>::zeroed(dma, 100);
        REQUIRE((ring && list));
        CHECK(ring->dma_address() == ring->address());
        CHECK(IO_PROJECT(*list, at(99)).dma_address() == list->address() + 99 * sizeof(Entry));
        CHECK(io::Coherent<Entry[], io::IdentityDma>::zeroed(dma, 2'000).error() ==
              Error::no_memory);
    }
    CHECK(dma.available() == sizeof arena);
}
