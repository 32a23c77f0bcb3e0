// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Edges that a small change of a header would move without any other test noticing: found by
// scripts/mutate, in the order of the headers.
#include <ioview/ioview.hpp>
#include <ioview/linux/sysfs_config.hpp>
#include <ioview/support/expected.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/message.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"
#include "support/said.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::testing::Faulty;
using io::testing::Script;

using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
using U64 = std::uint64_t;

namespace {

struct Mode : io::Register<Mode, U32, io::fixed<0x08>> {
    IO_FIELDS(bits(3, 0, kind));
};
struct Device : io::Region<0x40, 8>, io::Registers<Mode> {};

enum class Single : U8 { only = 5 };

struct Entry {
    alignas(4) U8 bytes[8];
};

// A medium of words of 1 and 2 bytes, or of 1: what is behind counts the bytes of each access.
template <std::size_t Most>
struct NarrowBackend;
template <class T, std::size_t Most>
class NarrowView : public io::Io<NarrowView<T, Most>, NarrowBackend<Most>, T> {
public:
    constexpr NarrowView(std::string& widths, io::IoPtr<T> ptr) : widths_(&widths), ptr_(ptr) {}
    constexpr NarrowView as_view() const noexcept { return *this; }

private:
    friend NarrowBackend<Most>;
    std::string* widths_;
    io::IoPtr<T> ptr_;
};
template <std::size_t Most>
struct NarrowBackend {
    template <class T>
    using View = NarrowView<T, Most>;
    template <class T>
    static constexpr io::IoPtr<T> as_ptr(View<T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    static constexpr View<U> project_view(View<T> view, io::IoPtr<U> ptr) noexcept {
        return {*view.widths_, ptr};
    }
    template <class W>
        requires(sizeof(W) <= Most)
    static W io_read(View<W> view) noexcept {
        *view.widths_ += static_cast<char>('0' + sizeof(W));
        return 0;
    }
    template <class W>
        requires(sizeof(W) <= Most)
    static void io_write(View<W> view, W) noexcept {
        *view.widths_ += static_cast<char>('0' + sizeof(W));
    }
};

// The last place that a register can have, and an array of one.
struct Last : io::Register<Last, U32, io::fixed<~std::size_t{0} - 7>> {};
struct LastByte : io::Register<LastByte, U8, io::fixed<~std::size_t{0} - 1>> {};
struct LastOfMany : io::Register<LastOfMany, U8, io::array<~std::size_t{0} - 16, 16>> {};
struct Whole : io::Register<Whole, U64> {
    IO_FIELDS(split(all, (63, 0)));
};
struct Alone : io::Register<Alone, U32, io::array<0x20, 1, 4>> {};

} // namespace

template <>
inline constexpr io::EnumRange io::enum_range<Single>{5, 5};
template <>
inline constexpr bool io::enable_plain_data<Entry> = true;

// ---- io/copy.hpp ----

TEST_CASE("a copy to an overlapping place above takes the widest accesses too", "[edges]") {
    Recorded<256> ram;
    const auto bytes = ram.view<io::Region<256>>().bytes();
    io::copy(bytes.subview(3, 130), bytes.subview(8, 130));
    unsigned reads[9]{}, first_bytes = 0;
    for (const auto& access : ram.log()) {
        if (access.op == rd)
            ++reads[access.width];
        first_bytes += access.op == rd && access.address == 3 ? 1 : 0;
    }
    // from the end on: 128 to 132, 64 to 127, 3 to 63
    CHECK(reads[8] == 8 + 7);
    CHECK(reads[4] == 1 + 1);
    CHECK(reads[2] == 0);
    CHECK(reads[1] == 1 + 1);
    CHECK(first_bytes == 1);
}

TEST_CASE("a copy takes the widest words that a medium has", "[edges]") {
    std::array<std::byte, 7> bytes{};
    std::string widths;
    NarrowView<std::byte[7], 2>(widths, {1, {}}).copy_to(bytes);
    CHECK(widths == "1222");
    widths.clear();
    NarrowView<std::byte[7], 1>(widths, {1, {}}).copy_from(bytes);
    CHECK(widths == "1111111");
}

// ---- io.hpp, io/common_methods.hpp ----

TEST_CASE("nothing is written to what is const", "[edges]") {
    constexpr auto copies_in = [](auto view) {
        return requires { view.copy_write(Entry{}); } || requires { view.try_copy_write(Entry{}); };
    };
    constexpr auto fills = [](auto view) {
        return requires { view.copy_from(io::Span<const std::byte>{}); } || requires {
            view.try_copy_from(io::Span<const std::byte>{});
        } || requires { view.fill(std::byte{}); } || requires { view.try_fill(std::byte{}); };
    };
    Recorded<0x40> ram;
    CHECK(copies_in(ram.view<Entry>()));
    CHECK_FALSE(copies_in(ram.view<const Entry>()));
    CHECK(fills(ram.view<std::byte[8]>()));
    CHECK_FALSE(fills(ram.view<const std::byte[8]>()));
}

TEST_CASE("the fallible copies of one value touch the bytes that the others do", "[edges]") {
    Recorded<0x40> ram;
    const auto place = ram.view<io::Region<0x40>>().subview<Entry>(0x10);
    REQUIRE(place.try_copy_write({{1, 2, 3, 4, 5, 6, 7, 8}}));
    CHECK(ram.log() == io::testing::Log{{wr, 0x10, 8, 0x0807'0605'0403'0201}});
    const auto entry = place.try_copy_read();
    REQUIRE(entry);
    for (U8 i = 0; i < 8; ++i)
        CHECK(entry->bytes[i] == i + 1);
    CHECK(ram.log().back() == io::testing::Access{rd, 0x10, 8, 0x0807'0605'0403'0201});
    REQUIRE(place.try_copy_write<U16>({{1, 2, 3, 4, 5, 6, 7, 8}}));
    CHECK(ram.log().size() == 6);
    CHECK(ram.log().back() == io::testing::Access{wr, 0x16, 2, 0x0807});
}

// ---- io/register_access.hpp ----

TEST_CASE("an update whose read fails writes nothing, also where it cannot say so", "[edges]") {
    Recorded<0x40> ram;
    Faulty faulty{ram.view<Device>()};
    faulty.fail_access(1);
    bool called = false;
    faulty.view<Device>().update<Mode>([&](Mode mode) {
        called = true;
        return mode.with_kind(3);
    });
    CHECK_FALSE(called);
    for (const auto& access : ram.log())
        CHECK(access.op == rd);
}

// ---- support/expected.hpp ----

namespace {
struct AssignedOnly { // from an int, which makes none
    AssignedOnly() = default;
    AssignedOnly& operator=(int) { return *this; }
};
struct Unswappable {
    int value = 0;
    friend void swap(Unswappable&, Unswappable&) = delete;
};
} // namespace

TEST_CASE("what a Result may hold, and what may be put there", "[edges]") {
    namespace detail = io::detail;
    STATIC_REQUIRE(detail::is_payload<int>);
    STATIC_REQUIRE(detail::is_payload<const Entry>);
    STATIC_REQUIRE_FALSE(detail::is_payload<int&>);
    STATIC_REQUIRE_FALSE(detail::is_payload<int()>);
    STATIC_REQUIRE_FALSE(detail::is_payload<int[3]>);
    STATIC_REQUIRE_FALSE(detail::is_payload<std::in_place_t>);
    STATIC_REQUIRE_FALSE(detail::is_payload<const detail::unexpect_t>);
    STATIC_REQUIRE_FALSE(detail::is_payload<detail::unexpected<int>>);

    using Assigned = detail::expected<AssignedOnly, Error>;
    STATIC_REQUIRE_FALSE(std::is_assignable_v<Assigned&, int>);
    STATIC_REQUIRE(std::is_assignable_v<Assigned&, AssignedOnly>);
    constexpr auto swaps = [](auto a) { return requires { a.swap(a); }; };
    CHECK(swaps(detail::expected<int, int>{}));
    CHECK_FALSE(swaps(detail::expected<int, Unswappable>{}));
    CHECK_FALSE(swaps(detail::expected<void, Unswappable>{}));
}

// ---- region.hpp ----

namespace {
struct LooksLikeARegion {
    static constexpr std::size_t region_min_size = 4, region_align = 4;
    U32 value;
};
} // namespace

TEST_CASE("a region is what derives from one", "[edges]") {
    STATIC_REQUIRE(io::detail::kind_of<LooksLikeARegion> == io::detail::Kind::object);
    STATIC_REQUIRE(io::detail::kind_of<Device> == io::detail::Kind::region);
}

TEST_CASE("an index of fewer values than an array has elements", "[edges]") {
    Recorded<0x100> ram;
    const auto many = ram.view<U8[200]>();
    CHECK(many.at(std::int8_t{127}).address() == 127);
    CHECK(many.try_at(std::int8_t{-1}).error() == Error::out_of_bounds);
    CHECK(many.try_at(U8{199}).value().address() == 199);
    CHECK(many.try_at(U8{200}).error() == Error::out_of_bounds);
    const auto few = ram.view<U8[127]>();
    CHECK(few.at(std::int8_t{126}).address() == 126);
    CHECK(few.try_at(std::int8_t{127}).error() == Error::out_of_bounds);
}

// ---- register/location.hpp, register/bounded.hpp ----

TEST_CASE("registers may lie up to the end of the address space", "[edges]") {
    STATIC_REQUIRE(Last::At::offset() == ~std::size_t{0} - 7);
    STATIC_REQUIRE(LastByte::At::offset() == ~std::size_t{0} - 1);
    STATIC_REQUIRE(decltype(LastOfMany::at(15))::end == ~std::size_t{0});
    Recorded<0x40> ram;
    const auto region = ram.view<io::Region<0x40>>();
    CHECK(region.try_read(LastByte::At{}).error() == Error::out_of_bounds);
    CHECK(region.try_read(Last::At{}).error() == Error::out_of_bounds);
    static_cast<void>(region.read(Alone::at(0)));
    CHECK(ram.log().size() == 1);
    CHECK(ram.log()[0].address == 0x20);
}

TEST_CASE("a split field of one part is that part", "[edges]") {
    STATIC_REQUIRE(Whole::from_raw(2).all() == 2);
    STATIC_REQUIRE(Whole{}.with_all(~U64{0} - 1).raw() == ~U64{0} - 1);
}

TEST_CASE("a bounded value extends to its own width", "[edges]") {
    constexpr auto seven = io::Bounded<U8, 3>::masked(7);
    STATIC_REQUIRE(seven.extend<3>() == seven);
    STATIC_REQUIRE(seven.try_shrink<3>().value() == seven);
}

// ---- pci/bars.hpp ----

TEST_CASE("sizing keeps the upper half of an address in its place", "[edges]") {
    io::testing::PciFunction function;
    function.memory64_bar(0, 0x8765'4321'0000'0000, 0x1'0000);
    const auto space = io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function).value();
    const auto bars = pci::size_bars(space).value();
    CHECK(bars.bar[0].address == 0x8765'4321'0000'0000);
    CHECK(bars.bar[0].size == 0x1'0000);
}

TEST_CASE("sizing reports each single access that fails, and leaves the rest as it was",
          "[edges]") {
    std::size_t failed = 0;
    for (std::size_t n = 1;; ++n) {
        io::testing::PciFunction function;
        function.memory_bar(0, 0xfe00'0000, 0x1000).put(0x04, 0x0006, 2);
        Faulty faulty{io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function).value()};
        faulty.fail_access(n);
        const auto bars = pci::size_bars(faulty.view<pci::Normal>());
        if (faulty.accesses() < n)
            break;
        ++failed;
        REQUIRE_FALSE(bars.has_value());
        CHECK(bars.error() == Error::io_error);
    }
    // the command, read and written, the layout, each register, the command written and read
    CHECK(failed == 2 + 1 + 6 * 4 + 2);
}

TEST_CASE("where nothing answers, sizing writes nothing", "[edges]") {
    io::testing::PciFunction gone;
    gone.unplug();
    io::testing::Recorder recorder{
        io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(gone).value()};
    CHECK(pci::size_bars(recorder.view<pci::Normal>()).error() == Error::no_device);
    CHECK(recorder.log() == io::testing::Log{{rd, 0x04, 2, 0xffff}});
}

// ---- pci/capabilities.hpp ----

TEST_CASE("what is no configuration space by its type", "[edges]") {
    STATIC_REQUIRE(pci::ConfigView<io::SysMem<io::Region<256>>>);
    STATIC_REQUIRE_FALSE(pci::ConfigView<io::SysMem<io::Region<64>>>);
    STATIC_REQUIRE_FALSE(pci::ConfigView<io::SysMem<U8[256]>>);
    STATIC_REQUIRE_FALSE(pci::ConfigView<io::Region<256>>);
}

TEST_CASE("a list may reach the last word of configuration space", "[edges]") {
    STATIC_REQUIRE([] { // in the compiler, which sees each index of the walk's notes
        io::testing::PciFunction function(4'096);
        function.extended_capability(0x100, 1, 1).extended_capability(0xffc, 2, 1);
        function.capability(0x40, 1).capability(0xfc, 2);
        const auto space =
            io::ConfigSpace<io::testing::PciFunction, pci::Extended>::of(function).value();
        unsigned ids = 0;
        for (const auto& item : pci::extended_capabilities(space))
            ids = ids * 16 + item->id;
        for (const auto& item : pci::capabilities(space))
            ids = ids * 16 + item->id;
        return ids;
    }() == 0x1212);
}

// ---- what is not said is nothing: defaults of plain data ----

TEST_CASE("plain descriptions start empty", "[edges]") {
    STATIC_REQUIRE(pci::SysfsResource{}.start == 0);
    STATIC_REQUIRE(pci::SysfsResource{}.end == 0);
    STATIC_REQUIRE(pci::SysfsResource{}.flags == 0);
    STATIC_REQUIRE(pci::SysfsResource{}.size() == 0);
    STATIC_REQUIRE(io::Resource{} == io::Resource{0, 0, io::Resource::Kind::memory});
    STATIC_REQUIRE(io::FieldInfo{}.high == 0);
    STATIC_REQUIRE(io::FieldInfo{}.low == 0);
    STATIC_REQUIRE(io::FieldInfo{}.mask == 0);
    STATIC_REQUIRE(io::FieldInfo{}.width == 0);
    STATIC_REQUIRE(io::IdentityDma::max_alignment == 0x1'0000);
    STATIC_REQUIRE(io::IdentityDma::granule == 64);
}

// ---- register/names.hpp ----

TEST_CASE("a range of one value has a name", "[edges]") {
    CHECK(io::try_name(Single::only).value() == io::Text{"only"});
    CHECK(io::try_name(Single{4}).error() == Error::invalid_argument);
    CHECK(io::try_name(Single{6}).error() == Error::invalid_argument);
}

// ---- testing/message.hpp ----

TEST_CASE("numbers in a message, and its end", "[edges]") {
    using io::testing::Dec;
    using io::testing::Hex;
    using io::testing::Message;
    Message numbers;
    numbers << Dec{0} << " " << Dec{10} << " " << Dec{999} << " " << Dec{~U64{0}} << " "
            << Hex{0xdead'beef} << " " << Hex{~U64{0}};
    CHECK(std::string(numbers.c_str()) ==
          "0 10 999 18446744073709551615 0xdeadbeef 0xffffffffffffffff");
    Message full;
    for (int i = 0; i < 200; ++i)
        full << Dec{123'456} << " ";
    const io::Text text = full;
    CHECK(text.size == 1'023);
    CHECK(std::string(full.c_str()).size() == 1'023);
    full << "x" << Hex{1};
    CHECK(io::Text(full).size == 1'023);
}

// ---- dma/factories.hpp ----

TEST_CASE("what generate() takes is what the target is made of", "[edges]") {
    constexpr auto generates = []<class T>(std::type_identity<T>, auto f) {
        return requires(io::IdentityDma& dma) {
            io::Coherent<T, io::IdentityDma>::generate(dma, f);
        };
    };
    constexpr auto object = [] { return Entry{}; };
    constexpr auto element = [](std::size_t) { return Entry{}; };
    STATIC_REQUIRE(generates(std::type_identity<Entry>{}, object));
    STATIC_REQUIRE_FALSE(generates(std::type_identity<Entry>{}, element));
    STATIC_REQUIRE(generates(std::type_identity<Entry[2]>{}, element));
    STATIC_REQUIRE_FALSE(generates(std::type_identity<Entry[2]>{}, object));
}

// ---- testing/faulty.hpp ----

TEST_CASE("stuck bits next to what is read, in the compiler", "[edges]") {
    STATIC_REQUIRE([] {
        io::testing::Memory<16> memory;
        Faulty faulty{memory.view<io::Region<16>>()};
        faulty.stick<U32>(8, 0xff00'0010, 0xaa00'0010);
        const auto view = faulty.view<io::Region<16>>();
        return (view.read8(8) & 0x10) == 0x10 && view.read8(11) == 0xaa &&
               view.read16(10) >> 8 == 0xaa && view.read8(9) == memory[9];
    }());
}

// ---- testing/recorder.hpp ----

TEST_CASE("what a write sets off comes after it in the log", "[edges]") {
    io::testing::Device device{0x40};
    io::testing::Recorder recorder{device.view<io::Region<0x40>>()};
    const auto region = recorder.view<io::Region<0x40>>();
    device.reg("status", 0x20);
    device.reg("doorbell", 0x10).on_write([&](U64&, U64) {
        static_cast<void>(region.read32(0x20));
    });
    region.write32(0x10, 1);
    REQUIRE(recorder.log().size() == 2);
    CHECK(recorder.log()[0].op == wr);
    CHECK(recorder.log()[1].op == rd);
}

TEST_CASE("a barrier goes through a log to what is behind it", "[edges]") {
    Recorded<0x40> ram;
    io::testing::Recorder outer{ram.view<io::Region<0x40>>()};
    io::publish(outer.view<U32[4]>().at(0), 1);
    const io::testing::Log expected{io::testing::fence_entry(io::Fence::dma_wmb), {wr, 0, 4, 1}};
    CHECK(outer.log() == expected);
    CHECK(ram.log() == expected);
}

// ---- testing/pci.hpp ----

TEST_CASE("a simulated function of either size is made by the compiler", "[edges]") {
    constexpr auto ends_at = [](std::size_t size) { // and writes no byte past the end
        const io::testing::PciFunction function(size);
        return function.size() == size && function.read<U8>(static_cast<U16>(size - 1)) &&
               !function.read<U8>(static_cast<U16>(size));
    };
    STATIC_REQUIRE(ends_at(256));
    STATIC_REQUIRE(ends_at(4'096));
}

TEST_CASE("the windows of a simulated bridge can be set, as far as they are windows", "[edges]") {
    io::testing::PciFunction function;
    function.bridge(0, 1, 2);
    const auto set = [&](U16 at) {
        REQUIRE(function.write<U32>(at, 0));
        const U32 zeros = function.read<U32>(at).value();
        REQUIRE(function.write<U32>(at, 0xffff'ffff));
        return function.read<U32>(at).value() & ~zeros;
    };
    CHECK(set(0x18) == 0xffff'ffff);
    CHECK((set(0x1c) & 0xffff) == 0xf0f0);
    CHECK(set(0x20) == 0xfff0'fff0);
    CHECK(set(0x24) == 0xfff0'fff0);
    CHECK(set(0x3c) >> 16 == 0x0bff);
    function.put(0x1e, 0xffff, 2);
    REQUIRE(function.write<U16>(0x1e, 0xffff));
    CHECK(function.read<U16>(0x1e) == 0x06ffu);
}

// ---- testing/steps.hpp ----

TEST_CASE("a step of 64 bits is compared whole", "[edges]") {
    for (const U64 wrong : {U64{1}, U64{1} << 31, U64{1} << 32, U64{1} << 63}) {
        const auto text = said([&](Said& handler) {
            Script script{io::testing::writes<U64>(0x10, 0)};
            script.on_failure(handler);
            script.view<Device>().write64(0x10, wrong);
        });
        CHECK_FALSE(text.empty());
        Script script{io::testing::reads<U64>(0x10, wrong)};
        CHECK(script.view<Device>().read64(0x10) == wrong);
    }
}
