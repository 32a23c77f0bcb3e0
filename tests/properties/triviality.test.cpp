// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// alone: compiled with an option of its own
// What views cost to hold and to pass: as much as the pointer that they are.
#include <ioview/ioview.hpp>
#include <ioview/testing/memory.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <type_traits>

namespace io = ioview;

namespace {

struct Pl011 {
    std::uint32_t dr, rsr;
};
struct Function {
    template <class W>
    io::Result<W> read(std::uint16_t) const {
        return W{0};
    }
    template <class W>
    io::Result<> write(std::uint16_t, W) const {
        return {};
    }
    std::size_t size() const { return 256; }
};
template <class T>
using Config = io::ConfigSpace<Function, T>;
template <class T>
using Simulated = io::testing::MemoryView<std::endian::little, T>;

template <class V>
constexpr bool is_trivial_view =
    std::is_trivially_copyable_v<V> && std::is_trivially_copy_constructible_v<V> &&
    std::is_trivially_copy_assignable_v<V> && std::is_trivially_move_constructible_v<V> &&
    std::is_trivially_destructible_v<V> && std::is_standard_layout_v<V> &&
    !std::is_polymorphic_v<V> && std::is_nothrow_copy_constructible_v<V> &&
    alignof(V) == alignof(void*);

template <template <class> class View, std::size_t ObjectWords>
constexpr bool has_sizes() {
    constexpr std::size_t word = sizeof(void*);
    return is_trivial_view<View<Pl011>> && is_trivial_view<View<std::uint8_t>> &&
           is_trivial_view<View<std::uint32_t[4]>> &&
           is_trivial_view<View<std::array<std::uint32_t, 4>>> &&
           is_trivial_view<View<std::uint32_t[]>> && is_trivial_view<View<io::Region<64>>> &&
           sizeof(View<Pl011>) == ObjectWords * word &&
           sizeof(View<const Pl011>) == ObjectWords * word &&
           sizeof(View<std::uint8_t>) == ObjectWords * word &&
           sizeof(View<std::uint32_t[4]>) == ObjectWords * word &&
           sizeof(View<std::uint32_t[]>) == (ObjectWords + 1) * word &&
           sizeof(View<io::Region<64>>) == (ObjectWords + 1) * word;
}
static_assert(has_sizes<io::Mmio, 1>());
static_assert(has_sizes<io::RelaxedMmio, 1>());
static_assert(has_sizes<io::WriteCombining, 1>());
static_assert(has_sizes<io::SysMem, 1>());
static_assert(has_sizes<io::PortIo, 1>());
static_assert(has_sizes<Config, 2>());
static_assert(has_sizes<io::IoSysMap, 2>());
static_assert(has_sizes<Simulated, 2>());

template <class B>
constexpr bool is_tag = std::is_empty_v<B> && std::is_trivial_v<B>;
static_assert(is_tag<io::MmioBackend> && is_tag<io::RelaxedMmioBackend> &&
              is_tag<io::WriteCombiningBackend> && is_tag<io::SysMemBackend> &&
              is_tag<io::PortIoBackend> && is_tag<io::IoSysMapBackend> &&
              is_tag<io::ConfigSpaceBackend<Function>>);

static_assert(is_trivial_view<io::MmioRaw<Pl011>> && is_trivial_view<io::IoPtr<Pl011>>);
static_assert(std::is_trivially_copyable_v<io::Result<std::uint32_t>>);
static_assert(std::is_trivially_copyable_v<io::Result<io::Mmio<Pl011>>>);
static_assert(std::is_trivially_copyable_v<io::Result<io::Mmio<std::uint32_t[]>>>);
static_assert(sizeof(io::Result<io::Mmio<Pl011>>) <= 2 * sizeof(void*));
static_assert(sizeof(io::Result<std::uint32_t>) <= sizeof(std::uint64_t));
static_assert(sizeof(io::Result<>) <= 2);
static_assert(
    std::is_trivially_copyable_v<decltype(std::declval<io::Mmio<std::uint32_t[]>>().begin())>);

#if defined(__x86_64__) || defined(__aarch64__)
[[gnu::noinline]] std::uintptr_t address_of(io::Mmio<Pl011> view) {
    asm volatile("" ::: "memory");
    return view.address();
}
[[gnu::noinline]] io::Mmio<Pl011> view_of(io::Mmio<Pl011> view) {
    asm volatile("" ::: "memory");
    return view;
}
[[gnu::noinline]] std::size_t size_of(io::Mmio<std::uint32_t[]> view) {
    asm volatile("" ::: "memory");
    return view.size();
}

// The function as one that takes integers. Laundered, so that the compiler sees a plain call.
template <class As, class F>
As* as(F* function) {
    auto* bits = reinterpret_cast<void*>(function);
    asm volatile("" : "+r"(bits));
    return reinterpret_cast<As*>(bits);
}
#endif

} // namespace

TEST_CASE("views are as small as pointers and trivial", "[triviality]") {
    STATIC_REQUIRE(sizeof(io::Mmio<Pl011>) == sizeof(void*));
    STATIC_REQUIRE(sizeof(io::SysMem<Pl011>) == sizeof(void*));
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::IoSysMap<Pl011>>);
}

#if defined(__x86_64__) || defined(__aarch64__)
TEST_CASE("views are passed and returned in registers", "[triviality]") {
    // a class that goes by hidden reference would be read through this number
    CHECK(as<std::uintptr_t(std::uintptr_t)>(&address_of)(0x1234'5670) == 0x1234'5670);
    CHECK(as<std::uintptr_t(std::uintptr_t)>(&view_of)(0x1234'5670) == 0x1234'5670);
    CHECK(as<std::size_t(std::uintptr_t, std::size_t)>(&size_of)(0x1000, 7) == 7);
}
#endif
