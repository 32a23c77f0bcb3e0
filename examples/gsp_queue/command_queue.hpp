// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Sends commands to the GSP and receives its messages, over any view of the shared memory.
//
//   gsp::CommandQueue queue{memory.view(), bar, clock};
//   auto sent = queue.send(gsp::Function::set_registry, payload);
//   auto size = queue.receive(gsp::Function::gsp_init_done, buffer, 5s);
//
// The GSP is not trusted: its pointers are reduced to slots, every header and payload is copied
// once, and only the copy is checked and used. A record, good or bad, is always consumed, so
// nothing it says can wedge the queue.

#include <ioview/ioview.hpp>

#include "layout.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gsp {

// Rings the GSP's attention: any write will do.
struct Doorbell : io::Register<Doorbell, std::uint32_t, io::fixed<0x11'0c00>, io::wo> {
    IO_FIELDS(bits(31, 0, value));
};

// XOR of all 32-bit words; the last one filled up with zeros.
[[nodiscard]] constexpr std::uint32_t checksum(std::span<const std::byte> bytes) noexcept {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        sum ^= std::to_integer<std::uint32_t>(bytes[i]) << (8 * (i % 4));
    return sum;
}

[[nodiscard]] constexpr std::uint32_t slots_for(std::size_t bytes) noexcept {
    return static_cast<std::uint32_t>((bytes + page_size - 1) / page_size);
}

// Bytes of a queue's slots from `slot` on, around its end where they reach it.
template <io::IoOf<Msgq> Queue>
void copy_in(const Queue& queue,
             std::uint32_t slot,
             std::size_t offset,
             std::span<const std::byte> from) {
    const auto ring = IO_PROJECT(queue, data).bytes();
    const std::size_t start = (slot * page_size + offset) % ring.size();
    const std::size_t before_end =
        from.size() < ring.size() - start ? from.size() : ring.size() - start;
    ring.subview(start, before_end).copy_from(from.first(before_end));
    ring.subview(0, from.size() - before_end).copy_from(from.subspan(before_end));
}
template <io::IoOf<Msgq> Queue>
void copy_out(const Queue& queue, std::uint32_t slot, std::size_t offset, std::span<std::byte> to) {
    const auto ring = IO_PROJECT(queue, data).bytes();
    const std::size_t start = (slot * page_size + offset) % ring.size();
    const std::size_t before_end =
        to.size() < ring.size() - start ? to.size() : ring.size() - start;
    ring.subview(start, before_end).copy_to(to.first(before_end));
    ring.subview(0, to.size() - before_end).copy_to(to.subspan(before_end));
}

template <class T>
[[nodiscard]] std::span<const std::byte> bytes_of(const T& value) noexcept {
    return std::as_bytes(std::span(&value, 1));
}

// Memory: a view of GspMem; Bar: a view of a region with the doorbell; Clock: as for
// read_poll_timeout. One thread at a time.
template <io::IoOf<GspMem> Memory, io::IoBase Bar, class Clock>
class CommandQueue {
public:
    using Duration = typename Clock::duration;
    using Ring = io::Ring<slots>;

    // How long send() waits for room, and how often it looks.
    io::Timing<Duration> room;
    // How often receive() looks.
    Duration message_interval;

    CommandQueue(Memory memory,
                 Bar bar,
                 Clock clock,
                 io::Timing<Duration> wait_for_room,
                 Duration look_for_messages)
        : room(wait_for_room),
          message_interval(look_for_messages),
          memory_(memory),
          bar_(bar),
          clock_(clock) {}

    // Sends payload as one record, or as one and continuation records when it is larger than a
    // record can be. timed_out when the GSP does not make room.
    io::Result<> send(Function function, std::span<const std::byte> payload) {
        constexpr std::size_t most = max_element - sizeof(ElementHeader);
        do {
            const auto part = payload.first(payload.size() < most ? payload.size() : most);
            if (auto sent = send_record(function, part); !sent)
                return sent;
            payload = payload.subspan(part.size());
            function = Function::continuation_record;
        } while (!payload.empty());
        return {};
    }

