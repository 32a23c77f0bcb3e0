// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The memory that a driver shares with the GPU System Processor (GSP): page table, command queue
// and message queue, as nova-core and NVIDIA's open GPU kernel modules lay it out.
//
//   auto shared = io::CoherentBox<gsp::GspMem, Dma>::zeroed(dma);      // the CPU's alone, still
//   gsp::GspMem::start(**shared);
//   io::Coherent<gsp::GspMem, Dma> memory = std::move(*shared).share();
//   auto mapped = gsp::GspMem::map(memory);

#include <ioview/ioview.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace gsp {

namespace io = ioview;

inline constexpr std::size_t page_size = 4'096;
inline constexpr std::uint32_t slots = 63;                 // of one page each, in either queue
inline constexpr std::size_t max_element = 16 * page_size; // of a record with its header

// A page table of N entries: the device addresses of pages that follow one another.
template <std::size_t N>
struct PteArray {
    std::uint64_t entries[N];

    // entries[i] = start + i * page_size, one write each; overflow when an address would wrap
    // around, and then the entries before it have been written.
    template <io::IoOf<PteArray> View>
    static constexpr io::Result<> init(View view, std::uint64_t start) noexcept {
        for (std::size_t i = 0; i < N; ++i) {
            if (start > ~std::uint64_t{0} - i * page_size)
                return io::fail(io::Error::overflow);
            IO_WRITE(view, entries, at(i), start + i * page_size);
        }
        return {};
    }
};

struct TxHeader {
    std::uint32_t version;
    std::uint32_t size;      // of the whole queue in bytes
    std::uint32_t msg_size;  // of a slot
    std::uint32_t msg_count; // slots
    std::uint32_t write_ptr; // next slot to be filled
    std::uint32_t flags;
    std::uint32_t rx_hdr_off;
    std::uint32_t entry_off;
};

// Where this side reads in the *other* side's queue.
struct RxHeader {
    std::uint32_t read_ptr;
};

using Page = std::array<std::byte, page_size>;

// One direction: written by one side only, its read pointer included.
struct Msgq {
    TxHeader tx;
    RxHeader rx;
    std::byte reserved[page_size - sizeof(TxHeader) - sizeof(RxHeader)];
    Page data[slots];
};

struct RpcHeader {
    std::uint32_t header_version;
    std::uint32_t signature;
    std::uint32_t length; // of this header and the payload
    std::uint32_t function;
    std::uint32_t rpc_result;
    std::uint32_t rpc_result_private;
    std::uint32_t sequence;
    std::uint32_t spare;

    static constexpr std::uint32_t version_3 = 0x0300'0000;
    static constexpr std::uint32_t vrpc = 0x4350'5256; // "VRPC"
};

// What stands before the payload of each record.
struct ElementHeader {
    std::byte auth_tag[16];
    std::byte aad[16];
    std::uint32_t checksum; // makes the XOR of all words of the record zero
    std::uint32_t seq_num;
    std::uint32_t elem_count; // slots of the record
    std::uint32_t pad;
    RpcHeader rpc;
};

// Functions and events, by their numbers in NVIDIA's interface.
enum class Function : std::uint32_t {
    nop = 0,
    get_gsp_static_info = 65,
    continuation_record = 71,
    gsp_set_system_info = 72,
    set_registry = 73,
    gsp_rm_control = 76,
    gsp_init_done = 0x1001,
    gsp_run_cpu_sequencer = 0x1002,
    os_error_log = 0x1006,
};

[[nodiscard]] constexpr bool is_known(Function function) noexcept {
    switch (function) {
    case Function::nop:
    case Function::get_gsp_static_info:
    case Function::continuation_record:
    case Function::gsp_set_system_info:
    case Function::set_registry:
    case Function::gsp_rm_control:
    case Function::gsp_init_done:
    case Function::gsp_run_cpu_sequencer:
    case Function::os_error_log:
        return true;
    }
    return false;
}

// All of it, aligned to a page. Nobody but its own functions reaches a member, in plain memory or
// through a view.
class alignas(page_size) GspMem {
public:
    static constexpr std::size_t pages = 129; // told to the GSP; only so many PTEs are filled
    static constexpr std::size_t command_queue_offset = 0x1000;
    static constexpr std::size_t message_queue_offset = 0x4'1000;

