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
#include <ioview/register/alias.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/location.hpp>
#include <ioview/register/register.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
namespace testing {

// One mask for each kind, and each bit in one of them; rw is plain storage. lanes are the bits
// whose bytes an access has: the others are neither changed nor consumed, as byte enables have it.
class RegisterBits {
public:
    // From now on the bits of mask are of that kind, and of no other.
    constexpr void set(ioview::Access kind, std::uint64_t mask) noexcept {
        for (std::uint64_t& bits : masks_)
            bits &= ~mask;
        shared_ &= ~mask;
        masks_[static_cast<std::size_t>(kind)] |= mask;
    }
    [[nodiscard]] constexpr std::uint64_t of(ioview::Access kind) const noexcept {
        return masks_[static_cast<std::size_t>(kind)];
    }
    // From now on what is written to the bits of mask goes to another place than what is read of
    // them comes from.
    constexpr void share(std::uint64_t mask) noexcept { shared_ |= mask; }
    [[nodiscard]] constexpr std::uint64_t shared() const noexcept { return shared_; }

    // What that other place holds after a write.
    [[nodiscard]] constexpr std::uint64_t
    write_side(std::uint64_t old, std::uint64_t word, std::uint64_t lanes) const noexcept {
        const std::uint64_t mask = shared_ & lanes;
        return (old & ~mask) | (word & mask);
    }

    // What the register holds after a write.
    [[nodiscard]] constexpr std::uint64_t
    written(std::uint64_t old, std::uint64_t word, std::uint64_t lanes) const noexcept {
        std::uint64_t now = old;
        for (std::size_t i = 0; i != masks_.size(); ++i) {
            const ioview::detail::AccessKind& kind = ioview::detail::access_kinds[i];
            const std::uint64_t mask = masks_[i] & lanes;
            const std::uint64_t acting = mask & ~idle_as(kind, word);
            switch (kind.on_write) {
            case ioview::detail::OnWrite::stores:
                now = (now & ~mask) | (word & mask);
                break;
            case ioview::detail::OnWrite::clears:
                now &= ~acting;
                break;
            case ioview::detail::OnWrite::sets:
                now |= acting;
                break;
            case ioview::detail::OnWrite::toggles:
                now ^= acting;
                break;
            case ioview::detail::OnWrite::ignored:
            case ioview::detail::OnWrite::reserved:
                break;
            }
        }
        return now;
    }
    // Reserved bits that a write has as the manual forbids it.
    [[nodiscard]] constexpr std::uint64_t wrong(std::uint64_t word,
                                                std::uint64_t lanes) const noexcept {
        return where([=](const ioview::detail::AccessKind& kind) {
                   return kind.on_write == ioview::detail::OnWrite::reserved ? ~idle_as(kind, word)
                                                                             : 0;
               }) &
               lanes;
    }
    // Reserved bits that are one as long as nobody writes them wrongly.
    [[nodiscard]] constexpr std::uint64_t reserved_ones() const noexcept {
        return wrong(0, ~std::uint64_t{0});
    }
    // What a driver reads of it: nothing where reads mean nothing.
    [[nodiscard]] constexpr std::uint64_t read(std::uint64_t holds) const noexcept {
        return holds & where([](const ioview::detail::AccessKind& kind) {
                   return kind.is_read() ? ~std::uint64_t{0} : 0;
               });
    }
    // Bits that are gone once they were seen in a read.
    [[nodiscard]] constexpr std::uint64_t consumed(std::uint64_t seen,
                                                   std::uint64_t lanes) const noexcept {
        return seen & lanes & where([](const ioview::detail::AccessKind& kind) {
                   return kind.on_read == ioview::detail::OnRead::clears ? ~std::uint64_t{0} : 0;
               });
    }
    // As a device sees the bits whose bytes lie the other way round.
    constexpr void swap_bytes(std::size_t size) noexcept {
        for (std::uint64_t& bits : masks_)
            bits = __builtin_bswap64(bits) >> (64 - 8 * size);
        shared_ = __builtin_bswap64(shared_) >> (64 - 8 * size);
    }

private:
    // Ones where word has the kind's idle value.
    static constexpr std::uint64_t idle_as(const ioview::detail::AccessKind& kind,
                                           std::uint64_t word) noexcept {
        return kind.idle == ioview::detail::Idle::ones ? word : ~word;
    }
    // The bits of each kind that f(kind) has, too.
    template <class F>
    constexpr std::uint64_t where(F f) const noexcept {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i != masks_.size(); ++i)
            bits |= masks_[i] & f(ioview::detail::access_kinds[i]);
        return bits;
    }

    // In the order of io::Access.
    std::array<std::uint64_t, ioview::detail::access_kind_count> masks_{~std::uint64_t{0}};
    std::uint64_t shared_ = 0; // bits of a kind that is read, written elsewhere
};

} // namespace testing

namespace detail {

struct BitsVisitor {
    testing::RegisterBits* bits;
    ioview::Access whole;
    std::uint64_t declared = 0;
    std::uint64_t written = 0; // by items that are not read

    template <class, class... Fields>
    constexpr void fields(const char*) {
        (add_written(item_of<Fields>), ...);
        (add_read(item_of<Fields>), ...);
    }
    constexpr Access kind_of(const Item& item) const {
        return item.is_stated ? item.access : whole;
    }
    constexpr void add_written(const Item& item) {
        declared |= item.bits;
        if (access_kind(kind_of(item)).is_read())
            return;
        bits->set(kind_of(item), item.bits);
        written |= item.bits;
    }
    // Where bits are shared, what is read is what there is to hold.
    constexpr void add_read(const Item& item) const {
        if (!access_kind(kind_of(item)).is_read())
            return;
        bits->set(kind_of(item), item.bits);
        bits->share(item.bits & written);
    }
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
        bits.swap_bytes(sizeof(R));
        rest = __builtin_bswap64(rest) >> (64 - 8 * sizeof(R));
    }
    if constexpr (whole == ioview::Access::read_write && !std::is_void_v<Under>) {
        const RegisterBits under = register_bits<Under>();
        for (int i = 0; i != ioview::detail::access_kind_count; ++i) {
            const auto kind = static_cast<ioview::Access>(i);
            bits.set(kind, under.of(kind) & rest);
        }
        bits.share(under.shared() & rest);
    }
    return bits;
}

} // namespace testing
} // namespace ioview
