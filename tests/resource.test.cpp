// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/resource.hpp>

#include "support/catch.hpp"
#include "support/counting_mapper.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

namespace io = ioview;
using ioview::tests::Calls;
using ioview::tests::CountingMapper;
using Kind = io::Resource::Kind;

namespace {

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(15, 8, divisor), bit(0, enable));
};
struct Device {
    std::uint32_t id;
    std::uint32_t counts[3];
};
using Page = io::Region<0x100>;

template <class T>
using Shared = io::IoMem<T, CountingMapper>;
template <class T>
using Exclusive = io::ExclusiveIoMem<T, CountingMapper>;

constexpr io::Resource page{0xfe00'0000, 0x100};

template <class Owner>
constexpr bool is_exclusive = false;
template <class T>
constexpr bool is_exclusive<Exclusive<T>> = true;

// The calls of a life without an error, up to the given one and undone from there.
template <class Owner>
Calls calls_of_life() {
    return is_exclusive<Owner> ? Calls{"request", "map", "unmap", "release"}
                               : Calls{"map", "unmap"};
}

// A driver that takes owners by reference, and views by value.
template <class Bar>
    requires io::IoOf<Bar, Page>
void start(const Bar& bar) {
    bar.write(Control{}.with_divisor(3).with_enable(true));
}
template <io::IoOf<Device> Bar>
std::uint32_t identify(const Bar& bar) {
    return IO_READ(bar, id);
}

} // namespace

TEMPLATE_TEST_CASE("resource: a mapping is made once and undone once",
                   "[resource]",
                   Shared<Page>,
                   Exclusive<Page>) {
    CountingMapper mapper;
    {
        auto owner = TestType::map(mapper, page);
        REQUIRE(owner);
        CHECK(mapper.mapped.size() == 1);
        CHECK(mapper.requested.size() == (is_exclusive<TestType> ? 1u : 0u));
        CHECK(owner->size_bytes() == 0x100);
        CHECK(owner->address() == mapper.base());
        CHECK(owner->view() == owner->as_view());
    }
    CHECK(mapper.calls == calls_of_life<TestType>());
    CHECK(mapper.is_clean());
}

TEMPLATE_TEST_CASE("resource: a failure at any step leaves nothing behind",
                   "[resource]",
                   Shared<Page>,
                   Exclusive<Page>) {
    const unsigned steps = is_exclusive<TestType> ? 2 : 1;
    for (unsigned step = 1; step <= steps; ++step) {
        for (const auto error : {io::Error::busy, io::Error::no_memory, io::Error::io_error}) {
            CountingMapper mapper;
            mapper.fail_call(step, error);
            auto owner = TestType::map(mapper, page);
            REQUIRE_FALSE(owner);
            CHECK(owner.error() == error);
            CHECK(mapper.is_clean());
            Calls expected;
            if (is_exclusive<TestType>)
                expected = step == 1 ? Calls{"request!"} : Calls{"request", "map!", "release"};
            else
                expected = {"map!"};
            CHECK(mapper.calls == expected);
            CHECK(TestType::map(mapper, page));
        }
    }
}

TEMPLATE_TEST_CASE("resource: what is refused before the mapper is asked",
                   "[resource]",
                   Shared<Page>,
                   Exclusive<Page>) {
    CountingMapper mapper;
    CHECK(TestType::map(mapper, {0x1000, 0}).error() == io::Error::invalid_argument);
    CHECK(TestType::map(mapper, {0x1000, 0, Kind::port}).error() == io::Error::invalid_argument);
    CHECK(TestType::map(mapper, {0x3f8, 0x100, Kind::port}).error() == io::Error::unsupported);
    // past the greatest physical address; the last one is still fine
    constexpr auto top = std::numeric_limits<std::uint64_t>::max();
    constexpr auto largest = std::numeric_limits<std::size_t>::max();
    CHECK(TestType::map(mapper, {top - 0xfe, 0x100}).error() == io::Error::invalid_argument);
    CHECK(TestType::map(mapper, {1, largest}).error() == io::Error::out_of_bounds); // mapped
    CHECK(mapper.calls == calls_of_life<TestType>());
    CHECK(TestType::map(mapper, {top - 0xff, 0x100}));
    CHECK(mapper.is_clean());
}

