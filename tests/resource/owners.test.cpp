// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whoever is handed a view or an owner takes its as_view() and believes nothing else of it; and a
// temporary owner gives no view.
#include <ioview/ioview.hpp>
#include <ioview/resource.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/counting_mapper.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace io = ioview;
using io::Error;
using io::Region;

namespace {

int lies = 0;

// What is owned is seen through as_view() alone; everything else that Io has is hidden by a lie.
#define LIE(name)                                                                                  \
    template <auto...>                                                                             \
    int name(const auto&...) const noexcept {                                                      \
        return ++lies;                                                                             \
    }                                                                                              \
    template <class, class...>                                                                     \
    int name(const auto&...) const noexcept {                                                      \
        return ++lies;                                                                             \
    }
template <class V>
struct Liar : io::Io<Liar<V>, typename V::Backend, typename V::Target> {
    explicit Liar(V inner) noexcept : inner_(inner) {}
    Liar(const Liar&) = delete; // owners are not copied
    V as_view() const noexcept { return inner_; }

    // clang-format off
    LIE(size_bytes) LIE(address) LIE(view) LIE(bytes) LIE(cast) LIE(try_cast) LIE(read) LIE(write)
    LIE(update) LIE(try_read) LIE(try_write) LIE(try_update) LIE(read8) LIE(read16) LIE(read32)
    LIE(read64) LIE(try_read8) LIE(try_read16) LIE(try_read32) LIE(try_read64) LIE(write8)
    LIE(write16) LIE(write32) LIE(write64) LIE(try_write8) LIE(try_write16) LIE(try_write32)
    LIE(try_write64) LIE(size) LIE(empty) LIE(at) LIE(try_at) LIE(static_at) LIE(begin) LIE(end)
    LIE(subview) LIE(try_subview) LIE(view_of) LIE(try_view_of) LIE(copy_to) LIE(copy_from)
    LIE(try_copy_to) LIE(try_copy_from) LIE(fill) LIE(copy_read) LIE(copy_write) LIE(try_copy_read)
    LIE(try_copy_write) LIE(read_fifo) LIE(write_fifo) LIE(try_read_fifo) LIE(try_write_fifo)
        // clang-format on
        int
        operator&() const noexcept {
        return ++lies;
    }

private:
    V inner_;
};
#undef LIE

// No more than the concept asks.
template <class V>
struct Bare {
    using Backend = typename V::Backend;
    using Target = typename V::Target;
    explicit Bare(V inner) noexcept : inner_(inner) {}
    Bare(const Bare&) = delete;
    V as_view() const noexcept { return inner_; }

private:
    V inner_;
};

struct Entry {
    std::uint32_t words[2];
    std::uint64_t base;
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x4>> {
    IO_FIELDS(bits(31, 0, value));
};
struct Clock {
    int now() { return time += 1; }
    void sleep_for(int by) { time += by; }
    int time = 0;
};
constexpr io::Timing<int> timing{1, 10};

} // namespace
template <>
inline constexpr bool io::enable_plain_data<Entry> = true;

TEMPLATE_TEST_CASE("free functions and macros see the view of what they are handed",
                   "[owners]",
                   (std::integral_constant<bool, true>),
                   (std::integral_constant<bool, false>)) {
    const auto owner = []<class V>(V view) {
        return std::conditional_t<TestType::value, Liar<V>, Bare<V>>(view);
    };
    lies = 0;
    io::testing::Memory<16> memory;
    io::testing::Memory<32> other;
    const auto words = memory.view<std::uint32_t[4]>();
    for (auto word : words)
        word.write(0);

    SECTION("copies") {
        const auto to = owner(memory.view<Region<16>>());
        const auto small = owner(memory.view<Region<8>>().subview<Region<8>>(0));
        for (unsigned i = 0; i < 32; ++i)
            other[i] = static_cast<unsigned char>(i + 1);
        const auto from = owner(other.view<std::byte[16]>());
        CHECK(io::try_copy(owner(other.view<Region<32>>()), to).error() == Error::out_of_bounds);
        CHECK(io::try_copy(from, small).error() == Error::out_of_bounds);
        CHECK(words.at(0).read() == 0);
        io::copy(from, to);
        CHECK(words.at(3).read() == 0x100f'0e0d);
        other[12] = 0;
        CHECK(io::try_copy(from, to).has_value());
        CHECK(words.at(3).read() == 0x100f'0e00);
    }
    SECTION("handing over") {
        const auto index = owner(memory.view<std::uint32_t>());
        io::publish(index, 5u);
        CHECK(words.at(0).read() == 5);
        CHECK(io::observe(index) == 5);
        io::release_to_device(index, 6u);
        CHECK(words.at(0).read() == 6);
        CHECK(io::publish_and_observe(index, 7u, index) == 7);
        io::flush(index);
        CHECK(io::try_flush(index).has_value());
        io::mb(index);
        io::dma_wmb(index);
        io::mmiowb(index);
    }
    SECTION("two halves") {
        const auto wide = owner(memory.view<std::uint64_t>());
        io::write_lo_hi(wide, 0x1'0000'0002u);
        CHECK(words.at(1).read() == 1);
        CHECK(io::read_lo_hi(wide) == 0x1'0000'0002);
        CHECK(io::try_write_lo_hi(wide, 3u).has_value());
        CHECK(io::try_read_lo_hi(wide) == 3u);
    }
    SECTION("waiting") {
        words.at(1).write(7);
        const auto is_7 = [](Control c) { return c.value() == 7; };
        const auto region = owner(memory.view<Region<16>>());
        const auto word = owner(words.at(1));
        CHECK(io::wait_until<Control>(region, is_7, timing, Clock{}).has_value());
        CHECK(io::wait_until(region, Control::At{}, is_7, timing, Clock{}).has_value());
        CHECK(io::wait_until(
                  word, [](std::uint32_t v) { return v == 7; }, timing, Clock{}) == 7u);
        io::testing::Faulty faulty{memory.view<Region<16>>()};
        faulty.fail_access(1);
        const auto failing = owner(faulty.template view<Region<16>>());
        CHECK(io::wait_until<Control>(failing, is_7, timing, Clock{}).error() == Error::io_error);
        io::flush<Control>(region);
        io::flush(region, Control::At{});
        CHECK(io::try_flush<Control>(region).has_value());
    }
    SECTION("projection") {
        const auto entry = owner(memory.view<Entry>());
        const std::size_t one = 1;
        IO_WRITE(entry, words, at(one), 5u);
        CHECK(IO_READ(entry, words, at(1)) == 5);
        CHECK(IO_READ(entry, words, try_at(one)) == 5u);
        CHECK_FALSE(IO_READ(entry, words, try_at(2)).has_value());
        IO_UPDATE(entry, words, static_at(1), [](auto v) { return v + 1; });
        CHECK(IO_PROJECT(entry, words).at(1).read() == 6);
        CHECK(io::project(entry, &Entry::words, io::at(1)).read() == 6);
        const auto slice = owner(memory.view<std::uint32_t[]>());
        CHECK(IO_PROJECT(slice, try_range(1, 4)).value().at(0).read() == 6);
        CHECK_FALSE(IO_PROJECT(slice, try_range(1, 5)).has_value());
        CHECK(IO_READ(slice, at(1)) == 6);
    }
    SECTION("doubles") {
        io::testing::Recorder recorder{owner(memory.view<Region<16>>()).as_view()};
        const auto entry = owner(memory.view<Entry>());
        io::testing::Recorder all{entry};
        all.template view<Region<16>>().write32(4, 1);
        CHECK(all.log() == io::testing::Log{{io::testing::Op::write, 4, 4, 1}});
        recorder.wrap(owner(words.at(2))).write(2);
        CHECK(recorder.log() == io::testing::Log{{io::testing::Op::write, 8, 4, 2}});
        io::testing::Faulty faulty{entry};
        CHECK(faulty.template view<Region<16>>().read32(4) == 1);
        const auto newer = owner(other.view<Region<32>>());
        faulty.tear_after(0, newer);
        CHECK(faulty.template view<Region<16>>().read32(4) == other.view<Region<32>>().read32(4));
    }
    SECTION("configuration space") {
        io::testing::PciFunction function(4'096);
        function.identify(1, 2, 3).memory_bar(0, 0x1000, 0x1000).capability(0x40, 0x11);
        function.extended_capability(0x100, 3, 1);
        using Space = io::ConfigSpace<io::testing::PciFunction>;
        const auto config = owner(Space::of(function).value());
        CHECK(io::pci::bar_count(config) == 6u);
        CHECK(io::pci::read_bar(config, 0)->address == 0x1000);
        CHECK(io::pci::read_bars(config)->bar[0].address == 0x1000);
        CHECK(io::pci::size_bars(config)->bar[0].size == 0x1000);
        CHECK(io::pci::find(io::pci::capabilities(config), 0x11)->offset == 0x40);
        CHECK(io::pci::find(io::pci::extended_capabilities(config), 3)->offset == 0x100);

        io::testing::Device window{1 << 20};
        window.reg("id", 0, 4).holds(0x1234'5678);
        const auto buses = owner(window.view<Region<>>());
        const io::pci::Ecam ecam{buses};
        CHECK(ecam.function({})->template read<std::uint32_t>(0) == 0x1234'5678u);
        CHECK(ecam.function({.segment = 0, .bus = 1}).error() == Error::out_of_bounds);
        io::testing::Device pair{8};
        pair.reg("select", 0, 4);
        pair.reg("data", 4, 4).holds(0x1234);
        const auto ports = owner(pair.view<Region<8>>());
        const io::pci::ConfigPorts host{ports};
        CHECK(host.function({})->template read<std::uint32_t>(0) == 0x1234u);
    }
    CHECK(lies == 0);
}

namespace {

// The view class of somebody's own medium, with a size of its own: copies ask the medium.
template <class T>
class TallView;
struct TallBackend {
    using Memory = io::testing::MemoryBackend<std::endian::little>;
    static constexpr std::endian order = Memory::order;
    template <class T>
    using View = TallView<T>;
    template <class T>
    static io::IoPtr<T> as_ptr(TallView<T> view) noexcept {
        return Memory::as_ptr(view.inner);
    }
    template <class T, class U>
    static TallView<U> project_view(TallView<T> view, io::IoPtr<U> ptr) noexcept {
        return TallView<U>{Memory::project_view(view.inner, ptr)};
    }
    template <class W>
        requires(sizeof(W) <= 4)
    static W io_read(TallView<W> view) noexcept {
        return Memory::io_read<W>(view.inner);
    }
    template <class W>
        requires(sizeof(W) <= 4)
    static void io_write(TallView<W> view, W word) noexcept {
        Memory::io_write<W>(view.inner, word);
    }
};
template <class T>
class TallView : public io::Io<TallView<T>, TallBackend, T> {
public:
    explicit TallView(io::testing::MemoryView<std::endian::little, T> view) : inner(view) {}
    TallView as_view() const noexcept { return *this; }
    std::size_t size_bytes() const noexcept { return 32; }
    std::size_t size() const noexcept { return 32; }
    int bytes() const noexcept { return 0; }

    io::testing::MemoryView<std::endian::little, T> inner;
};

} // namespace

TEST_CASE("copies ask the backend for the size of a view", "[owners]") {
    io::testing::Memory<16> memory;
    io::testing::Memory<32> other;
    const TallView part{memory.view<Region<16>>().subview<Region<8>>(0)};
    const auto behind = memory.view<Region<16>>().read32(8);
    CHECK(io::try_copy(other.view<Region<32>>(), part).error() == Error::out_of_bounds);
    CHECK(io::try_copy(part, other.view<Region<32>>()).error() == Error::out_of_bounds);
    CHECK(io::try_copy(other.view<std::byte[8]>(), part).has_value());
    CHECK(memory.view<Region<16>>().read32(4) == other.view<Region<32>>().read32(4));
    CHECK(memory.view<Region<16>>().read32(8) == behind);
}

namespace {

// A method that gives a view, asked of a V as it stands.
// clang-format off
#define GIVES(name, ...) \
    constexpr auto name = []<class V>(std::type_identity<V>) { return requires(V&& io, int i) { static_cast<V&&>(io).__VA_ARGS__; static_cast<void>(i); }; }
GIVES(as_view, as_view());
GIVES(view, view());
GIVES(as_sys_mem, as_sys_mem());
GIVES(bytes, bytes());
GIVES(cast, template cast<std::uint32_t>());
GIVES(try_cast, template try_cast<std::uint32_t>());
GIVES(at, at(i));
GIVES(at_unsigned, at(1u));
GIVES(try_at, try_at(i));
GIVES(static_at, template static_at<1>());
GIVES(begin, begin());
GIVES(end, end());
GIVES(part, subview(i, i));
GIVES(try_part, try_subview(i, i));
GIVES(subview, template subview<std::uint32_t>(4));
GIVES(try_subview, template try_subview<std::uint32_t>(i));
GIVES(try_subview_slice, template try_subview<std::uint32_t[]>(i, i));
GIVES(register_view, template view_of<Control>());
GIVES(register_view_there, view_of(Control::At{}));
GIVES(try_register_view, template try_view_of<Control>());
GIVES(try_subview_region, template try_subview<Region<4>>(i, i));
// clang-format on

// Of whoever has it: the named one gives a view, the temporary one does not, const or not.
template <class V>
constexpr bool refused(auto gives) {
    return gives(std::type_identity<V&>{}) && gives(std::type_identity<const V&>{}) &&
           !gives(std::type_identity<V>{}) && !gives(std::type_identity<const V>{});
}
template <class V>
constexpr bool allowed(auto gives) {
    return gives(std::type_identity<V&>{}) && gives(std::type_identity<V>{}) &&
           gives(std::type_identity<const V>{});
}

using Words = std::uint32_t[4];
using Block = Region<0x10>;

template <template <class> class Owner>
constexpr bool gives_none_when_temporary =
    refused<Owner<Block>>(as_view) && refused<Owner<Block>>(register_view) &&
    refused<Owner<Block>>(register_view_there) && refused<Owner<Block>>(try_register_view) &&
    refused<Owner<Block>>(bytes) && refused<Owner<Block>>(cast) &&
    refused<Owner<Block>>(try_cast) && refused<Owner<Block>>(subview) &&
    refused<Owner<Block>>(try_subview) && refused<Owner<Block>>(try_subview_slice) &&
    refused<Owner<Block>>(try_subview_region) && refused<Owner<Words>>(as_view) &&
    refused<Owner<Words>>(bytes) && refused<Owner<Words>>(cast) &&
    refused<Owner<Words>>(try_cast) && refused<Owner<Words>>(at) &&
    refused<Owner<Words>>(at_unsigned) && refused<Owner<Words>>(try_at) &&
    refused<Owner<Words>>(static_at) && refused<Owner<Words>>(begin) &&
    refused<Owner<Words>>(end) && refused<Owner<Words>>(part) && refused<Owner<Words>>(try_part) &&
    refused<Owner<std::uint32_t[]>>(at) && refused<Owner<std::uint32_t[]>>(begin) &&
    refused<Owner<std::uint32_t[]>>(try_part) && refused<Owner<Entry>>(as_view) &&
    refused<Owner<Entry>>(bytes) && refused<Owner<Entry>>(cast) &&
    refused<Owner<const Entry>>(try_cast) && refused<Owner<std::uint32_t>>(cast) &&
    refused<Owner<const std::uint32_t>>(bytes) && refused<Owner<Control>>(bytes);

template <class T>
using MemoryOwner = io::IoMem<T, io::tests::CountingMapper>;
template <class T>
using ExclusiveOwner = io::ExclusiveIoMem<T, io::tests::CountingMapper>;
template <class T>
using BarOwner = io::pci::Bar<T, io::tests::CountingMapper>;
template <class T>
using PortOwner = io::pci::PortBar<T, io::tests::CountingMapper>;

// Of the user's own.
template <class T>
struct Holder : io::Io<Holder<T>, io::SysMemBackend, T> {
    io::SysMem<T> as_view() const& noexcept { return inner; }
    void as_view() const&& = delete;
    io::SysMem<T> inner;
};

template <class T>
using Shared = io::Coherent<T, io::testing::FakeDma>;

} // namespace

TEST_CASE("a temporary owner gives no view", "[owners]") {
    STATIC_REQUIRE(gives_none_when_temporary<MemoryOwner>);
    STATIC_REQUIRE(gives_none_when_temporary<ExclusiveOwner>);
    STATIC_REQUIRE(gives_none_when_temporary<BarOwner>);
    STATIC_REQUIRE(gives_none_when_temporary<PortOwner>);
    STATIC_REQUIRE(gives_none_when_temporary<Holder>);
    STATIC_REQUIRE(refused<MemoryOwner<Block>>(view));
    STATIC_REQUIRE(refused<ExclusiveOwner<Block>>(view));
    STATIC_REQUIRE(refused<BarOwner<Block>>(view));
    STATIC_REQUIRE(refused<PortOwner<Block>>(view));
    STATIC_REQUIRE(refused<Shared<Entry>>(view));
    STATIC_REQUIRE(refused<Shared<Entry>>(as_view));
    STATIC_REQUIRE(refused<Shared<Entry>>(as_sys_mem));
    STATIC_REQUIRE(refused<Shared<Entry>>(bytes));
    STATIC_REQUIRE(refused<Shared<Words>>(at));
    STATIC_REQUIRE(refused<Shared<Words>>(static_at));
    STATIC_REQUIRE(refused<Shared<std::uint32_t[]>>(begin));
    STATIC_REQUIRE(refused<Shared<std::uint32_t[]>>(try_part));

    // Views are values: their temporaries are as good as they are.
    STATIC_REQUIRE(allowed<io::Mmio<Block>>(subview));
    STATIC_REQUIRE(allowed<io::Mmio<Block>>(bytes));
    STATIC_REQUIRE(allowed<io::SysMem<Words>>(at));
    STATIC_REQUIRE(allowed<io::SysMem<Words>>(begin));
    STATIC_REQUIRE(allowed<io::CoherentView<Entry>>(as_sys_mem));
    STATIC_REQUIRE(allowed<io::CoherentView<Entry>>(cast));

    // Reads and writes are done before the temporary ends.
    io::testing::FakeDma dma;
    (*Shared<std::uint32_t>::zeroed(dma)).write(1);
    CHECK((*Shared<std::uint32_t>::zeroed(dma)).read() == 0);
    CHECK((*Shared<Words>::zeroed(dma)).size() == 4);
}

TEST_CASE("a temporary double gives no view", "[owners]") {
    constexpr auto gives_view = []<class V>(std::type_identity<V>) {
        return requires(V&& io) { static_cast<V&&>(io).template view<std::uint32_t>(); };
    };
    constexpr auto named_only = [gives_view]<class V>(std::type_identity<V>) {
        return gives_view(std::type_identity<V&>{}) && !gives_view(std::type_identity<V>{}) &&
               !gives_view(std::type_identity<const V>{});
    };
    STATIC_REQUIRE(named_only(std::type_identity<io::testing::Memory<16>>{}));
    STATIC_REQUIRE(named_only(std::type_identity<io::testing::Recorder<io::MmioBackend>>{}));
    STATIC_REQUIRE(named_only(std::type_identity<io::testing::Faulty<io::MmioBackend>>{}));
    STATIC_REQUIRE(named_only(std::type_identity<io::testing::Device>{}));
    STATIC_REQUIRE(named_only(std::type_identity<io::testing::Script<1>>{}));
    using Recorder = io::testing::Recorder<io::MmioBackend>;
    constexpr auto wraps = []<class V>(std::type_identity<V>) {
        return requires(V&& io, io::Mmio<int> inner) { static_cast<V&&>(io).wrap(inner); };
    };
    STATIC_REQUIRE(wraps(std::type_identity<Recorder&>{}));
    STATIC_REQUIRE_FALSE(wraps(std::type_identity<Recorder>{}));

    // Nor is one made of a temporary owner.
    STATIC_REQUIRE(std::is_constructible_v<Recorder, MemoryOwner<Block>&>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Recorder, MemoryOwner<Block>>);
    STATIC_REQUIRE(std::is_constructible_v<Recorder, io::Mmio<Block>>);
    using Faulty = io::testing::Faulty<io::MmioBackend>;
    STATIC_REQUIRE(std::is_constructible_v<Faulty, MemoryOwner<Block>&>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Faulty, MemoryOwner<Block>>);
    STATIC_REQUIRE(std::is_constructible_v<Faulty, io::Mmio<Block>>);
    using Ecam = io::pci::Ecam<MemoryOwner<Region<>>>;
    STATIC_REQUIRE(std::is_constructible_v<Ecam, MemoryOwner<Region<>>&>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Ecam, MemoryOwner<Region<>>>);
}
