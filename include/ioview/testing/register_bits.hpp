// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/device.hpp>
// Part of <ioview/testing/device.hpp>, which is the one to include.
#pragma once
// RegisterBits: what hardware does with each bit of a register that is read and written, by the
// access kinds of its fields. The library's own rules are about what a driver may write; these are
// about what becomes of it.
//
//   constexpr auto bits = io::testing::register_bits<Status>();
//   stored = bits.written(stored, word, lanes);      // of a write of the bytes in lanes

#if !__STDC_HOSTED__
#error "ioview/testing/register_bits.hpp needs a hosted implementation"
#endif

#include <ioview/register/access_kind.hpp>
#include <ioview/register/location.hpp>
#include <ioview/register/register.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
namespace testing {

// One mask for each kind; a bit of none is plain storage. lanes are the bits whose bytes an access
// has: the others are neither changed nor consumed, as byte enables have it.
struct RegisterBits {
    std::uint64_t ro = 0;
    std::uint64_t wo = 0;
    std::uint64_t w1c = 0;
    std::uint64_t w1s = 0;
    std::uint64_t w0c = 0;
    std::uint64_t rc = 0;
    std::uint64_t rsvdz = 0;
    std::uint64_t rsvdo = 0;

    // From now on the bits of mask are of that kind, and of no other.
    constexpr void set(ioview::Access kind, std::uint64_t mask) noexcept {
        for (std::uint64_t* const bits : masks())
            *bits &= ~mask;
        if (kind != ioview::Access::rw)
            *masks()[static_cast<std::size_t>(kind) - 1] |= mask;
    }
    // In the order of io::Access, rw left out.
    constexpr std::array<std::uint64_t*, 8> masks() noexcept {
        return {&ro, &wo, &w1c, &w1s, &w0c, &rc, &rsvdz, &rsvdo};
    }

    // Bits that store what is written to them.
    [[nodiscard]] constexpr std::uint64_t stored() const noexcept {
        return ~(ro | w1c | w1s | w0c | rc | rsvdz | rsvdo);
    }
    // What the register holds after a write.
    [[nodiscard]] constexpr std::uint64_t
    written(std::uint64_t old, std::uint64_t word, std::uint64_t lanes) const noexcept {
        const std::uint64_t plain = stored() & lanes;
        std::uint64_t now = (old & ~plain) | (word & plain);
        now &= ~(w1c & word & lanes);
        now &= ~(w0c & ~word & lanes);
        return now | (w1s & word & lanes);
    }
    // Reserved bits that a write has as the manual forbids it.
    [[nodiscard]] constexpr std::uint64_t wrong(std::uint64_t word,
                                                std::uint64_t lanes) const noexcept {
        return ((rsvdz & word) | (rsvdo & ~word)) & lanes;
    }
    // What a driver reads of it: nothing where reads mean nothing.
    [[nodiscard]] constexpr std::uint64_t read(std::uint64_t holds) const noexcept {
        return holds & ~wo;
    }
    // Bits that are gone once they were seen in a read.
    [[nodiscard]] constexpr std::uint64_t consumed(std::uint64_t seen,
                                                   std::uint64_t lanes) const noexcept {
        return rc & seen & lanes;
    }
};

} // namespace testing

namespace detail {

struct BitsVisitor {
    testing::RegisterBits* bits;
    ioview::Access whole;
    std::uint64_t declared = 0;

    template <class Field>
    constexpr void field(const char*) {
        reserved(Field::mask, Field::stated ? Field::access : whole);
    }
    constexpr void reserved(std::uint64_t mask, ioview::Access access) {
        bits->set(access, mask);
        declared |= mask;
    }
};

template <class Location>
struct AliasTarget {
    using Type = void;
};
template <class Target, std::size_t... Index>
struct AliasTarget<alias<Target, Index...>> {
    using Type = Target;
};

} // namespace detail

namespace testing {

// Of the number that a little-endian device has for R. Bits that R does not declare are of the
// register's own kind; those of an alias, of what the register under it says.
template <class R>
    requires requires { typename R::IsIoRegister; }
[[nodiscard]] consteval RegisterBits register_bits() noexcept {
    using Under = typename ioview::detail::AliasTarget<typename R::Register::Location>::Type;
    constexpr ioview::Access whole = R::Register::IoAccess::io_access;
    constexpr std::uint64_t all = ~std::uint64_t{0} >> (64 - 8 * sizeof(R));
    RegisterBits bits;
    bits.set(whole, all);
    ioview::detail::BitsVisitor visitor{&bits, whole};
    R{}.io_visit(visitor);
    std::uint64_t rest = all & ~visitor.declared;
    if constexpr (R::Register::io_is_big) { // the device has the bytes the other way round
        for (std::uint64_t* const mask : bits.masks())
            *mask = __builtin_bswap64(*mask) >> (64 - 8 * sizeof(R));
        rest = __builtin_bswap64(rest) >> (64 - 8 * sizeof(R));
    }
    if constexpr (whole == ioview::Access::rw && !std::is_void_v<Under>) {
        RegisterBits under = register_bits<Under>();
        const auto from = under.masks();
        const auto to = bits.masks();
        for (std::size_t i = 0; i < from.size(); ++i)
            *to[i] |= *from[i] & rest;
    }
    return bits;
}

} // namespace testing
} // namespace ioview
