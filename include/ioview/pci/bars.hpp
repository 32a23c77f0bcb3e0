// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Base address registers decoded: which kind of space, where, and on request how large.
//
//   auto bar = io::pci::read_bar(cfg, 0);         // reads only; the size stays unknown
//   auto bars = io::pci::size_bars(cfg);          // writes: no driver may be using the function

#include <ioview/error.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/refused_functions.hpp> // IWYU pragma: keep
#include <ioview/presence.hpp>

#include <cstdint>

namespace ioview::pci {

// What a base address register decodes: PCI 3.0, 6.2.5.1.
enum class BarKind : std::uint8_t { none, io, memory32, memory_below_1m, memory64 };

// One base address register, or two of them for memory64.
struct BarInfo {
    BarKind kind = BarKind::none; // none: all bits are zero, or all are ones
    bool prefetchable = false;
    std::uint64_t address = 0; // on the bus; a CPU may see it elsewhere
    std::uint64_t size = 0;    // bytes; 0 when unknown

    // Registers that it takes.
    [[nodiscard]] constexpr unsigned slots() const noexcept {
        return kind == BarKind::memory64 ? 2 : 1;
    }
    friend constexpr bool operator==(const BarInfo&, const BarInfo&) noexcept = default;
};

// What the register and its successor say: PCI 3.0, 6.2.5.1. high counts for memory64 only;
// invalid_argument for the type that is reserved.
[[nodiscard]] constexpr Result<BarInfo> decode_bar(std::uint32_t low, std::uint32_t high) noexcept {
    BarInfo bar;
    if (low == 0 || is_gone(low))
        return bar;
    if ((low & 1) != 0) {
        bar.kind = BarKind::io;
        bar.address = low & ~3u;
        return bar;
    }
    bar.prefetchable = (low & 8) != 0;
    bar.address = low & ~0xfu;
    switch (low >> 1 & 3) {
    case 0:
        bar.kind = BarKind::memory32;
        return bar;
    case 1:
        bar.kind = BarKind::memory_below_1m;
        return bar;
    case 2:
        bar.kind = BarKind::memory64;
        bar.address |= std::uint64_t{high} << 32;
        return bar;
    default:
        return fail(Error::invalid_argument);
    }
}

// How many base address registers the header has: 6 in a device, 2 in a bridge to PCI, 1 in one to
// CardBus. unsupported for a header of unknown layout, no_device when nothing answers.
template <ConfigView V>
[[nodiscard]] constexpr Result<unsigned> bar_count(const V& io) noexcept {
    const auto cfg = io.as_view();
    const auto type = cfg.template try_read<std::uint8_t>(0x0e);
    if (!type)
        return fail(type.error());
    switch (*type & 0x7f) {
    case 0:
        return 6u;
    case 1:
        return 2u;
    case 2:
        return 1u;
    default:
        return fail(*type == 0xff ? Error::no_device : Error::unsupported);
    }
}

// The register at index, and the next one when it takes two: one read each. out_of_bounds at or
// past bar_count; invalid_argument when it is of a reserved type or its second half is missing;
// no_device when nothing answers any more, which is looked for when a word is all ones.
template <ConfigView V>
[[nodiscard]] constexpr Result<BarInfo> read_bar(const V& io, unsigned index) noexcept {
    const auto cfg = io.as_view();
    const auto count = bar_count(cfg);
    if (!count)
        return fail(count.error());
    if (index >= *count)
        return fail(Error::out_of_bounds);
    const auto low = cfg.template try_read<std::uint32_t>(0x10 + 4 * index);
    if (!low)
        return fail(low.error());
    if (is_gone(*low)) { // stuck, unless nothing answers any more
        if (auto present = check_present(cfg); !present)
            return fail(present.error());
    }
    if ((*low & 7) != 4)
        return decode_bar(*low, 0);
    if (index + 1 == *count)
        return fail(Error::invalid_argument);
    const auto high = cfg.template try_read<std::uint32_t>(0x10 + 4 * (index + 1));
    if (!high)
        return fail(high.error());
    if (is_gone(*high)) {
        if (auto present = check_present(cfg); !present)
            return fail(present.error());
    }
    return decode_bar(*low, *high);
}

// All of them, at their indices; the second half of a memory64 is `none`.
struct Bars {
    BarInfo bar[6];
    unsigned count = 0;

