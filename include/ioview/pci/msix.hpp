// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// MSI-X: the vector table and the pending bits, which are in a BAR of the function
// (PCI 3.0, 6.8.2).
//
//   const auto msix = cfg.try_subview<io::pci::Msix>(capability.offset);
//   const auto control = IO_READ(*msix, control);
//   const auto table = io::pci::msix_table(bar, control, IO_READ(*msix, table));
//   IO_UPDATE(*msix, control, [](auto c) { return c.with_enable(true).with_function_mask(true); });
//   for (std::size_t i = 0; i < table->size(); ++i)
//       if (auto done = table->set(i, address, data); !done) return done;
//   IO_UPDATE(*msix, control, [](auto c) { return c.with_function_mask(false); });
//   table->unmask(0);
//
// In this order: while the function is masked as a whole it sends nothing that somebody before has
// left in the table. set() masks the vector that it changes, and all are masked after a reset.

#include <ioview/concepts.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/refused_functions.hpp> // IWYU pragma: keep
#include <ioview/pci/registers.hpp>
#include <ioview/presence.hpp>
#include <ioview/project.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/register/in_place.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::pci {

// The vector table. Accesses are of 32 bits. Of each method: out_of_bounds for a vector that there
// is not, no_device when the function answers no more, what the medium reports; then nothing
// further was written.
template <IoOf<MsixEntry[]> Entries>
class MsixTable {
public:
    constexpr explicit MsixTable(Entries entries) noexcept : entries_(entries) {}

    // How many vectors there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return entries_.size(); }

    // What the vector sends, a multiple of 4 and the data: it is masked first, and stays so. PCI
    // leaves open what a change of an unmasked one sends. All of it has arrived on return: the last
    // access is a read. invalid_argument for another address.
    template <std::integral I>
    [[nodiscard]] constexpr Result<>
    set(I vector, std::uint64_t address, std::uint32_t data) const noexcept {
        if (address % 4 != 0)
            return fail(Error::invalid_argument);
        if (auto masked = mask(vector); !masked)
            return masked;
        const auto entry = entries_.at(vector);
        const auto low = static_cast<std::uint32_t>(address);
        const auto high = static_cast<std::uint32_t>(address >> 32);
        if (auto done = IO_PROJECT(entry, address).try_write(low); !done)
            return done;
        if (auto done = IO_PROJECT(entry, address_upper).try_write(high); !done)
            return done;
        if (auto done = IO_PROJECT(entry, data).try_write(data); !done)
            return done;
        const auto after = read_control(vector); // all of it has arrived, and at something
        return after ? Result<>{} : fail(after.error());
    }

    // On return the function sends the vector no more: the write was read back. What it wants to
    // send meanwhile is pending.
    template <std::integral I>
    [[nodiscard]] constexpr Result<> mask(I vector) const noexcept {
        return write_mask(vector, true);
    }
    // What is pending is sent now.
    template <std::integral I>
    [[nodiscard]] constexpr Result<> unmask(I vector) const noexcept {
        return write_mask(vector, false);
    }
    // Whether it is masked by itself; the whole function may be, too.
    template <std::integral I>
    [[nodiscard]] constexpr Result<bool> masked(I vector) const noexcept {
        const auto control = read_control(vector);
        if (!control)
            return fail(control.error());
        return control->masked();
    }

private:
    template <class I>
    [[nodiscard]] constexpr Result<MsixVectorControl> read_control(I vector) const noexcept {
        const auto entry = entries_.try_at(vector);
        if (!entry)
            return fail(entry.error());
        return ioview::check_present(IO_PROJECT(*entry, control).try_read());
    }
    template <class I>
    [[nodiscard]] constexpr Result<> write_mask(I vector, bool masked) const noexcept {
        const auto before = read_control(vector);
        if (!before)
            return fail(before.error());
        const auto entry = entries_.at(vector);
        if (auto done = IO_PROJECT(entry, control).try_write(before->with_masked(masked)); !done)
            return done;
        const auto after = read_control(vector);
        if (!after)
            return fail(after.error());
        return {};
    }

    Entries entries_;
};

// The table in the BAR that place.bar() names; up to 2048 vectors, as control says.
// out_of_bounds when it does not lie within the BAR, misaligned when the BAR is.
template <IoBase Bar>
    requires RegionTarget<typename Bar::Target>
[[nodiscard]] constexpr auto
msix_table(const Bar& io, MsixControl control, MsixPlace place) noexcept {
    const auto bar = io.as_view();
    const std::size_t first = place.offset();
    const std::size_t count = control.last_vector() + 1u;
    const auto entries = bar.template try_subview<MsixEntry[]>(first, count);
    using Table = MsixTable<std::remove_cvref_t<decltype(*entries)>>;
    return entries ? Result<Table>{Table{*entries}} : fail(entries.error());
}

// Whether a vector waits to be sent: its bit of the pending array, in the BAR that
// place.bar() names. out_of_bounds for a vector that the function does not have, or when the array
// does not lie within the BAR. All ones are legal here, so a function that has gone has all of them
// pending.
template <IoBase Bar, std::integral I>
    requires RegionTarget<typename Bar::Target>
[[nodiscard]] constexpr Result<bool>
msix_pending(const Bar& io, MsixControl control, MsixPlace place, I vector) noexcept {
    const auto bar = io.as_view();
    const std::size_t index = ioview::detail::to_size(vector);
    if (index > control.last_vector())
        return fail(Error::out_of_bounds);
    const std::size_t first = place.offset();
    const auto word = bar.template try_read<std::uint32_t>(first + index / 32 * 4);
    if (!word)
        return fail(word.error());
    return (*word >> index % 32 & 1) != 0;
}

} // namespace ioview::pci
