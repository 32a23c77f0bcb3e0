// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The PCI host bridge of Freescale's e500 parts (MPC8544E reference manual, PCI bus interface): a
// mechanism for configuration space of one's own, and the windows between CPU and bus. Its
// registers are big-endian, what is behind its data register is little-endian.
//
//   const e500_pci::Bridge bridge{io::Mmio<e500_pci::Registers>::from_raw(raw)};
//   auto opened = bridge.open(0xc000'0000, 0x1000'0000, 0x1000'0000);
//   auto function = bridge.function({.device = 1});

#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/pci.hpp>
#include <ioview/register.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace e500_pci {

namespace io = ioview;

struct Registers : io::Region<0x1000> {};
using Word = io::be<std::uint32_t>;

struct ConfigAddress : io::Register<ConfigAddress, Word, io::fixed<0x000, Registers>> {
    IO_FIELDS(bit(31, enable),
              bits(23, 16, bus),
              bits(15, 11, device),
              bits(10, 8, function),
              unshifted(7, 2, offset));
};
inline constexpr std::size_t config_data = 0x004;

// Outbound window 1, addresses in units of 4 KiB; what the CPU asks at base goes to
// target.
struct OutTarget : io::Register<OutTarget, Word, io::fixed<0xc20, Registers>> {
    IO_FIELDS(bits(19, 0, address));
};
struct OutBase : io::Register<OutBase, Word, io::fixed<0xc28, Registers>> {
    IO_FIELDS(bits(19, 0, address));
};
struct OutAttributes : io::Register<OutAttributes, Word, io::fixed<0xc30, Registers>> {
    IO_FIELDS(bit(31, enable),
              bits(19, 16, read),  // 4: memory
              bits(15, 12, write), // 4: memory
              bits(5, 0, size));   // 2 << this
};
// Inbound window 1; what devices ask at base goes to target.
struct InTarget : io::Register<InTarget, Word, io::fixed<0xde0, Registers>> {
    IO_FIELDS(bits(19, 0, address));
};
struct InBase : io::Register<InBase, Word, io::fixed<0xde8, Registers>> {
    IO_FIELDS(bits(19, 0, address));
};
struct InAttributes : io::Register<InAttributes, Word, io::fixed<0xdf0, Registers>> {
    IO_FIELDS(bit(31, enable),
              bits(23, 20, target), // 15: memory of this machine
              bits(19, 16, read),   // 5: memory, and caches know
              bits(15, 12, write),  // 5
              bits(5, 0, size));
};

template <io::IoOf<Registers> View>
class Bridge {
public:
    // One function. Reads of what is not there give all ones, and no error.
    class Function {
    public:
        template <std::unsigned_integral W>
        [[nodiscard]] constexpr io::Result<W> read(std::uint16_t offset) const noexcept {
            if (auto chosen = choose(offset, sizeof(W)); !chosen)
                return io::fail(chosen.error());
            return view_.template try_read<W>(config_data + offset % 4);
        }
        template <std::unsigned_integral W>
        constexpr io::Result<> write(std::uint16_t offset, W value) const noexcept {
            if (auto chosen = choose(offset, sizeof(W)); !chosen)
                return chosen;
            return view_.template try_write<W>(config_data + offset % 4, value);
        }
        [[nodiscard]] static constexpr std::size_t size() noexcept { return 256; }

    private:
        friend Bridge;
        constexpr Function(View view, ConfigAddress address) noexcept
            : view_(view), address_(address) {}
        constexpr io::Result<> choose(std::uint16_t offset, std::size_t bytes) const noexcept {
            if (offset + bytes > size())
                return io::fail(io::Error::out_of_bounds);
            if (offset % bytes != 0)
                return io::fail(io::Error::misaligned);
            view_.write(address_.with_offset(io::InPlace<std::uint32_t, 7, 2>::masked(offset)));
            return {};
        }
        View view_;
        ConfigAddress address_;
    };

    constexpr explicit Bridge(View view) noexcept : view_(view) {}

    // invalid_argument for a device past 31 or a function past 7; out_of_bounds for a segment other
    // than 0. Makes no access.
    [[nodiscard]] constexpr io::Result<Function>
    function(const io::pci::Address& address) const noexcept {
        if (!address.valid())
            return io::fail(io::Error::invalid_argument);
        if (address.segment != 0)
            return io::fail(io::Error::out_of_bounds);
        using io::Bounded;
        return Function{view_,
                        ConfigAddress{}
                            .with_enable(true)
                            .with_bus(address.bus)
                            .with_device(Bounded<std::uint32_t, 5>::masked(address.device))
                            .with_function(Bounded<std::uint32_t, 3>::masked(address.function))};
    }

    // The CPU reaches `bytes` of PCI memory from bus address `window` on at the same address of its
    // own, and devices so many bytes of RAM from 0 on. invalid_argument, and nothing is written,
    // for a size that is no power of two of 4 KiB or more, or a window that does not begin at a
    // multiple of its size.
    [[nodiscard]] constexpr io::Result<>
    open(std::uint32_t window, std::uint32_t bytes, std::uint32_t ram_bytes) const noexcept {
        const auto is_size = [](std::uint32_t n) { return n >= 0x1000 && std::has_single_bit(n); };
        if (!is_size(bytes) || !is_size(ram_bytes) || window % bytes != 0)
            return io::fail(io::Error::invalid_argument);
        const auto page = Page::masked(window >> 12);
        view_.write(OutTarget{}.with_address(page));
        view_.write(OutBase{}.with_address(page));
        view_.write(
            OutAttributes{}.with_enable(true).with_read(4).with_write(4).with_size(size_of(bytes)));
        view_.write(InTarget{});
        view_.write(InBase{});
        view_.write(
            InAttributes{}.with_enable(true).with_target(15).with_read(5).with_write(5).with_size(
                size_of(ram_bytes)));
        return {};
    }

private:
    using Page = io::Bounded<std::uint32_t, 20>;
    static constexpr io::Bounded<std::uint32_t, 6> size_of(std::uint32_t bytes) noexcept {
        const auto exponent = static_cast<std::uint32_t>(std::countr_zero(bytes));
        return io::Bounded<std::uint32_t, 6>::masked(exponent - 1);
    }
    View view_;
};

} // namespace e500_pci