    friend constexpr bool operator==(const Bars&, const Bars&) noexcept = default;
};

// All that the header has, without their sizes: nothing is written. The medium's error, or that of
// bar_count.
template <ConfigView V>
[[nodiscard]] constexpr Result<Bars> read_bars(const V& io) noexcept {
    const auto cfg = io.as_view();
    const auto count = bar_count(cfg);
    if (!count)
        return fail(count.error());
    Bars bars;
    bars.count = *count;
    for (unsigned i = 0; i < *count; i += bars.bar[i].slots()) {
        const auto bar = read_bar(cfg, i);
        if (!bar)
            return fail(bar.error());
        bars.bar[i] = *bar;
    }
    return bars;
}

namespace detail {

// What a register holds, and what of `ones` stuck in it. The old value is back afterwards, also
// when the reading failed. no_device, and nothing is written, when what it holds is no value.
struct Sized {
    std::uint32_t old;
    std::uint32_t stuck;
};

template <ConfigView View>
[[nodiscard]] constexpr Result<Sized>
size_register(View cfg, unsigned offset, bool is_low, std::uint32_t ones = 0xffff'ffff) noexcept {
    const auto old = cfg.template try_read<std::uint32_t>(offset);
    if (!old)
        return fail(old.error());
    if (is_gone(*old)) {
        if (auto present = check_present(cfg); !present)
            return fail(present.error());
        if (is_low)
            return Sized{*old, *old}; // stuck: no register holds that
    }
    const Result<> probed = cfg.template try_write<std::uint32_t>(offset, ones);
    const auto stuck = cfg.template try_read<std::uint32_t>(offset);
    const Result<> restored = cfg.template try_write<std::uint32_t>(offset, *old);
    if (!probed || !restored)
        return fail(probed ? restored.error() : probed.error());
    if (!stuck)
        return fail(stuck.error());
    return Sized{*old, *stuck};
}

// The size that an address of old says by what of all ones stuck: the least address bit that can be
// set, as in Linux' pci_size(). 0 when it does not answer: nothing stuck, or it kept its address,
// unless that is what it holds with all ones.
constexpr std::uint64_t
size_of(std::uint64_t old, std::uint64_t stuck, std::uint64_t address_bits) noexcept {
    stuck &= address_bits;
    const std::uint64_t size = stuck & (~stuck + 1);
    const bool kept = (old & address_bits) == stuck;
    return kept && size != 0 && ((stuck | (size - 1)) & address_bits) != address_bits ? 0 : size;
}

// What became of one register, and how many it takes, also when it is absent.
struct SizedBar {
    BarInfo bar;
    unsigned slots = 1;
};

// The register at index, and its successor if it takes two. What sticks tells the kind: a register
// without an address may read as zero.
template <ConfigView View>
[[nodiscard]] constexpr Result<SizedBar>
size_bar(View cfg, unsigned index, unsigned count) noexcept {
    const auto low = size_register(cfg, 0x10 + 4 * index, true);
    if (!low)
        return fail(low.error());
    if (low->stuck == 0 || is_gone(low->stuck))
        return SizedBar{};
    const std::uint32_t kind_bits = (low->stuck & 1) != 0 ? 3 : 0xf;
    auto bar = decode_bar(low->stuck & kind_bits, 0);
    if (!bar)
        return fail(bar.error());
    if (bar->kind == BarKind::none)
        bar->kind = BarKind::memory32; // all kind bits are zero
    std::uint64_t address_bits = 0xffff'ffff & ~kind_bits;
    if (bar->kind == BarKind::io && low->stuck >> 16 == 0)
        address_bits &= 0xffff; // PCI 3.0, 6.2.5.1: the upper half may be hard-wired
    std::uint64_t old = low->old;
    std::uint64_t stuck = low->stuck;
    if (bar->kind == BarKind::memory64) {
        if (index + 1 == count)
            return fail(Error::invalid_argument);
        const auto high = size_register(cfg, 0x10 + 4 * (index + 1), false);
        if (!high)
            return fail(high.error());
        old |= std::uint64_t{high->old} << 32;
        stuck |= std::uint64_t{high->stuck} << 32;
        if (high->stuck != 0) // else hard-wired
            address_bits |= std::uint64_t{0xffff'ffff} << 32;
    }
    bar->size = size_of(old, stuck, address_bits);
    bar->address = old & ~std::uint64_t{kind_bits};
    const unsigned slots = bar->slots();
    return SizedBar{bar->size != 0 ? *bar : BarInfo{}, slots};
}

template <ConfigView View>
[[nodiscard]] constexpr Result<Bars> size_each(View cfg) noexcept {
    const auto count = bar_count(cfg);
    if (!count)
        return fail(count.error());
    Bars bars;
    bars.count = *count;
    for (unsigned i = 0; i < *count;) {
        const auto sized = size_bar(cfg, i, *count);
        if (!sized)
            return fail(sized.error());
        bars.bar[i] = sized->bar;
        i += sized->slots;
    }
    return bars;
}

template <ConfigView View>
[[nodiscard]] constexpr Result<BarInfo> size_rom_register(View cfg) noexcept {
    constexpr std::uint32_t address_bits = 0xffff'f800;
    const auto count = bar_count(cfg);
    if (!count)
        return fail(count.error());
    if (*count == 1)
        return BarInfo{}; // bridges to CardBus have none
    // without its enable bit
    const auto rom = size_register(cfg, *count == 6 ? 0x30 : 0x38, true, address_bits);
    if (!rom)
        return fail(rom.error());
    const std::uint64_t size =
        is_gone(rom->stuck) ? 0 : size_of(rom->old, rom->stuck, address_bits);
    if (size == 0)
        return BarInfo{};
    return BarInfo{BarKind::memory32, false, rom->old & address_bits, size};
}

// What `size` finds while the function decodes nothing. Its command is as it was afterwards, also
// after an error. A function that was pulled out gives all ones, and then no value in between is
// worth anything: that is looked for at the end, once for all of them.
template <ConfigView View, class Size>
[[nodiscard]] constexpr auto without_decoding(View cfg, Size size) noexcept -> decltype(size(cfg)) {
    const auto command = ioview::check_present(cfg.template try_read<std::uint16_t>(0x04));
    if (!command)
        return fail(command.error());
    // 16 bits wide: the status beside it is cleared by writing ones
    const auto quiet = static_cast<std::uint16_t>(*command & ~3u);
    const Result<> stopped = cfg.template try_write<std::uint16_t>(0x04, quiet);
    const auto sized = stopped ? size(cfg) : fail(stopped.error());
    const Result<> restored = cfg.template try_write<std::uint16_t>(0x04, *command);
    const Result<> present = check_present(cfg);
    if (!present && present.error() == Error::no_device)
        return fail(Error::no_device);
    if (!sized)
        return sized;
    if (!restored || !present)
        return fail(restored ? present.error() : restored.error());
    return sized;
}

} // namespace detail

// The sizes, by the way of PCI 3.0, 6.2.5.1: all ones are written to each register and what sticks
// is read back. Meanwhile the function decodes neither I/O nor memory; afterwards its registers and
// its command are as they were, also after an error. Nobody else may use the function meanwhile,
// and no interrupt handler that touches it may run. A register that does not answer is none, as in
// Linux: nothing sticks in it, or all ones do, or it keeps its address. no_device when the function
// is pulled out, at whatever access.
template <ConfigView V>
    requires(!ioview::detail::is_read_only<typename V::Target>)
[[nodiscard]] constexpr Result<Bars> size_bars(const V& io) noexcept {
    return detail::without_decoding(io.as_view(), [](auto cfg) { return detail::size_each(cfg); });
}

// The same of the expansion ROM: memory, or none. Whether it is enabled stays as it was.
template <ConfigView V>
    requires(!ioview::detail::is_read_only<typename V::Target>)
[[nodiscard]] constexpr Result<BarInfo> size_rom(const V& io) noexcept {
    return detail::without_decoding(io.as_view(),
                                    [](auto cfg) { return detail::size_rom_register(cfg); });
}

} // namespace ioview::pci
