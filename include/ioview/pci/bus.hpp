// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Finding functions: which answer on a bus, and on the buses behind its bridges.
//
//   auto done = io::pci::for_each_function(
//       ecam, {}, [](io::pci::Address at, const auto& function) { … });

#include <ioview/error.hpp>
#include <ioview/pci/address.hpp>
#include <ioview/presence.hpp>

#include <cstdint>

namespace ioview::pci {

// Where a walk starts.
struct FirstBus {
    std::uint32_t segment = 0;
    std::uint8_t bus = 0;
};

namespace detail {

// Visits the functions of one device; marks the buses behind bridges.
template <class Host, class F>
[[nodiscard]] constexpr Result<bool>
visit_device(const Host& host, Address at, F& f, bool (&behind)[256]) noexcept {
    bool all_ready = true;
    unsigned count = 1;
    for (unsigned number = 0; number < count; ++number) {
        at.function = static_cast<std::uint8_t>(number);
        const auto function = host.function(at);
        if (!function)
            return fail(function.error());
        const auto vendor = function->template read<std::uint16_t>(0x00);
        if (!vendor)
            return fail(vendor.error());
        if (is_gone(*vendor)) {
            if (number == 0)
                count = 8; // function 0 may be hidden
            continue;
        }
        if (*vendor == 0x0001) {
            all_ready = false;
            continue;
        }
        const auto type = function->template read<std::uint8_t>(0x0e);
        if (!type)
            return fail(type.error());
        if (is_gone(*type)) // pulled out meanwhile: no layout is 0x7f
            continue;
        if ((*type & 0x80) != 0)
            count = 8;
        if ((*type & 0x7f) == 1) {
            const auto secondary = function->template read<std::uint8_t>(0x19);
            if (!secondary)
                return fail(secondary.error());
            behind[*secondary] = true;
        }
        f(static_cast<const Address&>(at), *function);
    }
    return all_ready;
}

} // namespace detail

// Calls f(Address, const Function&) for every function that answers on the first bus and on the
// buses behind its bridges, in order of bus, device and function. Host is an Ecam, ConfigPorts or
// anything with function(Address) -> Result<ConfigFunction>. Functions 1 to 7 of a device are
// looked for when its function 0 says that it has several, or does not answer: firmware hides some,
// and hypervisors pass single functions on. A bus that a bridge puts before or at
// its own is not followed, so that no numbering, however wrong, makes the walk longer than 256
// buses. busy, after all others were visited, when a function put its first answer off (vendor
// 0x0001: PCIe 5.0, 2.3.2); an error of a mechanism or of the host ends the walk.
template <class Host, class F>
[[nodiscard]] constexpr Result<>
for_each_function(const Host& host, FirstBus first, F&& f) noexcept {
    bool wanted[256]{};
    bool all_ready = true;
    wanted[first.bus] = true;
    for (unsigned bus = first.bus; bus < 256; ++bus) {
        if (!wanted[bus])
            continue;
        for (unsigned device = 0; device < 32; ++device) {
            const auto ready = detail::visit_device(host,
                                                    Address{first.segment,
                                                            static_cast<std::uint8_t>(bus),
                                                            static_cast<std::uint8_t>(device),
                                                            0},
                                                    f,
                                                    wanted);
            if (!ready)
                return fail(ready.error());
            all_ready = all_ready && *ready;
        }
    }
    if (!all_ready)
        return fail(Error::busy);
    return {};
}

} // namespace ioview::pci
