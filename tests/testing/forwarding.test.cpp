// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every double that stands before another backend forwards every hook: a backend that has one is
// seen through each of them as it is.
#include <ioview/ioview.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/posted.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace io = ioview;
namespace testing = io::testing;

namespace {

using io::Error;
using io::Result;
using U8 = std::uint8_t;
using U32 = std::uint32_t;

// A new hook is a row here; as_ptr and project_view are none: no tag is a backend without them.
static_assert(sizeof(io::detail::HookNames) == 16 + 2 + 3);

// What a tag has beside the reads and writes that all have.
enum class Has {
    nothing,
    one_width,
    try_io_read,
    try_io_write,
    order,
    mixed_order,
    ordered,
    gathers,
    bulk_copy,
    space,
    memory,
    reading,
    writing,
    io_fence,
    copy_from_io,
    copy_to_io,
    try_copy_from_io,
    try_copy_to_io,
    error_when_gone,
};

// Notes the hook that was called last, and fails in it if it can.
struct Chip {
    unsigned char bytes[16] = {};
    std::string called{};
};
template <Has Which, class T>
class ChipView;
template <Has Which>
using ChipBytes = ChipView<Which, std::byte[]>;

struct Addresses;
template <Has Which>
struct Hook {};

template <Has Which>
struct ChipBackend : Hook<Which> {
    template <class T>
    using View = ChipView<Which, T>;
    template <class T>
    static io::IoPtr<T> as_ptr(ChipView<Which, T> view) noexcept {
        return view.ptr;
    }
    template <class T, class U>
    static ChipView<Which, U> project_view(ChipView<Which, T> view, io::IoPtr<U> ptr) noexcept {
        return {view.chip, ptr};
    }
    template <class W>
        requires(Which != Has::one_width || sizeof(W) == 4)
    static W io_read(ChipView<Which, W> view) noexcept {
        view.chip->called += " io_read";
        W word;
        std::memcpy(&word, view.chip->bytes + view.ptr.address, sizeof(W));
        return word;
    }
    template <class W>
        requires(Which != Has::one_width || sizeof(W) == 4)
    static void io_write(ChipView<Which, W> view, W word) noexcept {
        view.chip->called += " io_write";
        std::memcpy(view.chip->bytes + view.ptr.address, &word, sizeof(W));
    }
};
template <Has Which, class T>
class ChipView : public io::Io<ChipView<Which, T>, ChipBackend<Which>, T> {
public:
    ChipView(Chip* c, io::IoPtr<T> p) noexcept : chip(c), ptr(p) {}
    ChipView as_view() const noexcept { return *this; }
    Chip* chip;
    io::IoPtr<T> ptr;
};

template <>
struct Hook<Has::try_io_read> {
    template <class W>
    static Result<W> try_io_read(ChipView<Has::try_io_read, W>) noexcept {
        return io::fail(Error::busy);
    }
};
template <>
struct Hook<Has::try_io_write> {
    template <class W>
    static Result<> try_io_write(ChipView<Has::try_io_write, W>, W) noexcept {
        return io::fail(Error::busy);
    }
};
constexpr auto other_order =
    std::endian::native == std::endian::little ? std::endian::big : std::endian::little;
template <>
struct Hook<Has::order> {
    static constexpr std::endian order = other_order;
};
template <>
struct Hook<Has::mixed_order> {
    static constexpr bool mixed_order = true;
};
template <>
struct Hook<Has::ordered> {
    static constexpr bool ordered = true;
};
template <>
struct Hook<Has::gathers> {
    static constexpr bool gathers = true;
};
template <>
struct Hook<Has::bulk_copy> {
    static constexpr bool bulk_copy = false;
};
template <>
struct Hook<Has::space> {
    using Space = Addresses;
};
template <>
struct Hook<Has::memory> {
    template <class T>
    static std::byte* memory(ChipView<Has::memory, T> view) noexcept {
        view.chip->called += " memory";
        return reinterpret_cast<std::byte*>(view.chip->bytes + view.ptr.address);
    }
};
template <>
struct Hook<Has::reading> {
    template <class T, class F>
    static auto reading(ChipView<Has::reading, T> view, F&& f) noexcept {
        view.chip->called += " reading";
        return f(view);
    }
};
template <>
struct Hook<Has::writing> {
    template <class T, class F>
    static auto writing(ChipView<Has::writing, T> view, F&& f) noexcept {
        view.chip->called += " writing";
        return f(view);
    }
};
template <>
struct Hook<Has::io_fence> {
    template <class T>
    static void io_fence(ChipView<Has::io_fence, T> view, io::Fence) noexcept {
        view.chip->called += " io_fence";
    }
};
template <>
struct Hook<Has::copy_from_io> {
    static void copy_from_io(ChipBytes<Has::copy_from_io> view, std::byte* to) noexcept;
};
template <>
struct Hook<Has::copy_to_io> {
    static void copy_to_io(ChipBytes<Has::copy_to_io> view, const std::byte* from) noexcept;
};
template <>
struct Hook<Has::try_copy_from_io> {
    static Result<> try_copy_from_io(ChipBytes<Has::try_copy_from_io> view, std::byte*) noexcept;
};
template <>
struct Hook<Has::try_copy_to_io> {
    static Result<> try_copy_to_io(ChipBytes<Has::try_copy_to_io> view, const std::byte*) noexcept;
};
template <>
struct Hook<Has::error_when_gone> {
    static constexpr Error error_when_gone = Error::busy;
};
void Hook<Has::copy_from_io>::copy_from_io(ChipBytes<Has::copy_from_io> view, std::byte*) noexcept {
    view.chip->called += " copy_from_io";
}
void Hook<Has::copy_to_io>::copy_to_io(ChipBytes<Has::copy_to_io> view, const std::byte*) noexcept {
    view.chip->called += " copy_to_io";
}
Result<> Hook<Has::try_copy_from_io>::try_copy_from_io(ChipBytes<Has::try_copy_from_io>,
                                                       std::byte*) noexcept {
    return io::fail(Error::busy);
}
Result<> Hook<Has::try_copy_to_io>::try_copy_to_io(ChipBytes<Has::try_copy_to_io>,
                                                   const std::byte*) noexcept {
    return io::fail(Error::busy);
}

} // namespace

