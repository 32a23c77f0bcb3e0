// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/pci.hpp>
// Part of <ioview/testing/pci.hpp>, which is the one to include.
#pragma once
// PciFunction: a simulated PCI function, in constant expressions too.
//
//   io::testing::PciFunction nic(256);
//   nic.identify(0x1af4, 0x1041, 0x02'0000).memory_bar(0, 0xfe00'0000, 0x1000);
//   nic.capability(0x40, 0x11, 12);
//   auto cfg = io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(nic);

#include <ioview/error.hpp>
#include <ioview/region.hpp>
#include <ioview/testing/garbage.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

// The configuration space of one function. Everything outside the standard header starts as
// garbage; every bit is read only until it is made writable or write-one-to-clear. Models
// ConfigFunction.
class PciFunction {
public:
    static constexpr bool ordered = true;

    // size: 256 or 4096. A header of layout 0 without identity, BARs and capabilities.
    constexpr explicit PciFunction(std::size_t size = 256,
                                   std::uint64_t seed = default_seed) noexcept
        : size_(size) {
        Garbage garbage{seed};
        for (std::size_t i = 0x40; i < size; ++i)
            bytes_[i] = garbage.next_byte();
        writable(0x04, 0x077f, 2).clears(0x06, 0xf900, 2);
        writable(0x0c, 0xffff, 2).writable(0x3c, 0xff, 1);
        if (size > 0x100)
            put(0x100, 0, 4); // no extended capability
    }
    PciFunction(const PciFunction&) = delete;
    PciFunction& operator=(const PciFunction&) = delete;

    // ---- what the function is, behind the back of its driver ----

    // The low `bytes` bytes of value at offset.
    constexpr PciFunction&
    put(std::size_t offset, std::uint32_t value, std::size_t bytes) noexcept {
        for (std::size_t i = 0; i < bytes; ++i)
            bytes_[offset + i] = byte_of(value, i);
        return *this;
    }
    // Bits that a write replaces.
    constexpr PciFunction&
    writable(std::size_t offset, std::uint32_t mask, std::size_t bytes = 4) noexcept {
        for (std::size_t i = 0; i < bytes; ++i)
            writable_[offset + i] = byte_of(mask, i);
        return *this;
    }
    // Bits that a written one clears.
    constexpr PciFunction&
    clears(std::size_t offset, std::uint32_t mask, std::size_t bytes = 4) noexcept {
        for (std::size_t i = 0; i < bytes; ++i)
            clears_[offset + i] = byte_of(mask, i);
        return *this;
    }