// semantics: "IoMem mapping leaks when new_region fails" is the defect that must not come back
TEMPLATE_TEST_CASE("resource: a mapping that is no T is unmapped again",
                   "[resource]",
                   Shared<Page>,
                   Exclusive<Page>) {
    CountingMapper mapper;
    SECTION("too small") {
        CHECK(TestType::map(mapper, {0xfe00'0000, 0xff}).error() == io::Error::out_of_bounds);
    }
    SECTION("misaligned") {
        mapper.shift = 2;
        CHECK(TestType::map(mapper, page).error() == io::Error::misaligned);
    }
    SECTION("too small and misaligned: the size is looked at first") {
        mapper.shift = 2;
        CHECK(TestType::map(mapper, {0xfe00'0000, 0x10}).error() == io::Error::out_of_bounds);
    }
    SECTION("past the top of the address space") {
        mapper.at_top = true;
        CHECK(TestType::map(mapper, {0xfe00'0000, 0x101}).error() == io::Error::out_of_bounds);
    }
    CHECK(mapper.calls == calls_of_life<TestType>());
    CHECK(mapper.is_clean());
}

TEST_CASE("resource: the last byte of the address space can be mapped", "[resource]") {
    CountingMapper mapper;
    mapper.at_top = true;
    auto owner = Shared<Page>::map(mapper, page);
    REQUIRE(owner);
    CHECK(owner->address() + (owner->size_bytes() - 1) ==
          std::numeric_limits<std::uintptr_t>::max());
    CHECK(owner->try_read8(0x100).error() == io::Error::out_of_bounds);
}

TEMPLATE_TEST_CASE("resource: a null mapping is no memory",
                   "[resource]",
                   Shared<Page>,
                   Exclusive<Page>) {
    CountingMapper mapper;
    mapper.maps_null = true;
    CHECK(TestType::map(mapper, page).error() == io::Error::no_memory);
    CHECK(mapper.calls ==
          (is_exclusive<TestType> ? Calls{"request", "map", "release"} : Calls{"map"}));
    CHECK(mapper.is_clean());
}

namespace {
struct Wide { // where numbers of 64 bits are aligned to 4, too
    alignas(8) std::uint64_t value;
};
} // namespace

TEST_CASE("resource: odd sizes and alignments follow the target, not a constant", "[resource]") {
    CountingMapper mapper;
    auto bytes = Shared<io::Region<0, 1>>::map(mapper, {0x1000, 42});
    REQUIRE(bytes);
    CHECK(bytes->size_bytes() == 42);
    mapper.shift = 1;
    CHECK(Shared<io::Region<2, 1>>::map(mapper, {0x1001, 2}));
    mapper.shift = 4;
    CHECK(Shared<io::Region<8, 8>>::map(mapper, {0x1004, 8}).error() == io::Error::misaligned);
    CHECK(Shared<Wide>::map(mapper, {0x1004, 8}).error() == io::Error::misaligned);
}

TEST_CASE("resource: objects, arrays and slices are targets too", "[resource]") {
    CountingMapper mapper;
    const io::Resource resource{0x1000, 18};
    auto object = Shared<Device>::map(mapper, resource);
    auto array = Shared<std::uint32_t[4]>::map(mapper, resource);
    auto slice = Shared<std::uint32_t[]>::map(mapper, resource);
    REQUIRE((object && array && slice));
    CHECK(object->size_bytes() == 16);
    CHECK(slice->size() == 4);
    array->at(3).write(7);
    CHECK(slice->at(3).read() == 7);
    CHECK(IO_READ(*object, counts, at(2)) == 7);
    CHECK(slice->try_at(4).error() == io::Error::out_of_bounds);
    CHECK(Shared<Device>::map(mapper, {0x1000, 15}).error() == io::Error::out_of_bounds);
    CHECK(Shared<std::uint64_t[]>::map(mapper, {0x1000, 7})->empty());
}

TEST_CASE("resource: a resource has one exclusive owner", "[resource]") {
    CountingMapper mapper;
    auto first = Exclusive<Page>::map(mapper, page);
    REQUIRE(first);
    mapper.clear_calls();
    CHECK(Exclusive<Page>::map(mapper, page).error() == io::Error::busy);
    CHECK(mapper.calls == Calls{"request!"});
    CHECK(Exclusive<io::Region<>>::map(mapper, {0xfe00'00ff, 1}).error() == io::Error::busy);
    CHECK(Exclusive<io::Region<0, 1>>::map(mapper, {0xfe00'0100, 1}));
    CHECK(Shared<Page>::map(mapper, page)); // asks nobody
}

TEST_CASE("resource: the mapper learns of non-posted memory", "[resource]") {
    CountingMapper mapper;
    CHECK(Shared<Page>::map(mapper, page));
    CHECK(mapper.kind == Kind::memory);
    CHECK(Exclusive<Page>::map(mapper, {0xfe00'0000, 0x100, Kind::non_posted}));
    CHECK(mapper.kind == Kind::non_posted);
}

TEMPLATE_TEST_CASE("resource: owners move, and what they had goes at once",
                   "[resource]",
                   Shared<Page>,
                   Exclusive<Page>) {
    CountingMapper mapper;
    mapper.spacing = 0x100;
    auto first = TestType::map(mapper, page);
    auto second = TestType::map(mapper, {0xfe00'1000, 0x100});
    REQUIRE((first && second));
    const auto place = second->view();
    mapper.clear_calls();

    TestType moved = std::move(*first);
    CHECK(mapper.calls.empty());
    moved = std::move(*second);
    CHECK(mapper.calls == (is_exclusive<TestType> ? Calls{"unmap", "release"} : Calls{"unmap"}));
    CHECK(mapper.mapped.size() == 1);
    CHECK(moved.view() == place);

    TestType& same = moved;
    moved = std::move(same);
    CHECK(moved.view() == place);
    CHECK(mapper.mapped.size() == 1);

    first = io::fail(io::Error::busy); // moved-from owners end without a call
    second = io::fail(io::Error::busy);
    CHECK(mapper.mapped.size() == 1);
    CHECK(mapper.faults.empty());
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<TestType>);
    STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<TestType>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<TestType>);
    STATIC_REQUIRE(std::is_nothrow_move_assignable_v<TestType>);
}

TEST_CASE("resource: an owner put in another's place brings its own mapper", "[resource]") {
    CountingMapper one;
    CountingMapper two;
    auto a = Exclusive<Page>::map(one, page);
    auto b = Exclusive<Page>::map(two, page);
    REQUIRE((a && b));
    *a = std::move(*b);
    CHECK(one.is_clean());
    CHECK(one.calls == Calls{"request", "map", "unmap", "release"});
    b = io::fail(io::Error::busy);
    a = io::fail(io::Error::busy);
    CHECK(two.is_clean());
}

TEMPLATE_TEST_CASE("resource: owners are views of a region",
                   "[resource]",
                   Shared<Page>,
                   Exclusive<Page>) {
    STATIC_REQUIRE(io::IoBase<TestType>);
    STATIC_REQUIRE(io::IoOf<TestType, Page>);
    CountingMapper mapper;
    const auto owner = TestType::map(mapper, page);
    REQUIRE(owner);
    const TestType& bar = *owner;

    bar.write32(0x0, 0x1234'5678);
    CHECK(mapper.memory[0] == 0x78); // devices are little-endian
    CHECK(bar.read8(0x3) == 0x12);
    CHECK(bar.template read<std::uint16_t>(0x2) == 0x1234);
    CHECK(bar.try_write16(0x4, 9));
    CHECK(bar.try_read16(0x4) == 9);
    CHECK(bar.try_read32(0x100).error() == io::Error::out_of_bounds);
    CHECK(bar.try_read32(0x2).error() == io::Error::misaligned);

    start(bar);
    start(bar.view());
    CHECK(bar.template read<Control>().divisor() == 3);
    bar.template update<Control>([](Control c) { return c.with_enable(false); });
    CHECK(bar.read32(0x10) == 0x300);

    const auto device = bar.template subview<Device>(0x20);
    IO_WRITE(device, id, 77u);
    CHECK(bar.read32(0x20) == 77);
    CHECK(bar.template try_subview<Device>(0xf4).error() == io::Error::out_of_bounds);

    std::array<std::byte, 0x100> copy{};
    bar.bytes().copy_to(std::span(copy));
    CHECK(copy[0x20] == std::byte{77});
    bar.view().relaxed().write32(0x0, 1);
    CHECK(bar.read32(0x0) == 1);
}

TEST_CASE("resource: owners of objects go into the macros and into drivers", "[resource]") {
    CountingMapper mapper;
    const auto owner = Exclusive<Device>::map(mapper, page);
    REQUIRE(owner);
    IO_WRITE(*owner, id, 0xabcdu);
    IO_WRITE(*owner, counts, at(1), 5u);
    IO_UPDATE(*owner, counts, at(1), [](std::uint32_t n) { return n + 1; });
    CHECK(IO_READ(*owner, counts, at(1)) == 6);
    CHECK(IO_READ(*owner, counts, try_at(3)).error() == io::Error::out_of_bounds);
    CHECK(IO_PROJECT(*owner, counts).size() == 3);
    CHECK(identify(*owner) == 0xabcd);
    CHECK(identify(owner->view()) == 0xabcd);
}

namespace {

// Maps whole pages of 64 bytes, and has to be told which ones.
struct PageMapper {
    struct Pages {
        std::uintptr_t address;
        std::size_t first;
        std::size_t count;
        friend bool operator==(const Pages&, const Pages&) = default;
    };

    io::Result<> request(const io::Resource&) noexcept { return {}; }
    void release(const io::Resource&) noexcept {}
    io::Result<Pages> map(const io::Resource& resource) noexcept {
        const auto start = static_cast<std::size_t>(resource.start);
        const auto end = start + static_cast<std::size_t>(resource.size);
        const auto base = reinterpret_cast<std::uintptr_t>(memory);
        mapped = {fails ? 0 : base + start, start / 64, (end + 63) / 64 - start / 64};
        pages += fails ? 0 : mapped.count;
        return mapped;
    }
    void unmap(const Pages& given) noexcept {
        CHECK(given == mapped);
        pages -= given.count;
    }

    alignas(64) unsigned char memory[0x200]{};
    Pages mapped{};
    std::size_t pages = 0;
    bool fails = false;
};
static_assert(io::Mapper<PageMapper>);

struct Incomplete : PageMapper { // says nothing of the address
    struct Pages {};
    io::Result<Pages> map(const io::Resource&) noexcept { return Pages{}; }
    void unmap(const Pages&) noexcept {}
};
static_assert(!io::Mapper<Incomplete>);
struct Mixed : PageMapper { // takes back what it did not give
    io::Result<std::uintptr_t> map(const io::Resource&) noexcept { return 0; }
};
static_assert(!io::Mapper<Mixed>);

} // namespace

TEST_CASE("resource: a mapper is given what it returned", "[resource]") {
    PageMapper mapper;
    {
        auto owner = io::ExclusiveIoMem<io::Region<0x20>, PageMapper>::map(mapper, {0x70, 0x20});
        REQUIRE(owner);
        CHECK(mapper.pages == 2);
        CHECK(owner->address() == mapper.mapped.address);
        CHECK(owner->size_bytes() == 0x20);
        owner->write8(0x0, 0x5a);
        CHECK(mapper.memory[0x70] == 0x5a);
        const auto moved = std::move(*owner);
        CHECK(mapper.pages == 2);
    }
    CHECK(mapper.pages == 0);
    // an error after it was mapped, and a mapping that is none
    using Wide = io::IoMem<io::Region<0x40>, PageMapper>;
    CHECK(Wide::map(mapper, {0x70, 0x20}).error() == io::Error::out_of_bounds);
    CHECK(mapper.pages == 0);
    mapper.fails = true;
    CHECK(Wide::map(mapper, {0x40, 0x40}).error() == io::Error::no_memory);
    CHECK(mapper.pages == 0);
}
