// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/coherent.hpp>
#include <ioview/backend/config_space.hpp>
#include <ioview/backend/io_sys_map.hpp>
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/port_io.hpp>
#include <ioview/backend/relaxed_mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/backend/write_combining.hpp>
#include <ioview/concepts.hpp>
#include <ioview/pci/mechanisms.hpp>
#include <ioview/testing/device.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/pci.hpp>
#include <ioview/testing/recorder.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace io = ioview;

namespace {

enum class Fixed : std::uint16_t {};
enum Loose { loose };
enum LooselyFixed : std::uint8_t {};
enum class Flag : bool {};

struct Opted {
    std::uint32_t a, b;
};
struct NotOpted {
    std::uint32_t a, b;
};
struct Padded {
    std::uint32_t a;
    std::uint8_t b;
};
struct Virtual {
    virtual ~Virtual() = default;
    std::uint64_t a;
};
struct Copied {
    Copied(const Copied& other) : a(other.a) {}
    std::uint32_t a;
};
} // namespace

template <>
inline constexpr bool io::enable_plain_data<Opted> = true;
template <>
inline constexpr bool io::enable_plain_data<Padded> = true;
template <>
inline constexpr bool io::enable_plain_data<Virtual> = true;
template <>
inline constexpr bool io::enable_plain_data<Copied> = true;

namespace {

struct Holder : io::Io<Holder, io::MmioBackend, Opted> {
    io::Mmio<Opted> view;
    io::Mmio<Opted> as_view() const noexcept { return view; }
};
struct NoView {
    using Backend = io::MmioBackend;
    using Target = Opted;
};
struct WrongView : NoView {
    io::SysMem<Opted> as_view() const noexcept;
};

struct Function {
    template <class W>
    io::Result<W> read(std::uint16_t) const noexcept;
    template <class W>
    io::Result<> write(std::uint16_t, W) const noexcept;
    std::size_t size() const noexcept;
};
struct Changing {
    template <class W>
    io::Result<W> read(std::uint16_t) noexcept; // not const
    template <class W>
    io::Result<> write(std::uint16_t, W) const noexcept;
    std::size_t size() const noexcept;
};
struct Bare {
    template <class W>
    W read(std::uint16_t) const noexcept; // no Result
    template <class W>
    void write(std::uint16_t, W) const noexcept;
    std::size_t size() const noexcept;
};

struct Stateful : io::MmioBackend {
    int state;
};

// 8, 16, 32 and 64 bits.
template <class B>
constexpr std::array<bool, 4> widths = {io::IoCapable<B, std::uint8_t>,
                                        io::IoCapable<B, std::uint16_t>,
                                        io::IoCapable<B, std::uint32_t>,
                                        io::IoCapable<B, std::uint64_t>};
constexpr std::array<bool, 4> up_to_32{true, true, true, false};
constexpr std::array<bool, 4> up_to_native{true, true, true, sizeof(void*) == 8};
constexpr std::array<bool, 4> all{true, true, true, true};

} // namespace

TEST_CASE("each backend has the widths of its medium", "[concepts]") {
    STATIC_REQUIRE(widths<io::MmioBackend> == up_to_native);
    STATIC_REQUIRE(widths<io::RelaxedMmioBackend> == up_to_native);
    STATIC_REQUIRE(widths<io::WriteCombiningBackend> == up_to_native);
    STATIC_REQUIRE(widths<io::SysMemBackend> == up_to_native);
    STATIC_REQUIRE(widths<io::IoSysMapBackend> ==
                   (std::endian::native == std::endian::little
                        ? up_to_native
                        : std::array<bool, 4>{true, false, false, false}));
    STATIC_REQUIRE(widths<io::ConfigSpaceBackend<Function>> == up_to_32);
#if IOVIEW_ARCH_X86
    STATIC_REQUIRE(widths<io::PortIoBackend> == up_to_32);
#else
    STATIC_REQUIRE(widths<io::PortIoBackend> == std::array<bool, 4>{});
#endif
    STATIC_REQUIRE(widths<io::testing::MemoryBackend<std::endian::big>> == all);
}

TEST_CASE("26 a 64-bit access is refused where it would be two", "[concepts]") {
    STATIC_REQUIRE_FALSE(io::IoCapable<io::ConfigSpaceBackend<Function>, std::uint64_t>);
    STATIC_REQUIRE_FALSE(io::IoCapable<io::ConfigSpaceBackend<Function>, io::le<std::int64_t>>);
    STATIC_REQUIRE_FALSE(io::IoCapable<io::PortIoBackend, std::uint64_t>);
}