    // The command queue as the GSP expects to find it. Plain memory: the GSP cannot see it yet.
    static constexpr void start(GspMem& memory) noexcept {
        memory.cpuq_.tx = {.version = 0,
                           .size = sizeof(Msgq),
                           .msg_size = page_size,
                           .msg_count = slots,
                           .write_ptr = 0,
                           .flags = 1,
                           .rx_hdr_off = offsetof(Msgq, rx),
                           .entry_off = offsetof(Msgq, data)};
        memory.cpuq_.rx = {};
    }

    // Tells the GSP, by the page table at the start, where each page is.
    template <io::IoOf<GspMem> View>
    static io::Result<> map(const View& memory) noexcept {
        const auto table = IO_PROJECT(memory, ptes_, first(pages)).bytes();
        const auto pages_of_memory = table.template try_cast<PteArray<pages>>();
        if (!pages_of_memory)
            return io::fail(pages_of_memory.error());
        return PteArray<pages>::init(*pages_of_memory, memory.dma_address());
    }

    // The queues, and in each the pointer that the other side moves.
    static constexpr auto command_queue(const auto& memory) noexcept {
        return IO_PROJECT(memory, cpuq_);
    }
    static constexpr auto message_queue(const auto& memory) noexcept {
        return IO_PROJECT(memory, gspq_);
    }
    static constexpr auto commands_read(const auto& memory) noexcept {
        return IO_PROJECT(memory, gspq_.rx.read_ptr);
    }
    static constexpr auto messages_read(const auto& memory) noexcept {
        return IO_PROJECT(memory, cpuq_.rx.read_ptr);
    }

private:
    std::uint64_t ptes_[512];
    Msgq cpuq_; // written by the CPU only
    Msgq gspq_; // written by the GSP only

    friend struct GspMemLayout;
};

// The log of the GSP: 64-bit words. The first counts what has been put, the next 16 are its own
// page table.
class LogBuffer {
public:
    static constexpr std::size_t pages = 16;

    template <io::IoOf<LogBuffer> View>
    static io::Result<> map(const View& log) noexcept {
        const auto table =
            IO_PROJECT(log, bytes_, try_from(sizeof(std::uint64_t)), try_first(8 * pages));
        if (!table)
            return io::fail(table.error());
        const auto ptes = table->template try_cast<PteArray<pages>>();
        if (!ptes)
            return io::fail(ptes.error());
        return PteArray<pages>::init(*ptes, log.dma_address());
    }

    // Words put so far: none while the GSP has not said anything sensible.
    static constexpr io::Result<std::uint64_t> put(const auto& log) noexcept {
        const auto word = IO_PROJECT(log, bytes_, first(8)).template try_cast<std::uint64_t>();
        if (!word)
            return io::fail(word.error());
        const std::uint64_t count = word->read();
        if (count < 1 || count >= pages * page_size / sizeof(std::uint64_t))
            return io::fail(io::Error::out_of_bounds);
        return count;
    }

private:
    alignas(8) std::byte bytes_[pages * page_size];
};

struct GspMemLayout {
    static_assert(sizeof(GspMem) == 0x8'1000 && sizeof(GspMem) == GspMem::pages * page_size);
    static_assert(alignof(GspMem) == page_size);
    static_assert(offsetof(GspMem, ptes_) == 0);
    static_assert(offsetof(GspMem, cpuq_) == GspMem::command_queue_offset);
    static_assert(offsetof(GspMem, gspq_) == GspMem::message_queue_offset);
    static_assert(sizeof(Msgq) == 0x4'0000);
    static_assert(offsetof(Msgq, rx) == 0x20);
    static_assert(offsetof(Msgq, data) == 0x1000);
    static_assert(sizeof(TxHeader) == 32 && offsetof(TxHeader, write_ptr) == 16);
    static_assert(sizeof(RpcHeader) == 32 && sizeof(ElementHeader) == 80);
    static_assert(offsetof(ElementHeader, checksum) == 32);
    static_assert(offsetof(ElementHeader, elem_count) == 40);
    static_assert(offsetof(ElementHeader, rpc) == 48);
};

} // namespace gsp

template <>
inline constexpr bool ioview::enable_plain_data<gsp::RpcHeader> = true;
template <>
inline constexpr bool ioview::enable_plain_data<gsp::ElementHeader> = true;
template <std::size_t N>
inline constexpr bool ioview::enable_plain_data<gsp::PteArray<N>> = true;
