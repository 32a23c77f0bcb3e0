// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The capability lists of a function, as ranges that end, whatever the function says.
//
//   for (auto found : io::pci::capabilities(cfg)) {
//       if (!found) return io::fail(found.error());
//       if (found->id == 0x11) { auto msix = cfg.try_subview<io::pci::Msix>(found->offset); … }
//   }

#include <ioview/backend/config_space.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/refused_functions.hpp> // IWYU pragma: keep
#include <ioview/presence.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::pci {

// One capability. The version is that of an extended one.
struct Capability {
    std::uint16_t id = 0;
    std::uint16_t offset = 0; // of its header, in bytes into configuration space
    std::uint8_t version = 0;

    friend constexpr bool operator==(const Capability&, const Capability&) noexcept = default;
};

// A view of configuration space from its start on.
template <class V>
concept ConfigView = IoBase<V> && RegionTarget<typename V::Target> &&
                     min_size_of<typename V::Target> >= min_size_of<Normal>;

// no_device when nothing answers any more: the command, whose upper bits are reserved, reads as all
// ones then. (The vendor would not do: that of a virtual function reads so, too.)
template <ConfigView V>
[[nodiscard]] constexpr Result<> check_present(const V& io) noexcept {
    const auto cfg = io.as_view();
    const auto command = ioview::check_present(cfg.template try_read<std::uint16_t>(0x04));
    if (!command)
        return fail(command.error());
    return {};
}

// Walks a list once, from its start: one read a step. Of a list that is not sound, the sound
// beginning is followed by one Error, and that is the end:
//
//   out_of_bounds     a pointer into the header (for extended ones, below 0x100) or past the end
//   invalid_argument  a capability that was there before: the list is a loop
//   no_device         a header of all ones: nothing answers any more
//   others            what the mechanism reported
//
// The low two bits of a pointer are reserved, and masked: PCI 3.0, 6.7.
template <ConfigView View, std::uint16_t First, std::uint16_t End>
class CapabilityList {
public:
    using Item = Result<Capability>;
    // Each capability has 4 bytes at least.
    static constexpr std::size_t greatest_count = (End - First) / 4;

    // What begin() is compared with.
    struct Sentinel {};
    class Iterator {
    public:
        [[nodiscard]] constexpr const Item& operator*() const noexcept { return list_->item_; }
        [[nodiscard]] constexpr const Item* operator->() const noexcept { return &list_->item_; }
        constexpr Iterator& operator++() noexcept {
            list_->step();
            return *this;
        }
        [[nodiscard]] constexpr bool operator==(Sentinel) const noexcept { return list_->done_; }

    private:
        friend CapabilityList;
        constexpr explicit Iterator(CapabilityList* list) noexcept : list_(list) {}
        CapabilityList* list_;
    };

    // pointer: where the first capability is, as the function says, or 0.
    constexpr CapabilityList(View view, Result<std::uint16_t> pointer) noexcept
        : view_(view), next_(pointer.value_or(0)) {
        if (pointer)
            step();
        else
            end_with(pointer.error());
    }

    // The list is read as it is gone through, once.
    [[nodiscard]] constexpr Iterator begin() & noexcept { return Iterator(this); }
    void begin() const&& IOVIEW_REFUSED(
        "ioview: the iterator would outlive its list; give the list a name");
    [[nodiscard]] constexpr Sentinel end() const noexcept { return {}; }

private:
    constexpr void step() noexcept {
        const auto offset = static_cast<std::uint16_t>(next_ & ~3u);
        if (offset == 0 || failed_) {
            done_ = true;
            return;
        }
        if (offset < First || offset >= End)
            return end_with(Error::out_of_bounds);
        if (was_at(offset))
            return end_with(Error::invalid_argument);
        if constexpr (End <= 0x100) {
            const auto header =
                ioview::check_present(view_.template try_read<std::uint16_t>(offset));
            if (!header)
                return end_with(header.error());
            item_ = Capability{static_cast<std::uint16_t>(*header & 0xff), offset, 0};
            next_ = static_cast<std::uint16_t>(*header >> 8);
        } else {
            const auto header = view_.template try_read<std::uint32_t>(offset);
            if (says_none(header) || (offset == First && is_absent(header))) {
                done_ = true;
                return;
            }
            if (!ioview::check_present(header))
                return end_with(header ? Error::no_device : header.error());
            item_ = Capability{static_cast<std::uint16_t>(*header & 0xffff),
                               offset,
                               static_cast<std::uint8_t>(*header >> 16 & 0xf)};
            next_ = static_cast<std::uint16_t>(*header >> 20);
        }
    }