TEST_CASE("one access takes integers, fixed enums, le and be", "[concepts]") {
    using B = io::MmioBackend;
    STATIC_REQUIRE(io::IoCapable<B, std::int32_t>);
    STATIC_REQUIRE(io::IoCapable<B, char>);
    STATIC_REQUIRE(io::IoCapable<B, long>);
    STATIC_REQUIRE(io::IoCapable<B, const std::uint32_t>);
    STATIC_REQUIRE(io::IoCapable<B, Fixed>);
    STATIC_REQUIRE(io::IoCapable<B, LooselyFixed>);
    STATIC_REQUIRE(io::IoCapable<B, std::byte>);
    STATIC_REQUIRE(io::IoCapable<B, io::le<std::uint16_t>>);
    STATIC_REQUIRE(io::IoCapable<B, io::be<Fixed>>);
    // these have bit patterns that are no value, or are more than one access
    STATIC_REQUIRE_FALSE(io::IoCapable<B, bool>);
    STATIC_REQUIRE_FALSE(io::IoCapable<B, Flag>);
    STATIC_REQUIRE_FALSE(io::IoCapable<B, Loose>);
    STATIC_REQUIRE_FALSE(io::IoCapable<B, float>);
    STATIC_REQUIRE_FALSE(io::IoCapable<B, void*>);
    STATIC_REQUIRE_FALSE(io::IoCapable<B, Opted>);
    STATIC_REQUIRE_FALSE(io::IoCapable<B, std::uint8_t[4]>);
    STATIC_REQUIRE_FALSE(io::IoCapable<B, io::Region<4>>);
#ifndef __STRICT_ANSI__
    __extension__ using wide = unsigned __int128;
    STATIC_REQUIRE_FALSE(io::IoCapable<B, wide>);
#endif
}

TEST_CASE("a backend is an empty tag with the five members", "[concepts]") {
    STATIC_REQUIRE(io::IoBackend<io::MmioBackend>);
    STATIC_REQUIRE(io::IoBackend<io::RelaxedMmioBackend>);
    STATIC_REQUIRE(io::IoBackend<io::WriteCombiningBackend>);
    STATIC_REQUIRE(io::IoBackend<io::SysMemBackend>);
    STATIC_REQUIRE(io::IoBackend<io::IoSysMapBackend>);
    STATIC_REQUIRE(io::IoBackend<io::ConfigSpaceBackend<Function>>);
    STATIC_REQUIRE(io::IoBackend<io::testing::MemoryBackend<std::endian::big>>);
    STATIC_REQUIRE_FALSE(io::IoBackend<Stateful>);
    STATIC_REQUIRE_FALSE(io::IoBackend<int>);
    STATIC_REQUIRE_FALSE(io::IoBackend<io::Mmio<Opted>>);
    STATIC_REQUIRE(io::IoCopyable<io::SysMemBackend>);
    STATIC_REQUIRE_FALSE(io::IoCopyable<int>);
}

TEST_CASE("views and owners are bases, other things are not", "[concepts]") {
    STATIC_REQUIRE(io::IoBase<io::Mmio<Opted>>);
    STATIC_REQUIRE(io::IoBase<const io::Mmio<Opted>&>);
    STATIC_REQUIRE(io::IoBase<io::SysMem<std::byte[]>>);
    STATIC_REQUIRE(io::IoBase<io::ConfigSpace<Function>>);
    STATIC_REQUIRE(io::IoBase<Holder>);
    STATIC_REQUIRE_FALSE(io::IoBase<int>);
    STATIC_REQUIRE_FALSE(io::IoBase<io::MmioRaw<Opted>>);
    STATIC_REQUIRE_FALSE(io::IoBase<NoView>);
    STATIC_REQUIRE_FALSE(io::IoBase<WrongView>);
    STATIC_REQUIRE(io::IoOf<io::Mmio<Opted>, Opted>);
    STATIC_REQUIRE(io::IoOf<Holder, Opted>);
    STATIC_REQUIRE(io::IoOf<Holder&, Opted>);
    STATIC_REQUIRE_FALSE(io::IoOf<Holder, NotOpted>);
    STATIC_REQUIRE_FALSE(io::IoOf<int, Opted>);
}

