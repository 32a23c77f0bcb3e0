// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// MSI: the vectors of a function whose address and data are in its configuration space
// (PCI 3.0, 6.8.1).
//
//   const auto msi = io::pci::msi_of(cfg, capability.offset);   // capability.id == 0x05
//   if (auto done = msi->set(4, address, data); !done) return done;
//   if (auto done = msi->enable(); !done) return done;          // vector n sends data + n

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/registers.hpp>
#include <ioview/pci/writable.hpp>
#include <ioview/presence.hpp>
#include <ioview/region.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/register/field.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::pci {

// The capability in one of its four layouts; accesses are as wide as its registers. Of each method:
// no_device when the function answers no more, what the medium reports; then nothing further was
// written.
template <ConfigView View>
class MsiVectors {
public:
    constexpr MsiVectors(View cfg, std::uint16_t offset, MsiControl control) noexcept
        : cfg_(cfg), offset_(offset), control_(control) {}

    // How many vectors the function can send: 1 to 32.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return std::size_t{1} << control_.multiple_message_capable();
    }
    // Whether vectors are masked one by one. Where they are not, mask() and its like are
    // unsupported.
    [[nodiscard]] constexpr bool can_mask() const noexcept { return control_.per_vector_masking(); }

    // What `count` vectors send: a multiple of 4, and the data, of which the function replaces the
    // low bits by the number of the vector. It is disabled first and stays so, since PCI leaves
    // open what a change of an enabled one sends; vectors that can be masked are, all of them. All
    // of it has arrived on return: the last access is a read. Without an access: out_of_bounds for
    // more vectors than there are, invalid_argument for a count that is no power of two, an address
    // that the function cannot hold, or data whose low bits are not free for the number.
    template <std::integral I>
    [[nodiscard]] constexpr Result<>
    set(I count, std::uint64_t address, std::uint16_t data) const noexcept {
        const std::size_t vectors = ioview::detail::to_size(count);
        if (vectors > size())
            return fail(Error::out_of_bounds);
        if (vectors == 0 || (vectors & (vectors - 1)) != 0 || (data & (vectors - 1)) != 0 ||
            address % 4 != 0 || (!control_.is_64_bit() && address >> 32 != 0))
            return fail(Error::invalid_argument);
        unsigned exponent = 0;
        while (std::size_t{1} << exponent < vectors)
            ++exponent;
        auto off = change([&](MsiControl control) {
            return control.with_enable(false).with_multiple_message_enable(
                Bounded<unsigned, 3>::masked(exponent));
        });
        if (!off)
            return off;
        if (can_mask()) {
            if (auto done = put<std::uint32_t>(mask_at(), 0xffff'ffff); !done)
                return done;
        }
        if (auto done = put<std::uint32_t>(0x4, static_cast<std::uint32_t>(address)); !done)
            return done;
        if (control_.is_64_bit()) {
            if (auto done = put<std::uint32_t>(0x8, static_cast<std::uint32_t>(address >> 32));
                !done)
                return done;
        }
        if (auto done = put<std::uint16_t>(data_at(), data); !done)
            return done;
        return read_control().transform([](MsiControl) {});
    }

    // From now on the function sends what set() has said, and uses no interrupt pin. Vectors that
    // are masked stay so, and what they want to send is pending.
    [[nodiscard]] constexpr Result<> enable() const noexcept {
        return change([](MsiControl control) { return control.with_enable(true); });
    }
    // On return it sends none any more.
    [[nodiscard]] constexpr Result<> disable() const noexcept {
        return change([](MsiControl control) { return control.with_enable(false); });
    }

    // On return the function sends the vector no more: the write was read back. out_of_bounds for
    // a vector that there is not, of these four.
    template <std::integral I>
    [[nodiscard]] constexpr Result<> mask(I vector) const noexcept {
        return write_mask(vector, true);
    }
    // What is pending is sent now.
    template <std::integral I>
    [[nodiscard]] constexpr Result<> unmask(I vector) const noexcept {
        return write_mask(vector, false);
    }
    template <std::integral I>
    [[nodiscard]] constexpr Result<bool> masked(I vector) const noexcept {
        return bit_at(mask_at(), vector);
    }
    // Whether it waits to be sent.
    template <std::integral I>
    [[nodiscard]] constexpr Result<bool> pending(I vector) const noexcept {
        return bit_at(mask_at() + 4, vector);
    }

private:
    [[nodiscard]] constexpr unsigned data_at() const noexcept {
        return control_.is_64_bit() ? 0xc : 0x8;
    }
    [[nodiscard]] constexpr unsigned mask_at() const noexcept { return data_at() + 4; }

    template <class W>
    [[nodiscard]] constexpr Result<> put(unsigned at, W value) const noexcept {
        return cfg_.template try_write<W>(offset_ + at, value);
    }
    // The control cannot be all ones: its upper bits are reserved.
    [[nodiscard]] constexpr Result<MsiControl> read_control() const noexcept {
        return ioview::check_present(cfg_.template try_read<std::uint16_t>(offset_ + 2))
            .transform([](std::uint16_t raw) { return MsiControl::from_raw(raw); });
    }
    template <class Change>
    [[nodiscard]] constexpr Result<> change(Change to) const noexcept {
        const auto before = read_control();
        if (!before)
            return fail(before.error());
        if (auto done = put<std::uint16_t>(2, to(*before).raw()); !done)
            return done;
        return read_control().transform([](MsiControl) {});
    }
    // The word of a bit for each vector: all ones may be what it holds, then the command tells.
    template <class I>
    [[nodiscard]] constexpr Result<std::uint32_t> word_at(unsigned at, I vector) const noexcept {
        if (ioview::detail::to_size(vector) >= size())
            return fail(Error::out_of_bounds);
        if (!can_mask())
            return fail(Error::unsupported);
        const auto word = cfg_.template try_read<std::uint32_t>(offset_ + at);
        if (word && is_gone(*word)) {
            if (auto present = check_present(cfg_); !present)
                return fail(present.error());
        }
        return word;
    }
    template <class I>
    [[nodiscard]] constexpr Result<bool> bit_at(unsigned at, I vector) const noexcept {
        const auto word = word_at(at, vector);
        if (!word)
            return fail(word.error());
        return (*word >> ioview::detail::to_size(vector) & 1) != 0;
    }
    template <class I>
    [[nodiscard]] constexpr Result<> write_mask(I vector, bool masked) const noexcept {
        const auto before = word_at(mask_at(), vector);
        if (!before)
            return fail(before.error());
        const std::uint32_t bit = std::uint32_t{1} << ioview::detail::to_size(vector);
        const std::uint32_t word = masked ? *before | bit : *before & ~bit;
        if (auto done = put<std::uint32_t>(mask_at(), word); !done)
            return done;
        const auto after = word_at(mask_at(), vector);
        return after ? Result<>{} : fail(after.error());
    }

    View cfg_;
    std::uint16_t offset_;
    MsiControl control_;
};

// The capability at `offset`, of id 0x05 in a list of capabilities. out_of_bounds when it does not
// lie within configuration space, invalid_argument when it is another or says more than 32 vectors,
// no_device when nothing answers.
template <ConfigView V>
[[nodiscard]] constexpr auto msi_of(const V& io, std::uint16_t offset) noexcept {
    static_assert(detail::may_write<V>());
    const auto cfg = io.as_view();
    using Vectors = MsiVectors<ioview::detail::ViewIn<V>>;
    const auto id = cfg.template try_read<std::uint8_t>(offset);
    const auto raw = ioview::check_present(
        cfg.template try_read<std::uint16_t>(std::size_t{offset} + 2)); // with the id: first errors
    if (!id || !raw)
        return Result<Vectors>{fail(id ? raw.error() : id.error())};
    const auto control = MsiControl::from_raw(*raw);
    if (*id != Msi32::id || control.multiple_message_capable() > 5)
        return Result<Vectors>{fail(Error::invalid_argument)};
    const std::size_t bytes =
        (control.is_64_bit() ? 0x10u : 0xcu) + (control.per_vector_masking() ? 8u : 0u);
    if (!ioview::detail::fits(offset, bytes, cfg.size_bytes()))
        return Result<Vectors>{fail(Error::out_of_bounds)};
    return Result<Vectors>{Vectors{cfg, offset, control}};
}

} // namespace ioview::pci
