// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Who gives memory that a device can reach, and in what terms: DmaAddress, DmaMask, DmaAttrs,
// DmaRegion, and the concept DmaDevice.
//
//   struct MyDma {
//       io::Result<io::DmaRegion> allocate(std::size_t bytes, std::size_t align, io::DmaAttrs);
//       void free(io::DmaRegion region, std::size_t bytes) noexcept;
//       io::DmaMask mask() const noexcept { return io::DmaMask::of<32>(); }
//   };

#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/region.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

// The same memory as the CPU and as the device see it. cpu is null where the CPU does not map it.
struct DmaRegion {
    void* cpu;
    DmaAddress dma;
};

// The addresses that a device can put on the bus: the lowest n bits.
class DmaMask {
public:
    // invalid_argument when there are more than 64.
    template <std::integral I>
    [[nodiscard]] static constexpr Result<DmaMask> bits(I count) noexcept {
        if (detail::to_size(count) > 64)
            return fail(Error::invalid_argument);
        return DmaMask{static_cast<unsigned>(count)};
    }
    template <unsigned Count>
    [[nodiscard]] static constexpr DmaMask of() noexcept {
        static_assert(Count <= 64, "ioview: a DMA address has at most 64 bits");
        return DmaMask{Count};
    }

    // The greatest address: all ones in the bits that the device has.
    [[nodiscard]] constexpr DmaAddress value() const noexcept { return value_; }

    // All of bytes (at least one) from address on can be reached.
    [[nodiscard]] constexpr bool contains(DmaAddress address, std::size_t bytes) const noexcept {
        return bytes != 0 && bytes - 1 <= value_ && address <= value_ - (bytes - 1);
    }

    friend constexpr bool operator==(DmaMask, DmaMask) = default;

private:
    constexpr explicit DmaMask(unsigned count) noexcept
        : value_(count == 64 ? ~DmaAddress{0} : (DmaAddress{1} << count) - 1) {}

    DmaAddress value_;
};

namespace detail {
struct HandleAttrs;
}

// Wishes about an allocation, as a set. Names and meanings are those of Linux's DMA attributes.
// There is no write_combine: such memory needs a wc_flush where other memory needs nothing, so it
// has a type of its own, WriteCombining, and Coherent is never made of it.
class DmaAttrs {
public:
    static const DmaAttrs weak_ordering;
    static const DmaAttrs skip_cpu_sync;
    static const DmaAttrs force_contiguous;
    static const DmaAttrs alloc_single_pages;
    static const DmaAttrs no_warn;
    static const DmaAttrs privileged;
    static const DmaAttrs mmio;

    constexpr DmaAttrs() noexcept = default; // none

    // All of others are in this set.
    [[nodiscard]] constexpr bool contains(DmaAttrs others) const noexcept {
        return (bits_ & others.bits_) == others.bits_;
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }

    // False for a CoherentHandle, the only one that can do without.
    [[nodiscard]] constexpr bool wants_cpu_mapping() const noexcept {
        return (bits_ & no_mapping) == 0;
    }

    friend constexpr DmaAttrs operator|(DmaAttrs a, DmaAttrs b) noexcept {
        return DmaAttrs{a.bits_ | b.bits_};
    }
    friend constexpr DmaAttrs operator&(DmaAttrs a, DmaAttrs b) noexcept {
        return DmaAttrs{a.bits_ & b.bits_};
    }
    friend constexpr DmaAttrs operator~(DmaAttrs a) noexcept { return DmaAttrs{~a.bits_ & all}; }
    constexpr DmaAttrs& operator|=(DmaAttrs other) noexcept { return *this = *this | other; }
    constexpr DmaAttrs& operator&=(DmaAttrs other) noexcept { return *this = *this & other; }
    friend constexpr bool operator==(DmaAttrs, DmaAttrs) = default;

private:
    friend struct detail::HandleAttrs;

    static constexpr std::uint32_t all = 0x7f;
    static constexpr std::uint32_t no_mapping = 0x100;

    constexpr explicit DmaAttrs(std::uint32_t bits) noexcept : bits_(bits) {}

    std::uint32_t bits_ = 0;
};

inline constexpr DmaAttrs DmaAttrs::weak_ordering{1U << 0};
inline constexpr DmaAttrs DmaAttrs::skip_cpu_sync{1U << 1};
inline constexpr DmaAttrs DmaAttrs::force_contiguous{1U << 2};
inline constexpr DmaAttrs DmaAttrs::alloc_single_pages{1U << 3};
inline constexpr DmaAttrs DmaAttrs::no_warn{1U << 4};
inline constexpr DmaAttrs DmaAttrs::privileged{1U << 5};
inline constexpr DmaAttrs DmaAttrs::mmio{1U << 6};

// Which way data goes in a transfer: a parameter of Streaming, and told to DmaDevices that map.
enum class DmaDirection : std::uint8_t { bidirectional, to_device, from_device, none };

namespace detail {

struct HandleAttrs {
    static constexpr DmaAttrs without_mapping(DmaAttrs attrs) noexcept {
        return DmaAttrs{attrs.bits_ | DmaAttrs::no_mapping};
    }
};

template <class D>
concept FreesWithAttrs = requires(D& dma, DmaRegion region, std::size_t bytes, DmaAttrs attrs) {
    { dma.free(region, bytes, attrs) } noexcept;
};
template <class D>
concept FreesPlainly = requires(D& dma, DmaRegion region, std::size_t bytes) {
    { dma.free(region, bytes) } noexcept;
};

template <class D>
concept Frees = FreesPlainly<D> || FreesWithAttrs<D>;

template <class D>
concept HearsOfLeaks =
    requires(D& dma, DmaRegion region, std::size_t bytes) { dma.leaked(region, bytes); };

// The strictest alignment that D gives: D::max_alignment, else that of a page.
template <class D>
consteval std::size_t max_dma_alignment() noexcept {
    if constexpr (requires { D::max_alignment; })
        return D::max_alignment;
    else
        return 4'096;
}

// The device sees what the CPU stores in memory of D::allocate: always, unless D has a cache() that
// it does not look into; then where D says by allocates_uncached that the CPU does not cache it.
template <class D>
consteval bool allocates_coherent() noexcept {
    if constexpr (requires { D::allocates_uncached; })
        return D::allocates_uncached;
    else if constexpr (requires(const D& dma) { dma.cache(); })
        return requires(const D& dma) {
            requires std::remove_cvref_t<decltype(dma.cache())>::is_coherent;
        };
    else
        return true;
}

} // namespace detail

// D allocates memory for one device and takes it back.
// Semantics: allocate gives at least so many bytes, of any content, whose CPU and DMA addresses are
// so aligned, both contiguous, or an error. free gets each region once, with the bytes and, where
// it takes them, the attributes it was allocated with. A device that also has
//   void leaked(io::DmaRegion region, std::size_t bytes) noexcept;
// is told of each region that an owner lets go of by leak(), to log or to count it: of memory that
// stays allocated because the device behind it did not confirm that it has stopped.
template <class D>
concept DmaDevice =
    requires(D& dma, const D& same, std::size_t bytes, std::size_t align, DmaAttrs attrs) {
        { dma.allocate(bytes, align, attrs) } -> std::same_as<Result<DmaRegion>>;
        { same.mask() } noexcept -> std::same_as<DmaMask>;
    } && detail::Frees<D>;

} // namespace ioview
