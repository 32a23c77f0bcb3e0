// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The admin side of an NVMe controller over PCI: its registers, its admin queues, and what it says
// of itself, one command at a time, polled (NVM Express Base Specification 1.4; section numbers and
// the names in capitals are its).
//
//   auto bar = io::pci::Bar<nvme::Bar, MyMapper>::map(mapper, resources, nvme::bar_number);
//   auto controller = nvme::Controller<View, MyDma, Clock>::start(bar->view(), dma, clock);
//   auto identity = controller->identify();
//
// What a controller may still write is not given back: one that is not seen to stop leaks its
// memory, of which a Dma with leaked() is told (ioview/dma/device.hpp).

#include <ioview/dma/coherent.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/lo_hi.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace nvme {

namespace io = ioview;

inline constexpr unsigned bar_number = 0;

// 3.1: registers, and from 0x1000 on doorbells, at a distance that the controller says. Those of 64
// bits are accessed in aligned halves, which chapter 3 allows and every CPU and every PCI bridge
// can do.
struct Bar : io::Region<0x1008, 8> {};

// 3.1.1 CAP
struct Capabilities : io::Register<Capabilities, std::uint64_t, io::fixed<0x00, Bar>, io::ro> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bits(55, 52, page_max), // 4 KiB << this, as page_min
              bits(51, 48, page_min),
              bit(37, nvm_commands),
              bits(35, 32, doorbell_stride), // 4 bytes << this
              bits(31, 24, timeout),         // for ready to change, in half seconds
              bits(15, 0, entries_max));     // of an I/O queue, less one
};
// 3.1.2 VS
struct Version : io::Register<Version, std::uint32_t, io::fixed<0x08, Bar>, io::ro> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bits(31, 16, major), bits(15, 8, minor), bits(7, 0, tertiary));
};
// 3.1.5 CC; sizes are powers of two.
struct Config : io::Register<Config, std::uint32_t, io::fixed<0x14, Bar>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bits(23, 20, completion_size),
              bits(19, 16, submission_size),
              bits(10, 7, page_size), // 4 KiB << this
              bits(6, 4, command_set),
              bit(0, enable));
};
// 3.1.6 CSTS
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x1c, Bar>, io::ro> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(1, fatal), bit(0, ready));
};
// 3.1.8 AQA; entries, less one.
struct AdminSizes : io::Register<AdminSizes, std::uint32_t, io::fixed<0x24, Bar>> {
    IO_FIELDS(bits(27, 16, completion), bits(11, 0, submission));
};
// 3.1.9 ASQ and 3.1.10 ACQ: whole pages of 4 KiB.
struct AdminSubmission : io::Register<AdminSubmission, std::uint64_t, io::fixed<0x28, Bar>> {
    IO_FIELDS(unshifted(63, 12, address));
};
struct AdminCompletion : io::Register<AdminCompletion, std::uint64_t, io::fixed<0x30, Bar>> {
    IO_FIELDS(unshifted(63, 12, address));
};
// 3.1, SQyTDBL and CQyHDBL, with the y of the admin queue, 0. Where the second one is, the
// controller says.
struct SubmissionTail
    : io::Register<SubmissionTail, std::uint32_t, io::fixed<0x1000, Bar>, io::wo> {
    IO_FIELDS(bits(15, 0, tail));
};
struct CompletionHead : io::Register<CompletionHead, std::uint32_t, io::unlocated, io::wo> {
    IO_FIELDS(bits(15, 0, head));
};
struct CompletionHeadAt {
    using Register = CompletionHead;
    using Block = Bar;
    static constexpr std::size_t end = 0x1000 + (std::size_t{4} << 15) + 4;
    io::Bounded<std::uint64_t, 4> doorbell_stride; // of the capabilities
    constexpr std::size_t offset() const noexcept {
        return SubmissionTail::At::offset() + (std::size_t{4} << doorbell_stride);
    }
};

// 4.2, Command Format - Admin and NVM Command Set. Numbers of 64 bits are in two halves, for CPUs
// of 32.
struct Submission {
    io::le<std::uint16_t> opcode;
    io::le<std::uint16_t> id;
    io::le<std::uint32_t> name_space;
    io::le<std::uint32_t> unused[4];
    io::le<std::uint32_t> data_low;
    io::le<std::uint32_t> data_high;
    io::le<std::uint32_t> more_low; // of pages: one more, or a list of them
    io::le<std::uint32_t> more_high;
    io::le<std::uint32_t> dword10;
    io::le<std::uint32_t> dword11;
    io::le<std::uint32_t> dword12;
    io::le<std::uint32_t> parameters[3];
};
inline constexpr std::uint16_t opcode_identify = 0x06;
enum class Identify : std::uint32_t { name_space = 0, controller = 1 };

