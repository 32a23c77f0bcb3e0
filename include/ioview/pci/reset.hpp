// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Resetting a function, or all that is behind a bridge, and the times that PCI has everybody wait.
//
//   io::StdClock clock;
//   if (auto done = io::pci::reset_function(cfg, 1ms, clock); !done) return done;
//   // its registers are as after power-on: BARs, command and capabilities are to be set again
//
// A clock is one that polls (poll.hpp), and `millisecond` is what it calls one: 1ms, or so many
// ticks. What was in configuration space is lost but for the few registers that say otherwise:
// save_header() and restore_header() keep what the header has of it.

#include <ioview/backoff.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/registers.hpp>
#include <ioview/pci/writable.hpp>
#include <ioview/poll.hpp> // IWYU pragma: keep
#include <ioview/presence.hpp>
#include <ioview/register.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::pci {

namespace detail {

// The capability of PCI Express; unsupported where there is none.
template <class View>
[[nodiscard]] constexpr Result<std::uint16_t> find_express(View cfg) noexcept {
    for (const auto& found : capabilities(cfg)) {
        if (!found)
            return fail(found.error());
        if (found->id == Express::id)
            return found->offset;
    }
    return fail(Error::unsupported);
}

template <class View>
[[nodiscard]] constexpr Result<bool>
bit_of(View cfg, std::size_t offset, std::uint16_t mask) noexcept {
    return ioview::check_present(cfg.template try_read<std::uint16_t>(offset))
        .transform([&](std::uint16_t word) { return (word & mask) != 0; });
}

// `count` milliseconds.
template <class Time>
[[nodiscard]] constexpr Time times(int count, Time millisecond) {
    return static_cast<Time>(millisecond * static_cast<Time>(count));
}
template <class Time>
    requires requires { typename Time::rep; }
[[nodiscard]] constexpr Time times(int count, Time millisecond) {
    return millisecond * count;
}

inline constexpr std::uint16_t reset_bit = 1u << 15;    // DeviceControl, function_level_reset
inline constexpr std::uint16_t pending_bit = 1u << 5;   // DeviceStatus, transactions_pending
inline constexpr std::uint16_t immediate_bit = 1u << 0; // Status, immediate_readiness
inline constexpr std::uint16_t link_bit = 1u << 13;     // LinkStatus, active
inline constexpr std::uint16_t bus_reset_bit = 1u << 6; // BridgeControl, secondary_bus_reset

} // namespace detail