    // No capability: PCIe 5.0, 7.6.1 has id 0 for it, and 0xffff.
    static constexpr bool says_none(const Result<std::uint32_t>& header) noexcept {
        return header && (*header == 0 || *header == 0xffff);
    }
    // Whether there is nothing at 0x100: behind ECAM, a function of conventional PCI gives all ones
    // there, or its first 256 bytes over and over; a mechanism may end at 256.
    constexpr bool is_absent(const Result<std::uint32_t>& header) const noexcept {
        if (!header)
            return header.error() == Error::out_of_bounds;
        if (is_gone(*header))
            return pci::check_present(view_).has_value();
        // ids of capabilities are small, those of vendors are not
        return (*header & 0xffff) >= 0x100 && view_.template try_read<std::uint32_t>(0) == *header;
    }

    constexpr void end_with(Error error) noexcept {
        item_ = fail(error);
        failed_ = true;
    }

    // Notes the offset; whether it was noted before.
    constexpr bool was_at(std::uint16_t offset) noexcept {
        const std::size_t place = static_cast<std::size_t>(offset - First) / 4;
        const auto bit = static_cast<std::uint32_t>(1u << place % 32);
        const bool seen = (seen_[place / 32] & bit) != 0;
        seen_[place / 32] |= bit;
        return seen;
    }

    View view_;
    Item item_ = Capability{};
    std::uint32_t seen_[(greatest_count + 31) / 32]{};
    std::uint16_t next_;
    bool failed_ = false;
    bool done_ = false;
};

// Those of the first 256 bytes, and the extended ones behind them.
template <ConfigView View>
using StandardCapabilities = CapabilityList<View, 0x40, 0x100>;
template <ConfigView View>
using ExtendedCapabilities = CapabilityList<View, 0x100, 0x1000>;

// The capabilities of a function: PCI 3.0, 6.7. Empty when its status says that it has none;
// unsupported when the header has an unknown layout.
template <ConfigView V>
[[nodiscard]] constexpr auto capabilities(const V& io) noexcept {
    const auto cfg = io.as_view();
    const auto pointer = [&]() -> Result<std::uint16_t> {
        const auto status = cfg.template try_read<std::uint16_t>(0x06);
        if (!status)
            return fail(status.error());
        if ((*status & 0x10) == 0)
            return std::uint16_t{0};
        const auto layout = cfg.template try_read<std::uint8_t>(0x0e);
        if (!layout)
            return fail(layout.error());
        if ((*layout & 0x7f) > 2)
            return fail(*layout == 0xff ? Error::no_device : Error::unsupported);
        const bool is_cardbus = (*layout & 0x7f) == 2;
        const auto first = cfg.template try_read<std::uint8_t>(is_cardbus ? 0x14 : 0x34);
        if (!first)
            return fail(first.error());
        return std::uint16_t{*first};
    };
    return StandardCapabilities<ioview::detail::ViewIn<V>>{cfg, pointer()};
}

// The extended capabilities of a PCI Express function: PCIe 5.0, 7.6. They start at 0x100.
template <ConfigView V>
    requires(min_size_of<typename V::Target> >= min_size_of<Extended>)
[[nodiscard]] constexpr auto extended_capabilities(const V& io) noexcept {
    return ExtendedCapabilities<ioview::detail::ViewIn<V>>{io.as_view(), std::uint16_t{0x100}};
}

template <ConfigView V>
    requires(min_size_of<typename V::Target> < min_size_of<Extended>)
void extended_capabilities(const V&)
    IOVIEW_REFUSED("ioview: extended capabilities lie past 256 bytes; view pci::Extended");

// The first capability of list with that id; unsupported when there is none, or the error that the
// list ends with before it.
template <ConfigView View, std::uint16_t First, std::uint16_t End>
[[nodiscard]] constexpr Result<Capability> find(CapabilityList<View, First, End> list,
                                                std::uint16_t id) noexcept {
    for (const auto& found : list) {
        if (!found || found->id == id)
            return found;
    }
    return fail(Error::unsupported);
}

} // namespace ioview::pci
