// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// set_up_msix: a function's MSI-X vectors filled in and switched on, in the one order that sends
// nothing unasked (PCI 3.0, 6.8.2). The table itself is in pci/msix.hpp.
//
//   const auto at = io::pci::msix_layout(cfg, capability.offset);   // capability.id == 0x11
//   // … the BAR number at->table.bar() mapped …
//   const io::pci::MsixMessage messages[] = {{address, 0x41}, {address, 0x42}};
//   const auto table = io::pci::set_up_msix(cfg, *at, bar, messages);
//   table->unmask(0);

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/msix.hpp>
#include <ioview/pci/registers.hpp>
#include <ioview/pci/writable.hpp>
#include <ioview/presence.hpp>
#include <ioview/region.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/span.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::pci {

// What the capability says: how many vectors there are, and in which BARs its table and its pending
// bits lie. For msix_pending of pci/msix.hpp, too.
struct MsixLayout {
    std::uint16_t offset = 0; // of the capability
    MsixControl control;      // as it was read
    MsixPlace table;
    MsixPlace pending;

    // Vectors: 1 to 2048.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return control.last_vector() + 1u; }
};

// What a vector sends: a multiple of 4, and the data.
struct MsixMessage {
    std::uint64_t address = 0;
    std::uint32_t data = 0;
};

namespace detail {

template <class View>
[[nodiscard]] constexpr Result<MsixControl> msix_control(View cfg, std::uint16_t offset) noexcept {
    // not all ones: bits 13 to 11 are reserved
    return ioview::check_present(cfg.template try_read<std::uint16_t>(std::size_t{offset} + 2))
        .transform([](std::uint16_t raw) { return MsixControl::from_raw(raw); });
}

// Writes both switches, and reads them back: what is written has arrived on return.
template <class View>
[[nodiscard]] constexpr Result<>
switch_msix(View cfg, std::uint16_t offset, bool enable, bool function_mask) noexcept {
    const auto control = msix_control(cfg, offset);
    if (!control)
        return fail(control.error());
    const auto next = control->with_enable(enable).with_function_mask(function_mask);
    if (auto done = cfg.template try_write<std::uint16_t>(std::size_t{offset} + 2, next.raw());
        !done)
        return done;
    return msix_control(cfg, offset).transform([](MsixControl) {});
}

template <class Table>
[[nodiscard]] constexpr Result<> fill_msix(const Table& table,
                                           Span<const MsixMessage> messages) noexcept {
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto done = i < messages.size() ? table.set(i, messages[i].address, messages[i].data)
                                              : table.mask(i);
        if (!done)
            return done;
    }
    return {};
}

} // namespace detail

// Reads the capability at `offset`, of id 0x11 in a list of capabilities. out_of_bounds when it
// does not lie within configuration space, invalid_argument when it is another or names a BAR that
// no function has, no_device when nothing answers.
template <ConfigView V>
[[nodiscard]] constexpr Result<MsixLayout> msix_layout(const V& io, std::uint16_t offset) noexcept {
    const auto cfg = io.as_view();
    if (!ioview::detail::fits(offset, sizeof(Msix), cfg.size_bytes()))
        return fail(Error::out_of_bounds);
    const auto id = cfg.template try_read<std::uint8_t>(offset);
    if (!id)
        return fail(id.error());
    const auto control = detail::msix_control(cfg, offset);
    if (!control)
        return fail(control.error());
    if (*id != Msix::id)
        return fail(Error::invalid_argument);
    const auto table = cfg.template try_read<std::uint32_t>(std::size_t{offset} + 4);
    const auto pending = cfg.template try_read<std::uint32_t>(std::size_t{offset} + 8);
    if (!table || !pending)
        return fail(table ? pending.error() : table.error());
    if (auto present = check_present(cfg); !present)
        return fail(present.error());
    const MsixLayout layout{
        offset, *control, MsixPlace::from_raw(*table), MsixPlace::from_raw(*pending)};
    if (layout.table.bar() > 5 || layout.pending.bar() > 5)
        return fail(Error::invalid_argument);
    return layout;
}

// Says what vectors 0, 1, … send, masks all further ones, and switches MSI-X on; the outcome is the
// table, in the BAR number at.table.bar(), for which `bar` stands. Each vector is masked until its
// driver unmasks it, and while the table is filled the function is masked as a whole, so that
// nothing that somebody before has left in it is sent. out_of_bounds for more messages than there
// are vectors, or a table that does not lie within the BAR: without an access. invalid_argument for
// an address that is no multiple of 4, and what a method of the table reports: then MSI-X is off.
template <ConfigView V, IoBase Bar>
    requires RegionTarget<typename Bar::Target>
[[nodiscard]] constexpr auto set_up_msix(const V& io,
                                         const MsixLayout& at,
                                         const Bar& bar,
                                         Span<const MsixMessage> messages) noexcept {
    static_assert(detail::may_write<V>());
    const auto cfg = io.as_view();
    const auto table = msix_table(bar, at.control, at.table);
    using Outcome = std::remove_const_t<decltype(table)>;
    if (!table)
        return table;
    if (messages.size() > table->size())
        return Outcome{fail(Error::out_of_bounds)};
    auto done = detail::switch_msix(cfg, at.offset, true, true);
    if (done)
        done = detail::fill_msix(*table, messages);
    if (done)
        done = detail::switch_msix(cfg, at.offset, true, false);
    if (done)
        return table;
    static_cast<void>(detail::switch_msix(cfg, at.offset, false, false));
    return Outcome{fail(done.error())};
}

// Off again: on return the function sends no vector any more.
template <ConfigView V>
[[nodiscard]] constexpr Result<> stop_msix(const V& io, const MsixLayout& at) noexcept {
    static_assert(detail::may_write<V>());
    return detail::switch_msix(io.as_view(), at.offset, false, false);
}

} // namespace ioview::pci