// Waits until a function answers again, for a second at most (PCIe 6.6.1): it may give all ones, or
// the vendor 0x0001 that stands for "ask again", until then. Looks are further and further apart.
// timed_out when it does not, what the medium reports, no_device excepted: that is what some say
// of a function that is being reset.
template <ConfigView V, class Time, class Clock>
[[nodiscard]] constexpr Result<>
wait_until_it_answers(const V& io, Time millisecond, Clock&& clock) {
    const auto cfg = io.as_view();
    const auto answers = [&]() -> Result<bool> {
        const auto vendor = cfg.template try_read<std::uint16_t>(0x00);
        if (vendor && *vendor == 0x0001)
            return false;
        const auto present = vendor ? check_present(cfg) : Result<>{fail(vendor.error())};
        if (!present && present.error() != Error::no_device)
            return fail(present.error());
        return present.has_value();
    };
    return read_poll_timeout(
               answers,
               [](bool yes) { return yes; },
               Backoff<Time>{millisecond, detail::times(100, millisecond)},
               detail::times(1'000, millisecond),
               clock)
        .transform([](bool) {});
}

// A function-level reset (PCIe 6.6.2), of one that can. First it is kept from starting transactions
// of its own, and those that are under way are waited for, a second at most; then it is reset, left
// alone for 100 ms (unless it says that it is ready at once), and waited for. On success it
// answers, its command is 0, and nothing of its driver's settings is left. unsupported when it
// cannot be reset alone; busy when transactions are under way still, and then its command is as
// before and it was not reset; timed_out when it does not answer afterwards; no_device; what the
// medium reports.
template <ConfigView V, class Time, class Clock>
[[nodiscard]] constexpr Result<> reset_function(const V& io, Time millisecond, Clock&& clock) {
    static_assert(detail::may_write<V>());
    const auto cfg = io.as_view();
    const auto express = detail::find_express(cfg);
    if (!express)
        return fail(express.error());
    const std::size_t at = *express;
    const auto able = ioview::check_present(cfg.template try_read<std::uint32_t>(at + 4));
    if (!able)
        return fail(able.error());
    if (!DeviceCapabilities::from_raw(*able).function_level_reset())
        return fail(Error::unsupported);
    const auto immediate = detail::bit_of(cfg, 0x06, detail::immediate_bit);
    if (!immediate)
        return fail(immediate.error());
    const auto command = ioview::check_present(cfg.template try_read<std::uint16_t>(0x04));
    if (!command)
        return fail(command.error());
    const auto quiet = Command{}.with_interrupt_disable(true).raw();
    if (auto done = cfg.template try_write<std::uint16_t>(0x04, quiet); !done)
        return done;

    const auto idle =
        read_poll_timeout([&] { return detail::bit_of(cfg, at + 0xa, detail::pending_bit); },
                          [](bool pending) { return !pending; },
                          Backoff<Time>{millisecond, detail::times(100, millisecond)},
                          detail::times(1'000, millisecond),
                          clock);
    const auto control = idle ? ioview::check_present(cfg.template try_read<std::uint16_t>(at + 8))
                              : fail(idle.error());
    if (!control) {
        static_cast<void>(cfg.template try_write<std::uint16_t>(0x04, *command));
        return fail(control.error() == Error::timed_out ? Error::busy : control.error());
    }

    const auto go = static_cast<std::uint16_t>(*control | detail::reset_bit);
    if (auto done = cfg.template try_write<std::uint16_t>(at + 8, go); !done)
        return done;
    if (!*immediate)
        clock.sleep_for(detail::times(100, millisecond));
    return wait_until_it_answers(cfg, millisecond, clock);
}

// Resets all that is behind a bridge, which `io` is the configuration space of (PCI-to-PCI bridge
// 11.1; PCIe 6.6.1, 7.5.1.3.13): 2 ms in reset, then as long as what is behind has to be left
// alone: behind a port that is faster than 5 GT/s and says when its link is up, 100 ms from then on
// (a second at most, then timed_out); behind another port of PCI Express, 100 ms; on conventional
// PCI, a second. After that each function behind is for wait_until_it_answers(), and is as after
// power-on. unsupported for what is no bridge to PCI; no_device; what the medium reports. The
// bridge does not stay in reset, unless it takes no write any more.
template <ConfigView V, class Time, class Clock>
[[nodiscard]] constexpr Result<> reset_secondary_bus(const V& io, Time millisecond, Clock&& clock) {
    static_assert(detail::may_write<V>());
    const auto cfg = io.as_view();
    const auto type = ioview::check_present(cfg.template try_read<std::uint8_t>(0x0e));
    if (!type)
        return fail(type.error());
    if ((*type & 0x7f) != 1)
        return fail(Error::unsupported);
    const auto express = detail::find_express(cfg);
    if (!express && express.error() != Error::unsupported)
        return fail(express.error());
    bool says_when_up = false;
    if (express) {
        const auto link = cfg.template try_read<std::uint32_t>(*express + 0xcu);
        if (!link)
            return fail(link.error());
        const auto able = LinkCapabilities::from_raw(*link);
        says_when_up = able.active_reporting() && able.max_speed() > 2u;
    }
    const auto before = ioview::check_present(cfg.template try_read<std::uint16_t>(0x3e));
    if (!before)
        return fail(before.error());

    // the read between is what has the write arrive before the time runs; flags cleared by ones are
    // written as zeros
    const auto kept = static_cast<std::uint16_t>(*before & ~(1u << 10 | detail::bus_reset_bit));
    const auto on = static_cast<std::uint16_t>(kept | detail::bus_reset_bit);
    auto done = cfg.template try_write<std::uint16_t>(0x3e, on);
    if (done)
        done = detail::bit_of(cfg, 0x3e, detail::bus_reset_bit).transform([](bool) {});
    if (done)
        clock.sleep_for(detail::times(2, millisecond));
    const auto off = cfg.template try_write<std::uint16_t>(0x3e, kept);
    if (!done || !off)
        return done ? off : done;

    if (auto seen = detail::bit_of(cfg, 0x3e, detail::bus_reset_bit); !seen)
        return fail(seen.error());
    if (says_when_up) {
        const auto up = read_poll_timeout(
            [&] { return detail::bit_of(cfg, *express + 0x12u, detail::link_bit); },
            [](bool active) { return active; },
            Backoff<Time>{millisecond, detail::times(100, millisecond)},
            detail::times(1'000, millisecond),
            clock);
        if (!up)
            return fail(up.error());
    }
    clock.sleep_for(detail::times(express ? 100 : 1'000, millisecond));
    return {};
}

// What the header of a function holds, word by word.
struct HeaderState {
    std::uint32_t word[16]{};
};

// no_device when the function does not answer any more: what was read is worth nothing then.
template <ConfigView V>
[[nodiscard]] constexpr Result<HeaderState> save_header(const V& io) noexcept {
    const auto cfg = io.as_view();
    HeaderState state;
    for (unsigned i = 0; i < 16; ++i) {
        const auto word = cfg.template try_read<std::uint32_t>(4 * i);
        if (!word)
            return fail(word.error());
        state.word[i] = *word;
    }
    if (auto present = check_present(cfg); !present)
        return fail(present.error());
    return state;
}

// Writes it back from the last word to the first, so that addresses and windows are there before
// the command has the function decode them. Flags of status registers that ones clear are written
// as zeros.
template <ConfigView V>
[[nodiscard]] constexpr Result<> restore_header(const V& io, const HeaderState& state) noexcept {
    static_assert(detail::may_write<V>());
    const auto cfg = io.as_view();
    const bool is_bridge = (state.word[3] >> 16 & 0x7f) == 1;
    for (unsigned i = 15; i != 0; --i) {
        std::uint32_t word = state.word[i];
        if (i == 1 || (is_bridge && i == 7))
            word &= 0xffff; // the upper half is a status
        if (is_bridge && i == 15)
            word &= ~(1u << 26); // discard_timer_status
        if (auto done = cfg.template try_write<std::uint32_t>(4 * i, word); !done)
            return done;
    }
    return check_present(cfg);
}

} // namespace ioview::pci