// A posted write reports nothing: the row is about one that is answered.
template <>
inline constexpr bool testing::posts_writes<ChipBackend<Has::try_io_write>> = false;

namespace {

// What is seen of a backend, from in front of a double or without one.
template <Has Which>
using Words = ChipView<Which, io::Region<16, 8>>;
template <Has Which>
Words<Which> on(Chip& chip) {
    return {&chip, {0, {16}}};
}

struct Constant {
    template <class B>
    using Traits = io::detail::BackendTraits<B>;
};
struct Widths : Constant {
    template <class B>
    static auto of() {
        return Traits<B>::read_widths * 16 + Traits<B>::write_widths;
    }
};
struct Order : Constant {
    template <class B>
    static auto of() {
        return Traits<B>::order;
    }
};
struct MixedOrder : Constant {
    template <class B>
    static auto of() {
        return Traits<B>::mixed_order;
    }
};
struct Ordered : Constant {
    template <class B>
    static auto of() {
        return Traits<B>::ordered;
    }
};
struct Gathers : Constant {
    template <class B>
    static auto of() {
        return Traits<B>::gathers;
    }
};
struct BulkCopy : Constant {
    template <class B>
    static auto of() {
        return Traits<B>::bulk_copy;
    }
};
struct Space {
    template <class B>
    static auto of() {
        return std::is_same_v<decltype(io::detail::space_of<B>()), std::type_identity<Addresses>>;
    }
};
struct WhenGone {
    template <class B>
    static auto of() {
        return testing::error_when_gone<B>();
    }
};

// The double's answer is that of what is behind, for the backend that has the hook and for the one
// without it, and these differ.
template <template <class> class Double, Has Which, class What>
void constant(const char* hook) {
    INFO(hook);
    using With = ChipBackend<Which>;
    using Without = ChipBackend<Has::nothing>;
    CHECK(What::template of<With>() != What::template of<Without>());
    CHECK(What::template of<typename Double<With>::Backend>() == What::template of<With>());
    // (a medium that cannot fail tells nothing of a device that is gone; Faulty alone can)
    CHECK(What::template of<typename Double<Without>::Backend>() == What::template of<Without>());
}
// Of functions: what the chip noted during a use of the double.
template <template <class> class Double, Has Which, class Use>
void called(const char* hook, std::string_view notes, Use use) {
    INFO(hook);
    Chip chip;
    {
        Double<ChipBackend<Which>> before{on<Which>(chip)};
        use(before.template view<io::Region<16, 8>>());
    }
    CHECK(chip.called == notes);
}
// Of functions that fail: their error.
template <template <class> class Double, Has Which, class Use>
void fails(const char* hook, Use use) {
    INFO(hook);
    Chip chip;
    Double<ChipBackend<Which>> before{on<Which>(chip)};
    const auto result = use(before.template view<io::Region<16, 8>>());
    CHECK((!result && result.error() == Error::busy));
}

template <template <class> class Double>
void every_hook() {
    std::array<std::byte, 8> buffer{};
    const auto part = [](auto view) { return view.template subview<std::byte[8]>(8); };
    const auto copy_out = [&](auto view) { part(view).copy_to(buffer); };
    const auto copy_in = [&](auto view) { part(view).copy_from(buffer); };

    constant<Double, Has::one_width, Widths>("io_read, io_write: the widths");
    constant<Double, Has::order, Order>("order");
    constant<Double, Has::mixed_order, MixedOrder>("mixed_order");
    constant<Double, Has::ordered, Ordered>("ordered");
    constant<Double, Has::gathers, Gathers>("gathers");
    constant<Double, Has::bulk_copy, BulkCopy>("bulk_copy");
    CHECK(Space::of<typename Double<ChipBackend<Has::space>>::Backend>()); // Space
    CHECK(WhenGone::of<typename Double<ChipBackend<Has::error_when_gone>>::Backend>() ==
          Error::busy);

    called<Double, Has::nothing>(
        "io_read", " io_read", [](auto view) { static_cast<void>(view.read32(4)); });
    called<Double, Has::nothing>("io_write", " io_write", [](auto view) { view.write32(4, 1); });
    called<Double, Has::reading>("reading", " reading io_read", copy_out);
    called<Double, Has::writing>("writing", " writing io_write", copy_in);
    called<Double, Has::memory>("memory, which is hidden", " io_read", copy_out);
    called<Double, Has::io_fence>("io_fence", " io_fence", [](auto view) { io::mb(view); });
    called<Double, Has::copy_from_io>("copy_from_io", " copy_from_io", copy_out);
    called<Double, Has::copy_to_io>("copy_to_io", " copy_to_io", copy_in);

    fails<Double, Has::try_io_read>("try_io_read", [](auto view) { return view.try_read32(4); });
    fails<Double, Has::try_io_write>("try_io_write",
                                     [](auto view) { return view.try_write32(4, 1); });
    fails<Double, Has::try_copy_from_io>("try_copy_from_io",
                                         [&](auto view) { return part(view).try_copy_to(buffer); });
    fails<Double, Has::try_copy_to_io>("try_copy_to_io",
                                       [&](auto view) { return part(view).try_copy_from(buffer); });

    // as_ptr, project_view
    Chip chip;
    Double<ChipBackend<Has::nothing>> before{on<Has::nothing>(chip)};
    const auto region = before.template view<io::Region<16, 8>>();
    CHECK(region.size_bytes() == 16);
    CHECK(region.template subview<U32>(8).address() == 8);
    region.template subview<U32>(8).write(7);
    CHECK(region.template subview<U8>(8).inner().address() == 8);
    CHECK(region.read32(8) == 7);
}

} // namespace

TEST_CASE("a Recorder forwards every hook", "[forwarding]") {
    every_hook<testing::Recorder>();
}
TEST_CASE("a Faulty forwards every hook", "[forwarding]") {
    every_hook<testing::Faulty>();
}
TEST_CASE("a Posted forwards every hook", "[forwarding]") {
    every_hook<testing::Posted>();
}
