// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RomBar: an owner of a function's expansion ROM, decoded and mapped while it lives, that is a view
// of it.
//
//   const auto info = io::pci::size_rom(cfg);
//   auto rom = io::pci::RomBar<io::Region<512>, MyMapper, Config>::map(
//       mapper, cfg, io::pci::rom_resource(*info));
//   if (rom && rom->read16(0) == 0xaa55) …

#include <ioview/backend/mmio.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/bars.hpp>
#include <ioview/pci/writable.hpp>
#include <ioview/presence.hpp>
#include <ioview/resource/io_mem.hpp>
#include <ioview/resource/mapper.hpp>

#include <cstdint>
#include <utility>

namespace ioview::pci {

// What a ROM that was sized stands for, where the CPU sees its address of the bus. Start 0: it has
// no address; size 0: there is none.
[[nodiscard]] constexpr Resource rom_resource(const BarInfo& rom,
                                              std::uint64_t cpu_address) noexcept {
    return {rom.address == 0 ? 0 : cpu_address, rom.size, Resource::Kind::memory};
}
// Where bus addresses are CPU addresses.
[[nodiscard]] constexpr Resource rom_resource(const BarInfo& rom) noexcept {
    return rom_resource(rom, rom.address);
}

namespace detail {

// The enable bit of a ROM's register, set while this lives, and as it was before afterwards.
template <class View>
class RomDecoding {
public:
    [[nodiscard]] static constexpr Result<RomDecoding> of(View cfg) noexcept {
        const auto count = bar_count(cfg);
        if (!count)
            return fail(count.error());
        if (*count == 1)
            return fail(Error::no_memory); // bridges to CardBus have none
        const std::uint16_t at = *count == 6 ? 0x30 : 0x38;
        const auto before = ioview::check_present(cfg.template try_read<std::uint32_t>(at));
        if (!before)
            return fail(before.error());
        if (auto done = cfg.template try_write<std::uint32_t>(at, *before | 1); !done)
            return fail(done.error());
        RomDecoding made{cfg, at, *before};
        // it decodes when the write has arrived
        const auto after = ioview::check_present(cfg.template try_read<std::uint32_t>(at));
        if (!after)
            return fail(after.error());
        if ((*after & 1) == 0)
            return fail(Error::unsupported);
        return made;
    }
    constexpr RomDecoding(RomDecoding&& other) noexcept
        : cfg_(other.cfg_),
          at_(std::exchange(other.at_, std::uint16_t{0})),
          before_(other.before_) {}
    // What was decoded before is so no more on return.
    constexpr RomDecoding& operator=(RomDecoding&& other) noexcept {
        RomDecoding taken(std::move(other));
        std::swap(cfg_, taken.cfg_);
        std::swap(at_, taken.at_);
        std::swap(before_, taken.before_);
        return *this;
    }
    constexpr ~RomDecoding() {
        if (at_ != 0)
            static_cast<void>(cfg_.template try_write<std::uint32_t>(at_, before_));
    }

private:
    constexpr RomDecoding(View cfg, std::uint16_t at, std::uint32_t before) noexcept
        : cfg_(cfg), at_(at), before_(before) {}

    View cfg_;
    std::uint16_t at_; // 0: moved from
    std::uint32_t before_;
};

} // namespace detail

// The ROM as a T that is read only, requested first and released last: ExclusiveIoMem of it, and
// its enable bit. V is a view of the function's configuration space, whose mechanism outlives this.
// A function may decode its ROM with what decodes its BARs (PCI 3.0, 6.2.5.2), so no driver may use
// its BARs while this lives; and its command has memory_space set, which is its caller's to do.
template <class T, Mapper M, class V>
class RomBar : public Io<RomBar<T, M, V>, MmioBackend, const T> {
public:
    using Io<RomBar<T, M, V>, MmioBackend, const T>::as_view;
    using Io<RomBar<T, M, V>, MmioBackend, const T>::view;

    // In this order: no_memory for a resource without length or address, unsupported for one of
    // ports, what the mapper says (busy, then no_memory), out_of_bounds or misaligned when it is no
    // T, what the medium of configuration space says, no_device when the function answers no more,
    // unsupported when the enable bit does not stick. Nothing stays requested, mapped or decoded
    // after an error.
    [[nodiscard]] static Result<RomBar>
    map(M& mapper, const V& cfg, const Resource& resource) noexcept {
        static_assert(detail::may_write<V>());
        if (resource.size == 0 || resource.start == 0)
            return fail(Error::no_memory);
        auto memory = ExclusiveIoMem<const T, M>::map(mapper, resource);
        if (!memory)
            return fail(memory.error());
        auto decoding = detail::RomDecoding<V>::of(cfg);
        if (!decoding)
            return fail(decoding.error());
        return RomBar{std::move(*memory), std::move(*decoding)};
    }

    RomBar(RomBar&&) noexcept = default;
    // What was in the place before is decoded, mapped and requested no more.
    RomBar& operator=(RomBar&& other) noexcept {
        decoding_ = std::move(other.decoding_);
        memory_ = std::move(other.memory_);
        return *this;
    }
    ~RomBar() = default;

    // A moved-from one is empty; accesses are then a panic. It is not copied.
    [[nodiscard]] IOVIEW_INLINE Mmio<const T> as_view() const& noexcept {
        return memory_.as_view();
    }
    [[nodiscard]] Mmio<const T> view() const& noexcept { return as_view(); }

private:
    RomBar(ExclusiveIoMem<const T, M> memory, detail::RomDecoding<V> decoding) noexcept
        : memory_(std::move(memory)), decoding_(std::move(decoding)) {}

    ExclusiveIoMem<const T, M> memory_;
    detail::RomDecoding<V> decoding_; // ends first: nobody has the memory of what still decodes
};

} // namespace ioview::pci
