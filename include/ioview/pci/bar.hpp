// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Bar and PortBar: owners of one base address register's memory or ports, requested and mapped,
// that are views of it.
//
//   const auto resources = io::pci::resources_of(*io::pci::size_bars(cfg));
//   auto regs = io::pci::Bar<Regs, MyMapper>::map(mapper, resources, 0);
//   if (!regs) return io::fail(regs.error());
//   regs->write32(0x10, 1);

#include <ioview/backend/mmio.hpp>
#include <ioview/backend/port_io.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/bars.hpp>
#include <ioview/resource/io_mem.hpp>
#include <ioview/resource/mapper.hpp>
#include <ioview/span.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ioview::pci {

// What the base address registers of a function stand for, by their numbers, as the CPU sees it.
// Size 0: absent, not sized, or the second half of a 64-bit one. Start 0: it has no address.
struct BarResources {
    Resource bar[6];
    unsigned count = 0;

    constexpr operator Span<const Resource>() const noexcept { return {bar, count}; }
    friend constexpr bool operator==(const BarResources&, const BarResources&) noexcept = default;
};

// From registers that were sized. cpu_address(kind, bus address) tells where the host bridge shows
// an address of the bus to the CPU: the windows of a device tree or of firmware tables; 0 where it
// does not. It is not asked of a register that holds 0: nobody has given that one an address, and
// nothing maps it.
template <class F>
    requires std::is_invocable_r_v<std::uint64_t, F&, BarKind, std::uint64_t>
[[nodiscard]] constexpr BarResources resources_of(const Bars& bars, F&& cpu_address) noexcept {
    BarResources resources;
    resources.count = bars.count;
    for (unsigned i = 0; i < bars.count; ++i) {
        const BarInfo& bar = bars.bar[i];
        if (bar.kind != BarKind::none && bar.size != 0)
            resources.bar[i] = {
                bar.address == 0 ? std::uint64_t{0}
                                 : std::uint64_t{cpu_address(bar.kind, bar.address)},
                bar.size,
                bar.kind == BarKind::io ? Resource::Kind::port : Resource::Kind::memory};
    }
    return resources;
}
// Where bus addresses are CPU addresses.
[[nodiscard]] constexpr BarResources resources_of(const Bars& bars) noexcept {
    return resources_of(bars, [](BarKind, std::uint64_t address) { return address; });
}

namespace detail {

// The resource of a BAR of the wanted kind: invalid_argument for a number that the function does
// not have, no_memory for one without length or address, unsupported for the other kind.
template <std::integral I>
[[nodiscard]] constexpr Result<Resource>
bar_resource(Span<const Resource> resources, I number, bool ports) noexcept {
    const std::size_t index = ioview::detail::to_size(number);
    if (index >= resources.size())
        return fail(Error::invalid_argument);
    const Resource& resource = resources[index];
    if (resource.size == 0 || resource.start == 0)
        return fail(Error::no_memory);
    if ((resource.kind == Resource::Kind::port) != ports)
        return fail(Error::unsupported);
    return resource;
}

// Ports as a T: out_of_bounds when there are too few or they are no ports, else misaligned.
template <class T>
[[nodiscard]] constexpr Result<PortIo<T>> ports_of(const Resource& resource) noexcept {
    if (resource.size < min_size_of<T> || resource.start > 0xffff ||
        resource.size > 0x1'0000 - resource.start)
        return fail(Error::out_of_bounds);
    const auto port = static_cast<std::uint16_t>(resource.start);
    if constexpr (RegionTarget<T>) {
        return PortIo<T>::from_port(port, static_cast<std::size_t>(resource.size));
    } else {
        if (!ioview::detail::is_aligned(port, min_align_of<T>))
            return fail(Error::misaligned);
        return PortIo<T>::from_port(port);
    }
}

} // namespace detail

// The memory of a BAR as a T, requested first and released last: ExclusiveIoMem of that resource.
template <class T, Mapper M>
class Bar : public Io<Bar<T, M>, MmioBackend, T> {
public:
    using Io<Bar<T, M>, MmioBackend, T>::as_view;
    using Io<Bar<T, M>, MmioBackend, T>::view;

    // resources are those of the function, by BAR number. In this order: invalid_argument for a
    // number that the function does not have, no_memory for one without length or address,
    // unsupported for one of ports (PortBar takes it), invalid_argument for one past the greatest
    // address, what the mapper says (busy, then no_memory), then out_of_bounds or misaligned when
    // it is no T. Nothing stays requested or mapped after an error.
    template <std::integral I>
    [[nodiscard]] static Result<Bar>
    map(M& mapper, Span<const Resource> resources, I number) noexcept {
        const auto resource = detail::bar_resource(resources, number, false);
        if (!resource)
            return fail(resource.error());
        auto memory = ExclusiveIoMem<T, M>::map(mapper, *resource);
        if (!memory)
            return fail(memory.error());
        return Bar{std::move(*memory)};
    }

    // A moved-from one is empty; accesses are then a panic. It is not copied.
    [[nodiscard]] IOVIEW_INLINE Mmio<T> as_view() const& noexcept { return memory_.as_view(); }
    [[nodiscard]] Mmio<T> view() const& noexcept { return as_view(); }

private:
    explicit Bar(ExclusiveIoMem<T, M> memory) noexcept : memory_(std::move(memory)) {}

    ExclusiveIoMem<T, M> memory_;
};

// The ports of a BAR as a T: requested and released, never mapped. It has accesses where PortIo
// has; elsewhere host bridges show ports as memory, and a Resource that says so is one for Bar.
template <class T, Mapper M>
class PortBar : public Io<PortBar<T, M>, PortIoBackend, T> {
public:
    using Io<PortBar<T, M>, PortIoBackend, T>::as_view;
    using Io<PortBar<T, M>, PortIoBackend, T>::view;

    // In this order: invalid_argument for a number that the function does not have, no_memory for
    // one without length or address, unsupported for one of memory, what the mapper says (busy),
    // then out_of_bounds or misaligned. Nothing stays requested after an error.
    template <std::integral I>
    [[nodiscard]] static Result<PortBar>
    request(M& mapper, Span<const Resource> resources, I number) noexcept {
        const auto resource = detail::bar_resource(resources, number, true);
        if (!resource)
            return fail(resource.error());
        auto claim = ioview::detail::Claim<M>::of(mapper, *resource);
        if (!claim)
            return fail(claim.error());
        const auto ports = detail::ports_of<T>(*resource);
        if (!ports)
            return fail(ports.error());
        return PortBar{std::move(*claim), *ports};
    }

    // A moved-from one is empty; accesses are then a panic. It is not copied.
    [[nodiscard]] IOVIEW_INLINE PortIo<T> as_view() const& noexcept {
        if (claim_.empty())
            panic("ioview: an owner of ports is used after it was moved from");
        return ports_;
    }
    [[nodiscard]] PortIo<T> view() const& noexcept { return as_view(); }

private:
    PortBar(ioview::detail::Claim<M> claim, PortIo<T> ports) noexcept
        : claim_(std::move(claim)), ports_(ports) {}

    ioview::detail::Claim<M> claim_;
    PortIo<T> ports_;
};

} // namespace ioview::pci