    // Sends one record; message_too_large when it is none.
    io::Result<> send_record(Function function, std::span<const std::byte> payload) {
        const std::size_t bytes = sizeof(ElementHeader) + payload.size();
        if (bytes > max_element)
            return io::fail(io::Error::message_too_large);
        const std::uint32_t count = slots_for(bytes);
        const auto queue = GspMem::command_queue(memory_);
        const auto write = Ring::wrap(IO_READ(queue, tx.write_ptr));
        const auto read = io::read_poll_timeout(
            [&] { return Ring::wrap(io::observe(GspMem::commands_read(memory_))); },
            [&](Ring::Index at) { return Ring{.write = write, .read = at}.free() >= count; },
            room.interval,
            room.timeout,
            clock_);
        if (!read)
            return io::fail(read.error());

        ElementHeader header{};
        header.seq_num = sequence_;
        header.elem_count = count;
        header.rpc = {.header_version = RpcHeader::version_3,
                      .signature = RpcHeader::vrpc,
                      .length = static_cast<std::uint32_t>(sizeof(RpcHeader) + payload.size()),
                      .function = static_cast<std::uint32_t>(function),
                      .rpc_result = ~0u,
                      .rpc_result_private = ~0u,
                      .sequence = sequence_,
                      .spare = 0};
        header.checksum = checksum(bytes_of(header)) ^ checksum(payload);
        ++sequence_;

        copy_in(queue, write.value(), 0, bytes_of(header));
        copy_in(queue, write.value(), sizeof(ElementHeader), payload);
        io::publish(IO_PROJECT(queue, tx.write_ptr), Ring::advance(write, count).value());
        io::publish(bar_.template view_of<Doorbell>(), Doorbell{});
        return {};
    }

    // Waits for a message with this function and copies its payload into buffer; the result is its
    // size. Other messages that come before it are consumed and dropped, for as long as the
    // timeout. Errors: timed_out; io_error for a record that is damaged; invalid_argument for a
    // function that is not known; message_too_large for a payload larger than buffer. After each of
    // them the next call goes on with the next record.
    io::Result<std::size_t>
    receive(Function function, std::span<std::byte> buffer, Duration timeout) {
        const auto start = clock_.now();
        for (Duration left = timeout;;) {
            const auto message = receive_record(buffer, left);
            if (!message)
                return io::fail(message.error());
            if (message->function == function)
                return message->size;
            const Duration passed = clock_.now() - start;
            if (!(passed < timeout))
                return io::fail(io::Error::timed_out);
            if (Duration{} < passed) // clocks may step back
                left = timeout - passed;
        }
    }

    struct Message {
        Function function;
        std::size_t size;
    };

    // The next record, whatever it is. Errors as receive().
    io::Result<Message> receive_record(std::span<std::byte> buffer, Duration timeout) {
        const auto queue = GspMem::message_queue(memory_);
        const auto read = Ring::wrap(GspMem::messages_read(memory_).read());
        const auto write = io::read_poll_timeout(
            [&] { return Ring::wrap(io::observe(IO_PROJECT(queue, tx.write_ptr))); },
            [&](Ring::Index at) { return at != read; },
            message_interval,
            timeout,
            clock_);
        if (!write)
            return io::fail(write.error());
        const Ring ring{.write = *write, .read = read};

        // The header, copied once, is all that is believed about the record. Where it cannot be
        // true it does not tell where the next record is either: everything there is goes.
        const auto header = copy_header(queue, read);
        const std::size_t in_ring = ring.used() * page_size;
        const bool plausible =
            header.rpc.length >= sizeof(RpcHeader) &&
            header.rpc.length - sizeof(RpcHeader) <= in_ring - sizeof(ElementHeader);
        const std::size_t size = plausible ? header.rpc.length - sizeof(RpcHeader) : 0;
        const Consume consumed{
            *this,
            Ring::advance(read, plausible ? slots_for(sizeof(ElementHeader) + size) : ring.used())};
        if (!plausible || header.rpc.signature != RpcHeader::vrpc)
            return io::fail(io::Error::io_error);
        if (size > buffer.size())
            return io::fail(io::Error::message_too_large);

        const auto payload = buffer.first(size);
        copy_out(queue, read.value(), sizeof(ElementHeader), payload);
        if ((checksum(bytes_of(header)) ^ checksum(payload)) != 0)
            return io::fail(io::Error::io_error);
        const auto function = static_cast<Function>(header.rpc.function);
        if (!is_known(function))
            return io::fail(io::Error::invalid_argument);
        return Message{function, size};
    }

private:
    // Gives the slots before `next` back to the GSP when the scope ends, however it does.
    struct Consume {
        CommandQueue& queue;
        Ring::Index next;
        Consume(CommandQueue& of, Ring::Index to) : queue(of), next(to) {}
        Consume(const Consume&) = delete;
        ~Consume() { io::release_to_device(GspMem::messages_read(queue.memory_), next.value()); }
    };

    static ElementHeader copy_header(const auto& queue, Ring::Index slot) {
        const auto bytes = IO_PROJECT(queue, data, at(slot.value()), first(sizeof(ElementHeader)));
        std::array<std::byte, sizeof(ElementHeader)> copy;
        bytes.copy_to(copy);
        return std::bit_cast<ElementHeader>(copy);
    }

    Memory memory_;
    Bar bar_;
    Clock clock_;
    std::uint32_t sequence_ = 0;
};

} // namespace gsp
