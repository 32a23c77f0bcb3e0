// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A driver for QEMU's `edu`, the PCI device for teaching (-device edu; docs/specs/edu.rst of QEMU):
// it complements, computes factorials, interrupts, and copies 4 KiB to and from memory.
//
//   auto bar = io::pci::Bar<edu::Edu, MyMapper>::map(mapper, resources, edu::bar_number);
//   auto product = edu::factorial(*bar, 5, clock);
//
// Functions take any view or owner of an Edu, and any clock that polls (poll.hpp). A device that
// has gone is no_device. It cannot be told to stop a transfer: memory of one that did not end is
// its own until wait_idle() is a success, and is leaked where that never is.

#include <ioview/backend/coherent.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/flush.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include <cstddef>
#include <cstdint>

namespace edu {

namespace io = ioview;

inline constexpr std::uint16_t vendor_id = 0x1234;
inline constexpr std::uint16_t device_id = 0x11e8;
inline constexpr unsigned bar_number = 0;

// BAR 0. Registers below 0x80 take 32-bit accesses, those from there on 64-bit ones too.
struct Edu : io::Region<0x10'0000, 8> {};

struct Id : io::Register<Id, std::uint32_t, io::fixed<0x00, Edu>, io::ro> {
    IO_FIELDS(bits(31, 24, major), bits(23, 16, minor), bits(7, 0, signature)); // 0xed
};
// Reads as the complement of what was written.
struct Liveness : io::Register<Liveness, std::uint32_t, io::fixed<0x04, Edu>> {
    IO_FIELDS(bits(31, 0, value));
};
// Written: the number; read, when Status says that it is computed: its factorial.
struct Factorial : io::Register<Factorial, std::uint32_t, io::fixed<0x08, Edu>> {
    IO_FIELDS(bits(31, 0, value));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x20, Edu>> {
    static constexpr bool never_all_ones = true; // so that a poll sees removal
    IO_FIELDS(bit(7, interrupt_when_computed), bit(0, computing, io::ro));
};

// Which interrupts are up, and what is written to raise or to acknowledge them. Software may raise
// any bit.
struct Causes : io::Register<Causes, std::uint32_t, io::fixed<0x24, Edu>, io::ro> {
    IO_FIELDS(bit(8, dma_done), bit(0, computed));
};
struct Raise : io::Register<Raise, std::uint32_t, io::fixed<0x60, Edu>, io::wo> {
    IO_FIELDS(bits(31, 0, causes));
};
struct Acknowledge : io::Register<Acknowledge, std::uint32_t, io::fixed<0x64, Edu>, io::wo> {
    IO_FIELDS(bits(31, 0, causes));
};

// Addresses are DMA addresses on the side of memory, and of the device's buffer on its own.
struct Source : io::Register<Source, std::uint64_t, io::fixed<0x80, Edu>> {
    IO_FIELDS(bits(63, 0, address));
};
struct Destination : io::Register<Destination, std::uint64_t, io::fixed<0x88, Edu>> {
    IO_FIELDS(bits(63, 0, address));
};
struct Count : io::Register<Count, std::uint32_t, io::fixed<0x90, Edu>> {
    IO_FIELDS(bits(31, 0, bytes));
};
enum class Direction : std::uint8_t { to_device, to_memory };
struct Command : io::Register<Command, std::uint32_t, io::fixed<0x98, Edu>> {
    static constexpr bool never_all_ones = true; // so that a poll sees removal
    IO_FIELDS(bit(2, interrupt_when_done), bits(1, 1, direction, Direction), bit(0, run));
};

inline constexpr std::uint64_t buffer_address = 0x4'0000;
inline constexpr std::size_t buffer_bytes = 4'096;
// What a transfer may take: QEMU up to 9.0 ends itself at one that takes the last byte, or none.
constexpr io::Result<> check_transfer(std::uint64_t at, std::size_t bytes) {
    if (bytes == 0)
        return io::fail(io::Error::invalid_argument);
    if (at >= buffer_bytes || bytes >= buffer_bytes - at)
        return io::fail(io::Error::out_of_bounds);
    return {};
}

// Microseconds. A transfer takes QEMU 100 ms.
inline constexpr std::uint64_t look_every = 1'000;
inline constexpr std::uint64_t give_up_after = 1'000'000;

// no_device when it is another one.
template <io::IoOf<Edu> Bar>
constexpr io::Result<Id> identify(const Bar& bar) {
    const auto id = bar.template read<Id>();
    if (id.signature() != 0xed)
        return io::fail(io::Error::no_device);
    return id;
}

// io_error when the device does not answer as a living one; invalid_argument for a probe of 0,
// whose answer is what nothing answers.
template <io::IoOf<Edu> Bar>
constexpr io::Result<> check_alive(const Bar& bar, std::uint32_t probe) {
    if (probe == 0)
        return io::fail(io::Error::invalid_argument);
    bar.write(Liveness{}.with_value(probe));
    const auto answer = io::check_present(bar.template read<Liveness>());
    if (!answer)
        return io::fail(answer.error());
    if (answer->value() != ~probe)
        return io::fail(io::Error::io_error);
    return {};
}

// overflow past 12, busy while another is being computed, timed_out.
template <io::IoOf<Edu> Bar, class Clock>
constexpr io::Result<std::uint32_t> factorial(const Bar& bar, std::uint32_t n, Clock& clock) {
    if (n > 12)
        return io::fail(io::Error::overflow);
    const auto before = io::check_present(bar.template read<Status>());
    if (!before)
        return io::fail(before.error());
    if (before->computing())
        return io::fail(io::Error::busy);
    bar.write(Factorial{}.with_value(n));
    const auto done = io::wait_until<Status>(
        bar,
        [](const Status& status) { return !status.computing(); },
        io::Timing{look_every, give_up_after},
        clock);
    if (!done)
        return io::fail(done.error());
    return io::check_present(bar.template read<Factorial>()).transform([](Factorial product) {
        return static_cast<std::uint32_t>(product.value());
    });
}

// From now on a computed factorial is an interrupt, or is not.
template <io::IoOf<Edu> Bar>
constexpr void interrupt_when_computed(const Bar& bar, bool wanted) {
    bar.template update<Status>(
        [=](Status status) { return status.with_interrupt_when_computed(wanted); });
}

template <io::IoOf<Edu> Bar>
constexpr void raise(const Bar& bar, std::uint32_t causes) {
    bar.write(Raise{}.with_causes(causes));
}

// For the interrupt handler: what is up, which is then acknowledged, and the line is down before
// the handler ends. Zero when it was another device on the same line, or this one has gone, which
// all causes at once say; then nothing is written.
template <io::IoOf<Edu> Bar>
constexpr Causes take_interrupts(const Bar& bar) {
    const auto causes = bar.template read<Causes>();
    if (io::is_gone(causes))
        return Causes{};
    if (causes.raw() != 0) {
        bar.write(Acknowledge{}.with_causes(causes.raw()));
        io::flush<Causes>(bar);
    }
    return causes;
}

// Until no transfer runs: no_device, timed_out.
template <io::IoOf<Edu> Bar, class Clock>
constexpr io::Result<> wait_idle(const Bar& bar, Clock& clock) {
    const auto engine = bar.template view_of<Command>();
    const auto done = io::read_poll_timeout([&] { return io::observe(engine); },
                                            [](const Command& now) { return !now.run(); },
                                            look_every,
                                            give_up_after,
                                            clock);
    if (!done)
        return io::fail(done.error());
    return {};
}

// The engine, set up and started, and over when this is a success: the command is published to the
// device after all stores to memory, and seen as done before any load.
template <io::IoOf<Edu> Bar, class Clock>
constexpr io::Result<>
transfer(const Bar& bar, Source from, Destination to, Count count, Command command, Clock& clock) {
    const auto engine = bar.template view_of<Command>();
    const auto before = io::check_present(engine.read());
    if (!before)
        return io::fail(before.error());
    if (before->run())
        return io::fail(io::Error::busy); // it would not listen
    bar.write(from);
    bar.write(to);
    bar.write(count);
    io::publish(engine, command.with_run(true));
    return wait_idle(bar, clock);
}

// All of the view's memory (a Coherent or a part of one) into the device's buffer, from byte `at`
// on: errors as check_transfer(), busy, and timed_out or no_device, after which see wait_idle().
// The memory stays as it is meanwhile.
template <io::IoOf<Edu> Bar, class Memory, class Clock>
constexpr io::Result<>
copy_to_device(const Bar& bar, const Memory& from, std::size_t at, Clock& clock) {
    if (auto fits = check_transfer(at, from.size_bytes()); !fits)
        return fits;
    return transfer(bar,
                    Source{}.with_address(from.dma_address()),
                    Destination{}.with_address(buffer_address + at),
                    Count{}.with_bytes(static_cast<std::uint32_t>(from.size_bytes())),
                    Command{}.with_direction(Direction::to_device),
                    clock);
}

// The same from the buffer into memory, which has the bytes once this is a success.
template <io::IoOf<Edu> Bar, class Memory, class Clock>
constexpr io::Result<>
copy_from_device(const Bar& bar, std::size_t at, const Memory& to, Clock& clock) {
    if (auto fits = check_transfer(at, to.size_bytes()); !fits)
        return fits;
    return transfer(bar,
                    Source{}.with_address(buffer_address + at),
                    Destination{}.with_address(to.dma_address()),
                    Count{}.with_bytes(static_cast<std::uint32_t>(to.size_bytes())),
                    Command{}.with_direction(Direction::to_memory),
                    clock);
}

} // namespace edu
