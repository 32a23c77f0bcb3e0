// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Base address registers decoded: which kind of space, where, and on request how large.
//
//   auto bar = io::pci::read_bar(cfg, 0);         // reads only; the size stays unknown
//   auto bars = io::pci::size_bars(cfg);          // writes: no driver may be using the function

#include <ioview/pci/capabilities.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::pci {

enum class BarKind : std::uint8_t { none, io, memory32, memory_below_1m, memory64 };

// One base address register, or two of them for memory64.
struct BarInfo {
    BarKind kind = BarKind::none; // none: all bits are zero
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
    if (low == 0)
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
// past bar_count; invalid_argument when it is of a reserved type or its second half is missing.
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
    if ((*low & 7) != 4)
        return decode_bar(*low, 0);
    if (index + 1 == *count)
        return fail(Error::invalid_argument);
    const auto high = cfg.template try_read<std::uint32_t>(0x10 + 4 * (index + 1));
    if (!high)
        return fail(high.error());
    return decode_bar(*low, *high);
}

// All of them, at their indices; the second half of a memory64 is `none`.
struct Bars {
    BarInfo bar[6];
    unsigned count = 0;

    friend constexpr bool operator==(const Bars&, const Bars&) noexcept = default;
};

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

// What a register holds, and what of all ones stuck in it. The old value is back afterwards, also
// when the reading failed.
struct Sized {
    std::uint32_t old;
    std::uint32_t ones;
};

template <ConfigView View>
[[nodiscard]] constexpr Result<Sized> size_register(View cfg, unsigned index) noexcept {
    const unsigned offset = 0x10 + 4 * index;
    const auto old = cfg.template try_read<std::uint32_t>(offset);
    if (!old)
        return fail(old.error());
    const Result<> probed = cfg.template try_write<std::uint32_t>(offset, 0xffff'ffff);
    const auto ones = cfg.template try_read<std::uint32_t>(offset);
    const Result<> restored = cfg.template try_write<std::uint32_t>(offset, *old);
    if (!probed || !restored)
        return fail(probed ? restored.error() : probed.error());
    if (!ones)
        return fail(ones.error());
    return Sized{*old, *ones};
}

// The register at index, and its successor if it takes two. The ones tell the kind: a register
// without an address may read as zero.
template <ConfigView View>
[[nodiscard]] constexpr Result<BarInfo>
size_bar(View cfg, unsigned index, unsigned count) noexcept {
    const auto low = size_register(cfg, index);
    if (!low)
        return fail(low.error());
    const std::uint32_t kind_bits = (low->ones & 1) != 0 ? 3 : 0xf;
    auto bar = decode_bar(low->ones & kind_bits, 0);
    if (!bar)
        return bar;
    std::uint64_t mask = low->ones & ~kind_bits;
    bar->address = low->old & ~kind_bits;
    if (low->ones != 0 && bar->kind == BarKind::none)
        bar->kind = BarKind::memory32; // all kind bits are zero
    if (bar->kind == BarKind::memory64) {
        if (index + 1 == count)
            return fail(Error::invalid_argument);
        const auto high = size_register(cfg, index + 1);
        if (!high)
            return fail(high.error());
        mask |= std::uint64_t{high->ones} << 32;
        bar->address |= std::uint64_t{high->old} << 32;
    }
    bar->size = mask & (~mask + 1); // the least address bit that can be set
    return bar;
}

template <ConfigView View>
[[nodiscard]] constexpr Result<Bars> size_each(View cfg) noexcept {
    const auto count = bar_count(cfg);
    if (!count)
        return fail(count.error());
    Bars bars;
    bars.count = *count;
    for (unsigned i = 0; i < *count; i += bars.bar[i].slots()) {
        const auto bar = size_bar(cfg, i, *count);
        if (!bar)
            return fail(bar.error());
        bars.bar[i] = *bar;
    }
    return bars;
}

} // namespace detail

// The sizes, by the way of PCI 3.0, 6.2.5.1: all ones are written to each register and what sticks
// is read back. Meanwhile the function decodes neither I/O nor memory; afterwards its registers and
// its command are as they were, also after an error. Nobody else may use the function meanwhile,
// and no interrupt handler that touches it may run. The size of unimplemented registers is 0.
template <ConfigView V>
    requires(!ioview::detail::is_read_only<typename V::Target>)
[[nodiscard]] constexpr Result<Bars> size_bars(const V& io) noexcept {
    const auto cfg = io.as_view();
    const auto command = cfg.template try_read<std::uint16_t>(0x04);
    if (!command)
        return fail(command.error());
    if (*command == 0xffff)
        return fail(Error::no_device);
    // 16 bits wide: the status beside it is cleared by writing ones
    const auto quiet = static_cast<std::uint16_t>(*command & ~3u);
    Result<> done = cfg.template try_write<std::uint16_t>(0x04, quiet);
    if (!done)
        return fail(done.error());
    auto bars = detail::size_each(cfg);
    done = cfg.template try_write<std::uint16_t>(0x04, *command);
    if (!done)
        return fail(done.error());
    return bars;
}

// clang-format off
template <ConfigView V> requires(ioview::detail::is_read_only<typename V::Target>) void size_bars(const V&) = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
// clang-format on

} // namespace ioview::pci