// 4.6. The phase bit of the status changes with each round through the queue.
struct Completion {
    io::le<std::uint32_t> result;
    io::le<std::uint32_t> unused;
    io::le<std::uint16_t> submissions_taken;
    io::le<std::uint16_t> queue;
    io::le<std::uint16_t> id;
    io::le<std::uint16_t> status;
};
inline constexpr std::uint16_t phase_bit = 1 << 0;
inline constexpr unsigned status_code_mask = 0x7ff; // and type, above the phase
inline constexpr unsigned no_such_name_space = 0x00b;

// 5.15.2.2, Identify Controller data structure (CNS 01h)
struct ControllerData {
    io::le<std::uint16_t> vendor;
    io::le<std::uint16_t> subsystem_vendor;
    std::uint8_t serial[20]; // ASCII, filled up by spaces
    std::uint8_t model[40];
    std::uint8_t more[452];
    io::le<std::uint32_t> name_spaces; // the highest number of one
    std::uint8_t rest[3'576];
};
// 5.15.2.1, Identify Namespace data structure (CNS 00h), and the LBA formats in it
struct BlockFormat {
    io::le<std::uint16_t> metadata_bytes;
    std::uint8_t size_shift;
    std::uint8_t performance;
};
struct NameSpaceData {
    io::le<std::uint32_t> blocks_low;
    io::le<std::uint32_t> blocks_high;
    std::uint8_t more[18];
    std::uint8_t format; // bits 3:0, which of formats
    std::uint8_t more_still[101];
    BlockFormat formats[16];
    std::uint8_t rest[3'904];
};
static_assert(sizeof(Submission) == 64 && sizeof(Completion) == 16);
static_assert(sizeof(ControllerData) == 4'096 && offsetof(ControllerData, name_spaces) == 516);
static_assert(sizeof(NameSpaceData) == 4'096 && offsetof(NameSpaceData, formats) == 128);

// What all of it is in, page by page.
inline constexpr unsigned queue_entries = 4;
struct alignas(4'096) Memory {
    alignas(4'096) Submission submissions[queue_entries];
    alignas(4'096) Completion completions[queue_entries];
    alignas(4'096) ControllerData controller;
    alignas(4'096) NameSpaceData name_space;
};

// What a controller says of itself; texts end with a zero, after their last sign.
struct Identity {
    std::uint16_t vendor = 0;
    char serial[21]{};
    char model[41]{};
    std::uint32_t name_spaces = 0;
};
struct NameSpace {
    std::uint64_t blocks = 0;
    std::uint32_t block_bytes = 0;
};

// Microseconds; how long a controller may take to start, it says.
inline constexpr std::uint64_t look_every = 10;
inline constexpr std::uint64_t give_up_after = 5'000'000;

// A pair of queues of so many entries, one command at a time: which entries are next, and whether
// the last command was answered. One that was not is the last.
template <unsigned Entries>
class QueuePair {
public:
    bool is_waiting() const noexcept { return waiting_; }

    // 7.2.1: fill() writes the command but its identifier; the tail publishes it, and it is over
    // when the phase of the next completion has changed, which is then given back by the head. The
    // status code that the controller answers with; while there is none, alive() says whether there
    // can be one. busy after an error.
    template <class Memory, class Fill, class Tail, class Head, class Alive, class Clock>
    io::Result<unsigned> run(Memory& memory,
                             Fill fill,
                             const Tail& tail,
                             const Head& head,
                             Alive alive,
                             std::uint64_t interval,
                             Clock& clock) {
        if (waiting_)
            return io::fail(io::Error::busy);
        const auto command = IO_PROJECT(memory, submissions, at(place_));
        IO_WRITE(command, id, static_cast<std::uint16_t>(place_));
        fill(command);
        const std::uint32_t next = (place_ + 1) % Entries;
        io::publish(tail, Tail::Target::from_raw(next));

        const auto answer = IO_PROJECT(memory, completions, at(place_));
        waiting_ = true; // until the controller answers, and answers this
        const auto done = io::read_poll_timeout(
            [&]() -> io::Result<std::uint16_t> {
                const std::uint16_t now = io::observe(IO_PROJECT(answer, status));
                if ((now & phase_bit) != phase_)
                    if (const auto is = alive(); !is)
                        return io::fail(is.error());
                return now;
            },
            [&](const std::uint16_t& now) { return (now & phase_bit) == phase_; },
            interval,
            give_up_after,
            clock);
        if (!done)
            return io::fail(done.error());
        if (const std::uint32_t id = IO_READ(answer, id); id != place_)
            return io::fail(io::Error::io_error);
        waiting_ = false;
        place_ = next;
        if (next == 0)
            phase_ ^= phase_bit;
        io::release_to_device(head, Head::Target::from_raw(next));
        return (*done >> 1) & status_code_mask;
    }

private:
    std::uint32_t place_ = 0; // in both queues
    std::uint16_t phase_ = phase_bit;
    bool waiting_ = false;
};

template <io::IoOf<Bar> View, io::DmaDevice Dma, class Clock>
class Controller {
public:
    // 7.6.1: stopped, given its admin queues, and started. no_device when nothing answers;
    // unsupported for a version or a command set that is not known, and for pages that must be
    // larger; out_of_bounds when its doorbells are not inside the view; no_memory; timed_out when
    // it does not stop or does not start in the time that it asks for, after which it has as much
    // again to get so far that it can be stopped; io_error when it says that it is broken. All of
    // it must outlive the controller.
    [[nodiscard]] static io::Result<Controller> start(View view, Dma& dma, Clock& clock) {
        const auto able = capabilities_of(view);
        if (!able)
            return io::fail(able.error());
        const auto completed = view.try_view_of(CompletionHeadAt{able->doorbell_stride()});
        if (!completed)
            return io::fail(completed.error());
        auto memory = io::Coherent<Memory, Dma>::zeroed(dma);
        if (!memory)
            return io::fail(memory.error());
        if (auto stopped = stop(view, *able, clock); !stopped)
            return io::fail(stopped.error());

        view.write(
            AdminSizes{}.with_submission(queue_entries - 1).with_completion(queue_entries - 1));
        io::write_lo_hi(view.template view_of<AdminSubmission>(),
                        AdminSubmission::from_raw(IO_PROJECT(*memory, submissions).dma_address()));
        io::write_lo_hi(view.template view_of<AdminCompletion>(),
                        AdminCompletion::from_raw(IO_PROJECT(*memory, completions).dma_address()));
        Controller made{view, clock, *able, *completed, std::move(*memory)};
        if (auto started = made.enable(); !started)
            return io::fail(started.error());
        return io::Result<Controller>{std::move(made)};
    }

    Controller(Controller&& other) noexcept
        : view_(other.view_),
          clock_(other.clock_),
          able_(other.able_),
          completed_(other.completed_),
          memory_(std::move(other.memory_)),
          queues_(other.queues_),
          live_(std::exchange(other.live_, false)) {}
    Controller& operator=(Controller&&) = delete;
    // The controller lets go of the memory before that does, or the memory stays with it.
    ~Controller() {
        if (live_ && !stop(view_, able_, *clock_, true))
            std::move(memory_).leak();
    }

    // As they were at the start.
    Capabilities capabilities() const noexcept { return able_; }

    // io_error by the controller's word, no_device where a name space is not there, or the
    // controller no longer. A command that does not end (timed_out, and io_error or no_device of
    // the controller as a whole) is the last one: the memory is the controller's until this goes,
    // and each further call is busy.
    io::Result<Identity> identify() {
        const auto data = IO_PROJECT(memory_, controller);
        if (auto done = identify(Identify::controller, 0, data.dma_address()); !done)
            return io::fail(done.error());
        Identity identity;
        identity.vendor = IO_READ(data, vendor);
        identity.name_spaces = IO_READ(data, name_spaces);
        copy_text(IO_PROJECT(data, serial), identity.serial);
        copy_text(IO_PROJECT(data, model), identity.model);
        return identity;
    }

    // Whether it can still answer: io_error when it says that it is broken, or is not running;
    // no_device when it has gone.
    io::Result<> check() const {
        const auto state = io::check_present(view_.template read<Status>());
        if (!state)
            return io::fail(state.error());
        if (!state->ready() || state->fatal())
            return io::fail(io::Error::io_error);
        return {};
    }

    // An admin command beside those above (5, dwords 10 and 11), with their errors: for queues of
    // nvme_io.hpp.
    io::Result<> command(std::uint16_t opcode,
                         io::DmaAddress data,
                         std::uint32_t dword10,
                         std::uint32_t dword11) {
        return run(opcode, 0, data, dword10, dword11);
    }

    // By number, the first is 1. unsupported for blocks of less than 512 bytes or more than 64 KiB.
    io::Result<NameSpace> name_space(std::uint32_t number) {
        const auto data = IO_PROJECT(memory_, name_space);
        if (auto done = identify(Identify::name_space, number, data.dma_address()); !done)
            return io::fail(done.error());
        const std::uint64_t high = IO_READ(data, blocks_high);
        const std::uint64_t blocks = high << 32 | IO_READ(data, blocks_low);
        if (blocks == 0) // 5.15.2.1: all zeros for a number that is not in use
            return io::fail(io::Error::no_device);
        const unsigned format = IO_READ(data, format) & 0xf;
        const unsigned shift = IO_READ(data, formats, at(format), size_shift);
        if (shift < 9 || shift > 16)
            return io::fail(io::Error::unsupported);
        return NameSpace{blocks, std::uint32_t{1} << shift};
    }

private:
    using Completed = typename decltype(std::declval<View>().try_view_of(
        std::declval<CompletionHeadAt>()))::value_type;

    Controller(View view,
               Clock& clock,
               Capabilities able,
               Completed completed,
               io::Coherent<Memory, Dma> memory) noexcept
        : view_(view),
          clock_(&clock),
          able_(able),
          completed_(completed),
          memory_(std::move(memory)) {}

    static io::Result<Capabilities> capabilities_of(const View& view) {
        const Capabilities able = io::read_lo_hi(view.template view_of<Capabilities>());
        const auto version = view.template read<Version>();
        if (io::is_gone(able) || io::is_gone(version))
            return io::fail(io::Error::no_device);
        if (version.major() < 1u || version.major() > 2u || !able.nvm_commands() ||
            able.page_min() != 0u)
            return io::fail(io::Error::unsupported);
        return able;
    }

    // Until its status is so, for as long as the controller says that it may take.
    template <class Condition>
    static io::Result<Status>
    wait(const View& view, Capabilities able, Condition condition, Clock& clock) {
        const std::uint64_t said = able.timeout();
        const std::uint64_t halves = said == 0 ? 1 : said;
        return io::wait_until<Status>(
            view, condition, io::Timing{look_every, halves * 500'000}, clock);
    }

    // 3.1.5: its registers but the admin queues' are reset, and it touches no memory any more. That
    // is seen by RDY (or CFS, where it broke before it was ready) going from 1 to 0; EN is not
    // cleared before one of them is set, since that has undefined results. One that was_enabled
    // here and is no longer has been reset by somebody else, if it still says what it can do; if
    // not, it confirms nothing: io_error.
    static io::Result<>
    stop(const View& view, Capabilities able, Clock& clock, bool was_enabled = false) {
        const auto config = io::check_present(view.template read<Config>());
        if (!config)
            return io::fail(config.error());
        bool was_ready = true;
        if (config->enable()) {
            const auto on = wait(
                view, able, [](Status now) { return now.ready() || now.fatal(); }, clock);
            if (!on)
                return io::fail(on.error());
            was_ready = on->ready();
            view.write(config->with_enable(false));
        } else if (was_enabled && io::read_lo_hi(view.template view_of<Capabilities>()) != able) {
            return io::fail(io::Error::io_error);
        }
        const auto off = wait(
            view,
            able,
            [=](Status now) { return !now.ready() && (was_ready || !now.fatal()); },
            clock);
        if (!off)
            return io::fail(off.error());
        return {};
    }

    // The memory, which is zero, is published with it.
    io::Result<> enable() {
        io::publish(view_.template view_of<Config>(),
                    Config{}
                        .with_submission_size(6) // 64 bytes
                        .with_completion_size(4) // 16
                        .with_enable(true));
        const auto started = wait(
            view_, able_, [](Status now) { return now.ready() || now.fatal(); }, *clock_);
        if (!started)
            return io::fail(started.error());
        if (started->fatal())
            return io::fail(io::Error::io_error);
        return {};
    }

    io::Result<> identify(Identify what, std::uint32_t number, io::DmaAddress data) {
        return run(opcode_identify, number, data, static_cast<std::uint32_t>(what), 0);
    }
    io::Result<> run(std::uint16_t opcode,
                     std::uint32_t number,
                     io::DmaAddress data,
                     std::uint32_t dword10,
                     std::uint32_t dword11) {
        const auto code = queues_.run(
            memory_,
            [&](const auto& command) {
                IO_WRITE(command, opcode, opcode);
                IO_WRITE(command, name_space, number);
                IO_WRITE(command, data_low, static_cast<std::uint32_t>(data));
                IO_WRITE(command, data_high, static_cast<std::uint32_t>(data >> 32));
                IO_WRITE(command, dword10, dword10);
                IO_WRITE(command, dword11, dword11);
            },
            view_.template view_of<SubmissionTail>(),
            completed_,
            [&] { return check(); },
            look_every,
            *clock_);
        if (!code)
            return io::fail(code.error());
        if (*code == no_such_name_space)
            return io::fail(io::Error::no_device);
        if (*code != 0)
            return io::fail(io::Error::io_error);
        return {};
    }

    template <class Text, std::size_t N>
    static void copy_text(const Text& from, char (&to)[N]) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < N - 1; ++i) {
            to[i] = static_cast<char>(from.at(i).read());
            if (to[i] != ' ' && to[i] != 0)
                length = i + 1;
        }
        to[length] = 0;
    }

    View view_;
    Clock* clock_;
    Capabilities able_;
    Completed completed_;
    io::Coherent<Memory, Dma> memory_;
    QueuePair<queue_entries> queues_;
    bool live_ = true;
};

} // namespace nvme