TEST_CASE("what orders its accesses by itself, and what does not", "[concepts]") {
    STATIC_REQUIRE(io::IoOf<io::RelaxedMmio<Opted>, Opted>); // publish() orders
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::RelaxedMmio<Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::Mmio<Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::PortIo<Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<Holder, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<const Holder&, Opted>);
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::Mmio<Opted>, NotOpted>);
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<int, Opted>);
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::WriteCombining<Opted>, Opted>);
    // memory, or what may be
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::SysMem<Opted>, Opted>);
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::CoherentView<Opted>, Opted>);
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::IoSysMap<Opted>, Opted>);
    // a mechanism says so, or has it of what it goes through
    using io::pci::Ecam;
    using Window = io::Region<1 << 20>;
    using Ordered = Ecam<io::Mmio<Window>>::Function;
    using Relaxed = Ecam<io::RelaxedMmio<Window>>::Function;
    STATIC_REQUIRE(io::OrderedIoOf<io::ConfigSpace<Ordered, Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::ConfigSpace<io::pci::WordsOnly<Ordered>, Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::ConfigSpace<io::testing::PciFunction, Opted>, Opted>);
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::ConfigSpace<Relaxed, Opted>, Opted>);
    STATIC_REQUIRE_FALSE(
        io::OrderedIoOf<io::ConfigSpace<io::pci::WordsOnly<Relaxed>, Opted>, Opted>);
    STATIC_REQUIRE_FALSE(io::OrderedIoOf<io::ConfigSpace<Function, Opted>, Opted>);
    // doubles; those that wrap, as what they wrap
    using Bytes = io::testing::MemoryBackend<std::endian::little>;
    STATIC_REQUIRE(io::OrderedIoOf<io::testing::MemoryView<std::endian::big, Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::testing::ScriptView<Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::testing::DeviceView<Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::testing::RecorderView<Bytes, Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::testing::FaultyView<Bytes, Opted>, Opted>);
    STATIC_REQUIRE(io::OrderedIoOf<io::testing::RecorderView<io::MmioBackend, Opted>, Opted>);
    STATIC_REQUIRE_FALSE(
        io::OrderedIoOf<io::testing::RecorderView<io::RelaxedMmioBackend, Opted>, Opted>);
    STATIC_REQUIRE_FALSE(
        io::OrderedIoOf<io::testing::FaultyView<io::RelaxedMmioBackend, Opted>, Opted>);
    STATIC_REQUIRE_FALSE(
        io::OrderedIoOf<io::testing::RecorderView<io::SysMemBackend, Opted>, Opted>);
}

TEST_CASE("a configuration mechanism is const and says when it fails", "[concepts]") {
    STATIC_REQUIRE(io::ConfigFunction<Function>);
    STATIC_REQUIRE_FALSE(io::ConfigFunction<Changing>);
    STATIC_REQUIRE_FALSE(io::ConfigFunction<Bare>);
    STATIC_REQUIRE_FALSE(io::ConfigFunction<int>);
}

TEST_CASE("classes are plain data when they say so and have no padding", "[concepts]") {
    STATIC_REQUIRE(io::FromBytes<std::uint64_t>);
    STATIC_REQUIRE(io::FromBytes<std::uint8_t[16]>);
    STATIC_REQUIRE(io::FromBytes<std::uint8_t[]>);
    STATIC_REQUIRE(io::FromBytes<const std::uint8_t[2][3]>);
    STATIC_REQUIRE(io::FromBytes<std::array<io::be<std::uint16_t>, 4>>);
    STATIC_REQUIRE(io::FromBytes<Fixed>);
    STATIC_REQUIRE(io::FromBytes<io::le<std::uint32_t>>);
    STATIC_REQUIRE(io::FromBytes<Opted>);
    STATIC_REQUIRE(io::IntoBytes<Opted>);
    STATIC_REQUIRE(io::FromBytes<const Opted>);
    STATIC_REQUIRE(io::FromBytes<Opted[3]>);
    STATIC_REQUIRE_FALSE(io::FromBytes<NotOpted>);
    STATIC_REQUIRE_FALSE(io::IntoBytes<NotOpted>);
    STATIC_REQUIRE_FALSE(io::FromBytes<NotOpted[3]>);
    STATIC_REQUIRE_FALSE(io::FromBytes<bool>);
    STATIC_REQUIRE(io::FromBytes<float>);
    STATIC_REQUIRE_FALSE(io::FromBytes<void*>);
    STATIC_REQUIRE_FALSE(io::FromBytes<Loose>);
    // asking for it does not make it so
    STATIC_REQUIRE_FALSE(io::FromBytes<Padded>);
    STATIC_REQUIRE_FALSE(io::IntoBytes<Padded>);
    STATIC_REQUIRE_FALSE(io::FromBytes<Virtual>);
    STATIC_REQUIRE_FALSE(io::FromBytes<Copied>);
    STATIC_REQUIRE_FALSE(io::FromBytes<std::vector<std::uint8_t>>);
}