    // Its identity: vendor and device id, class code of 24 bits, revision.
    constexpr PciFunction& identify(std::uint16_t vendor,
                                    std::uint16_t device,
                                    std::uint32_t class_code,
                                    std::uint8_t revision = 0) noexcept {
        return put(0x00, vendor, 2).put(0x02, device, 2).put(0x08, class_code << 8 | revision, 4);
    }
    // Layout 1. Its buses and windows are for put(); the registers of windows are writable.
    constexpr PciFunction&
    bridge(std::uint8_t primary, std::uint8_t secondary, std::uint8_t subordinate) noexcept {
        put(0x0e, 1, 1).put(0x18, primary, 1).put(0x19, secondary, 1).put(0x1a, subordinate, 1);
        writable(0x18, 0xffff'ffff).writable(0x1c, 0xf0f0, 2).writable(0x20, 0xfff0'fff0);
        return clears(0x1e, 0xf900, 2).writable(0x24, 0xfff0'fff0).writable(0x3e, 0x0bff, 2);
    }
    // An expansion ROM that answers sizing, of a device or, after bridge(), of a bridge. Its enable
    // bit is writable, and off unless the address has bit 0.
    constexpr PciFunction& rom(std::uint32_t address, std::uint32_t size) noexcept {
        return put(rom_at(), address, 4).writable(rom_at(), (~(size - 1) & ~0x7ffu) | 1);
    }
    constexpr PciFunction& multi_function() noexcept { return put(0x0e, bytes_[0x0e] | 0x80u, 1); }

    // Base address registers that answer sizing. Sizes are powers of two.
    constexpr PciFunction& io_bar(unsigned index, std::uint32_t port, std::uint32_t size) noexcept {
        return put(0x10 + 4 * index, port | 1, 4).writable(0x10 + 4 * index, ~(size - 1) & ~3u);
    }
    constexpr PciFunction& memory_bar(unsigned index,
                                      std::uint32_t address,
                                      std::uint32_t size,
                                      bool prefetchable = false) noexcept {
        return put(0x10 + 4 * index, address | (prefetchable ? 8u : 0u), 4)
            .writable(0x10 + 4 * index, ~(size - 1) & ~0xfu);
    }
    constexpr PciFunction& memory64_bar(unsigned index,
                                        std::uint64_t address,
                                        std::uint64_t size,
                                        bool prefetchable = false) noexcept {
        const std::uint64_t mask = ~(size - 1) & ~std::uint64_t{0xf};
        const std::size_t at = 0x10 + 4 * index;
        put(at, static_cast<std::uint32_t>(address) | (prefetchable ? 0xcu : 4u), 4);
        put(at + 4, static_cast<std::uint32_t>(address >> 32), 4);
        writable(at, static_cast<std::uint32_t>(mask));
        return writable(at + 4, static_cast<std::uint32_t>(mask >> 32));
    }

    // What the reserved low two bits of capability pointers read as, from here on. PCI 3.0, 6.7:
    // software masks them.
    constexpr PciFunction& pointer_bits(unsigned bits) noexcept {
        pointer_bits_ = bits & 3;
        return *this;
    }
    // A capability of `bytes` bytes at offset, zero after its header, at the end of the list.
    constexpr PciFunction&
    capability(std::size_t offset, std::uint8_t id, std::size_t bytes = 4) noexcept {
        for (std::size_t i = 0; i < bytes; ++i)
            bytes_[offset + i] = 0;
        bytes_[offset] = id;
        bytes_[last_pointer_] = static_cast<unsigned char>(offset | pointer_bits_);
        last_pointer_ = offset + 1;
        bytes_[0x06] |= 0x10;
        return *this;
    }
    // The same in the extended list, which starts at 0x100.
    constexpr PciFunction& extended_capability(std::size_t offset,
                                               std::uint16_t id,
                                               std::uint8_t version,
                                               std::size_t bytes = 4) noexcept {
        put(offset, 0, 4);
        for (std::size_t i = 4; i < bytes; ++i)
            bytes_[offset + i] = 0;
        put(offset, std::uint32_t{id} | static_cast<std::uint32_t>(version) << 16, 4);
        if (last_extended_ != 0) {
            bytes_[last_extended_ + 2] = static_cast<unsigned char>(
                bytes_[last_extended_ + 2] | ((offset & 0xf) | pointer_bits_) << 4);
            bytes_[last_extended_ + 3] = static_cast<unsigned char>(offset >> 4);
        }
        last_extended_ = offset;
        return *this;
    }

    // ---- what goes wrong ----

    // Every access to that word fails from now on.
    constexpr void fail_at(std::size_t offset, Error error) noexcept {
        failing_word_ = offset / 4;
        error_ = error;
    }
    // After so many more accesses, each one fails.
    constexpr void fail_after(unsigned accesses, Error error) noexcept {
        good_accesses_ = accesses;
        counts_ = true;
        error_ = error;
    }
    // The function is pulled out: a host whose bridge does not tell reads all ones.
    constexpr void unplug() noexcept { is_gone_ = true; }
    // The same after so many more accesses.
    constexpr void unplug_after(unsigned accesses) noexcept {
        accesses_to_live_ = accesses;
        unplugs_ = true;
    }

    // How often a write has changed a base address that the function was decoding. Hardware takes
    // such a write, and answers in the meantime to addresses that belong to others.
    [[nodiscard]] constexpr unsigned moved_while_decoding() const noexcept { return moved_; }

    // ---- ConfigFunction ----

    // What is asked of a ConfigFunction: one access, or out_of_bounds or misaligned.
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] constexpr Result<W> read(std::uint16_t offset) const noexcept {
        if (auto fault = fault_at(offset, sizeof(W)); fault != Error{})
            return fail(fault);
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < sizeof(W); ++i)
            word |= static_cast<std::uint32_t>(is_gone_ ? 0xff : bytes_[offset + i]) << 8 * i;
        return static_cast<W>(word);
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] constexpr Result<> write(std::uint16_t offset, W value) const noexcept {
        if (auto fault = fault_at(offset, sizeof(W)); fault != Error{})
            return fail(fault);
        if (is_gone_)
            return {};
        const bool decodes = decodes_at(offset);
        bool moves = false;
        for (std::size_t i = 0; i < sizeof(W); ++i) {
            const unsigned old = bytes_[offset + i];
            const unsigned word = byte_of(value, i);
            const unsigned mask = writable_[offset + i];
            const unsigned now = ((old & ~mask) | (word & mask)) & ~(word & clears_[offset + i]);
            // the enable bit of a ROM moves nothing
            moves = moves || (now != old && offset + i != rom_at());
            self_->bytes_[offset + i] = static_cast<unsigned char>(now);
        }
        if (decodes && moves)
            ++self_->moved_;
        return {};
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }

private:
    static constexpr unsigned char byte_of(std::uint32_t value, std::size_t i) noexcept {
        return static_cast<unsigned char>(value >> 8 * i & 0xff);
    }
    constexpr std::size_t rom_at() const noexcept {
        return (bytes_[0x0e] & 0x7f) == 1 ? 0x38 : 0x30;
    }
    // Whether offset is in a base address register that the function decodes at present.
    constexpr bool decodes_at(std::size_t offset) const noexcept {
        const bool memory = (bytes_[0x04] & 2) != 0;
        const std::size_t rom = rom_at();
        if (offset / 4 == rom / 4)
            return memory && (bytes_[rom] & 1) != 0;
        const std::size_t end = rom == 0x38 ? 0x18 : 0x28;
        for (std::size_t at = 0x10; at < end;) {
            const std::size_t next = at + ((bytes_[at] & 7) == 4 ? 8 : 4);
            if (at <= offset && offset < next)
                return (bytes_[at] & 1) != 0 ? (bytes_[0x04] & 1) != 0 : memory;
            at = next;
        }
        return false;
    }
    constexpr Error fault_at(std::uint16_t offset, std::size_t bytes) const noexcept {
        if (!ioview::detail::fits(offset, bytes, size_))
            return Error::out_of_bounds;
        if (offset % bytes != 0)
            return Error::misaligned;
        if (offset / 4u == failing_word_)
            return error_;
        if (counts_) {
            if (good_accesses_ == 0)
                return error_;
            --self_->good_accesses_;
        }
        if (unplugs_) {
            if (accesses_to_live_ == 0)
                self_->is_gone_ = true;
            else
                --self_->accesses_to_live_;
        }
        return Error{};
    }

    // A mechanism is const, and what is behind it changes all the same. (g++ 12 takes mutable
    // members for no part of a constant expression.)
    PciFunction* self_ = this;
    unsigned char bytes_[4'096]{};
    unsigned char writable_[4'096]{};
    unsigned char clears_[4'096]{};
    std::size_t size_;
    std::size_t last_pointer_ = 0x34;
    std::size_t last_extended_ = 0;
    std::size_t failing_word_ = static_cast<std::size_t>(-1);
    unsigned good_accesses_ = 0;
    unsigned accesses_to_live_ = 0;
    unsigned pointer_bits_ = 0;
    unsigned moved_ = 0;
    bool counts_ = false;
    bool unplugs_ = false;
    bool is_gone_ = false;
    Error error_{};
};

} // namespace ioview::testing
