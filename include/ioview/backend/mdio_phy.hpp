// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// MdioPhy: one PHY on MDIO, as a bus whose registers a view is of (backend/bus.hpp).
//
//   io::MdioPhy phy{mdio, 1};
//   auto regs = io::on_bus<MiiRegisters, io::mdio_format>(phy);

#include <ioview/backend/bus.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/span.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview {

// One PHY of an MDIO bus as clause 22 of IEEE 802.3 has it: 32 registers of 16 bits, by a bus with
// Result<std::uint16_t> read(phy, number) and Result<> write(phy, number, value).
inline constexpr BusFormat mdio_format{.address_bits = 5, .register_bytes = 2, .increments = false};

template <class Mdio>
class MdioPhy {
public:
    // phy: 0 to 31. Keeps a pointer to the bus.
    constexpr MdioPhy(Mdio& bus, unsigned phy) noexcept : bus_(&bus), phy_(phy) {
        if (phy > 31)
            panic("ioview: MdioPhy: an MDIO bus has PHYs 0 to 31");
    }
    MdioPhy(const Mdio&& mdio, unsigned)
        IOVIEW_REFUSED_OF(mdio, "ioview: the bus would end before its PHY; name it");

    // invalid_argument for what mdio_format does not make.
    [[nodiscard]] constexpr Result<> read(Span<const std::byte> address,
                                          Span<std::byte> to) noexcept {
        if (address.size() != 1 || to.size() != 2)
            return fail(Error::invalid_argument);
        const Result<std::uint16_t> word =
            bus_->read(phy_, std::to_integer<unsigned>(address.data()[0]));
        if (!word)
            return fail(word.error());
        to.data()[0] = static_cast<std::byte>(*word >> 8);
        to.data()[1] = static_cast<std::byte>(*word & 0xff);
        return {};
    }
    [[nodiscard]] constexpr Result<> write(Span<const std::byte> address,
                                           Span<const std::byte> from) noexcept {
        if (address.size() != 1 || from.size() != 2)
            return fail(Error::invalid_argument);
        const unsigned word = std::to_integer<unsigned>(from.data()[0]) << 8 |
                              std::to_integer<unsigned>(from.data()[1]);
        return bus_->write(
            phy_, std::to_integer<unsigned>(address.data()[0]), static_cast<std::uint16_t>(word));
    }

private:
    Mdio* bus_;
    unsigned phy_;
};

} // namespace ioview
