// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The GSP's side of the queues, for tests and the example: takes commands, posts messages, honest
// or not.
//
//   gsp::SimulatedGsp firmware{memory.as_sys_mem()};
//   if (auto command = firmware.take()) firmware.post(Function::gsp_init_done, command->payload);

#include "command_queue.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace gsp {

struct Record {
    ElementHeader header;
    std::vector<std::byte> payload;
};

// A record as it should be.
inline Record make_record(Function function, std::span<const std::byte> payload) {
    Record record{{}, {payload.begin(), payload.end()}};
    record.header.elem_count = slots_for(sizeof(ElementHeader) + payload.size());
    record.header.rpc = {.header_version = RpcHeader::version_3,
                         .signature = RpcHeader::vrpc,
                         .length = static_cast<std::uint32_t>(sizeof(RpcHeader) + payload.size()),
                         .function = static_cast<std::uint32_t>(function),
                         .rpc_result = 0,
                         .rpc_result_private = 0,
                         .sequence = 0,
                         .spare = 0};
    record.header.checksum = checksum(bytes_of(record.header)) ^ checksum(payload);
    return record;
}

template <io::IoOf<GspMem> Memory>
class SimulatedGsp {
public:
    using Ring = io::Ring<slots>;

    explicit SimulatedGsp(Memory memory) : memory_(memory) {}

    // Both rings at one slot: as after so many records.
    void start_at(std::uint32_t slot) {
        IO_WRITE(GspMem::command_queue(memory_), tx.write_ptr, slot);
        IO_WRITE(GspMem::message_queue(memory_), tx.write_ptr, slot);
        GspMem::commands_read(memory_).write(slot);
        GspMem::messages_read(memory_).write(slot);
    }

    // The next command, consumed; nothing when there is none.
    std::optional<Record> take() {
        const auto queue = GspMem::command_queue(memory_);
        const auto read = Ring::wrap(GspMem::commands_read(memory_).read());
        const auto write = Ring::wrap(io::observe(IO_PROJECT(queue, tx.write_ptr)));
        if (write == read)
            return std::nullopt;
        std::array<std::byte, sizeof(ElementHeader)> bytes;
        copy_out(queue, read.value(), 0, bytes);
        Record record{std::bit_cast<ElementHeader>(bytes), {}};
        record.payload.resize(record.header.rpc.length - sizeof(RpcHeader));
        copy_out(queue, read.value(), sizeof(ElementHeader), record.payload);
        io::release_to_device(GspMem::commands_read(memory_),
                              Ring::advance(read, record.header.elem_count).value());
        return record;
    }

    // True once the record stands in the message queue; false while there is no room.
    bool post(const Record& record) {
        const auto queue = GspMem::message_queue(memory_);
        const auto write = Ring::wrap(IO_READ(queue, tx.write_ptr));
        const auto read = Ring::wrap(io::observe(GspMem::messages_read(memory_)));
        const auto count = slots_for(sizeof(ElementHeader) + record.payload.size());
        if (Ring{.write = write, .read = read}.free() < count)
            return false;
        copy_in(queue, write.value(), 0, bytes_of(record.header));
        copy_in(queue, write.value(), sizeof(ElementHeader), record.payload);
        io::publish(IO_PROJECT(queue, tx.write_ptr), Ring::advance(write, count).value());
        return true;
    }
    bool post(Function function, std::span<const std::byte> payload) {
        return post(make_record(function, payload));
    }

private:
    Memory memory_;
};

} // namespace gsp
