// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// not-32-bit: page-table entries go in one access of 64 bits
// not-big-endian: the example's layout is that of little-endian machines
// The GSP's queues: honest and hostile firmware, every position in the ring, and the order in which
// memory is touched. docs/design/defects.md names those that close a defect of the kernel's driver.

#include <ioview/dma.hpp>
#include <ioview/testing.hpp>

#include "../../examples/gsp_queue/command_queue.hpp"
#include "../../examples/gsp_queue/simulated_gsp.hpp"
#include "support/catch.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace io = ioview;
using namespace std::chrono_literals;
using gsp::Function;
using gsp::GspMem;

namespace {

// Time that passes only while somebody sleeps.
struct Clock {
    using duration = std::chrono::nanoseconds;
    duration* time;
    duration now() const { return *time; }
    void sleep_for(duration d) const { *time += d; }
};

constexpr std::size_t doorbell_end = 0x11'0c04;
constexpr std::size_t most_payload = gsp::max_element - sizeof(gsp::ElementHeader);

std::vector<std::byte> pattern(std::size_t bytes, unsigned seed = 1) {
    std::vector<std::byte> data(bytes);
    for (auto& byte : data)
        byte = static_cast<std::byte>((seed = seed * 1'664'525 + 1'013'904'223) >> 24);
    return data;
}

// Queues in plain memory, with the registers behind them, a driver and a firmware.
struct Fixture {
    struct alignas(4'096) Pages {
        std::byte bytes[sizeof(GspMem)];
    };
    std::unique_ptr<Pages> pages = std::make_unique<Pages>();
    std::unique_ptr<io::testing::Memory<doorbell_end>> registers =
        std::make_unique<io::testing::Memory<doorbell_end>>();
    std::chrono::nanoseconds time{};
    io::SysMem<GspMem> memory = [this] {
        auto* plain = reinterpret_cast<GspMem*>(pages->bytes);
        GspMem::start(*plain);
        return io::SysMem<GspMem>::from_pointer(plain);
    }();
    gsp::CommandQueue<io::SysMem<GspMem>,
                      decltype(registers->view<io::Region<doorbell_end>>()),
                      Clock>
        driver{memory, registers->view<io::Region<doorbell_end>>(), Clock{&time}, {1us, 1s}, 1ms};
    gsp::SimulatedGsp<io::SysMem<GspMem>> firmware{memory};
    std::vector<std::byte> buffer = std::vector<std::byte>(gsp::max_element);

    std::uint32_t command_write() { return IO_READ(GspMem::command_queue(memory), tx.write_ptr); }
    std::uint32_t message_read() { return GspMem::messages_read(memory).read(); }
    void rewrite_message_pointer(std::uint32_t value) {
        IO_WRITE(GspMem::message_queue(memory), tx.write_ptr, value);
    }
};

} // namespace

TEST_CASE("GSP: a stream of other messages does not keep receive() from its timeout", "[gsp]") {
    Fixture f;
    // the GSP posts one whenever the driver looks at the clock, which moves on by that
    struct Noisy {
        using duration = std::chrono::nanoseconds;
        Fixture* f;
        duration now() const {
            REQUIRE(f->time < 1h);
            f->firmware.post(Function::os_error_log, {});
            return f->time += 100ms;
        }
        void sleep_for(duration d) const { f->time += d; }
    };
    const auto bar = f.registers->view<io::Region<doorbell_end>>();
    gsp::CommandQueue noisy{f.memory, bar, Noisy{&f}, {1us, 1s}, 1ms};
    CHECK(noisy.receive(Function::gsp_init_done, f.buffer, 5s).error() == io::Error::timed_out);
    CHECK(f.time >= 5s);
    CHECK(f.time < 6s);
    // what was waited for and is there is found even without time
    f.firmware.start_at(0);
    f.firmware.post(Function::gsp_init_done, pattern(3));
    CHECK(noisy.receive(Function::gsp_init_done, f.buffer, 0s) == 3u);
    // and behind another while there is time
    f.firmware.start_at(0);
    f.firmware.post(Function::os_error_log, {});
    f.firmware.post(Function::gsp_init_done, pattern(4));
    CHECK(noisy.receive(Function::gsp_init_done, f.buffer, 1s) == 4u);
}

TEST_CASE("GSP: the checksum of a record is zero once it stands in it", "[gsp]") {
    CHECK(gsp::checksum({}) == 0);
    const std::array<std::byte, 5> bytes{
        std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}, std::byte{5}};
    CHECK(gsp::checksum(bytes) == (0x0403'0201 ^ 5));
    const auto record = gsp::make_record(Function::set_registry, pattern(77));
    CHECK((gsp::checksum(gsp::bytes_of(record.header)) ^ gsp::checksum(record.payload)) == 0);
}

TEST_CASE("GSP: the page table names the pages that there are, and no others", "[gsp]") {
    io::testing::FakeDma dma;
    auto box = io::CoherentBox<GspMem, io::testing::FakeDma>::zeroed(dma);
    REQUIRE(box);
    GspMem::start(**box);
    const io::Coherent<GspMem, io::testing::FakeDma> memory = std::move(*box).share();
    REQUIRE(GspMem::map(memory));
    const auto words = memory.view().as_sys_mem();
    const auto table = io::SysMem<std::uint64_t[512]>::from_bytes(
        reinterpret_cast<void*>(words.address()), gsp::page_size);
    for (std::size_t i = 0; i < 512; ++i)
        CHECK(table->at(i).read() ==
              (i < GspMem::pages ? memory.dma_address() + i * gsp::page_size : 0));
    CHECK(IO_READ(GspMem::command_queue(memory), tx.size) == 0x4'0000);
    CHECK(IO_READ(GspMem::command_queue(memory), tx.rx_hdr_off) == 32);
    CHECK(IO_READ(GspMem::command_queue(memory), tx.entry_off) == 0x1000);
}

TEST_CASE("GSP: an address that would wrap around ends the page table", "[gsp]") {
    io::testing::Memory<sizeof(gsp::PteArray<4>)> memory;
    io::testing::Recorder recorder{memory.view<gsp::PteArray<4>>()};
    const std::uint64_t start = ~std::uint64_t{0} - 2 * gsp::page_size;
    CHECK(gsp::PteArray<4>::init(recorder.view<gsp::PteArray<4>>(), start).error() ==
          io::Error::overflow);
    using io::testing::Op;
    CHECK(recorder.log() == io::testing::Log{{Op::write, 0, 8, start},
                                             {Op::write, 8, 8, start + gsp::page_size},
                                             {Op::write, 16, 8, start + 2 * gsp::page_size}});
}

TEST_CASE("GSP: the log buffer's page table stands behind its first word", "[gsp]") {
    io::testing::FakeDma dma;
    const auto log = io::Coherent<gsp::LogBuffer, io::testing::FakeDma>::zeroed(dma);
    REQUIRE(log);
    REQUIRE(gsp::LogBuffer::map(*log));
    const auto words = io::SysMem<std::uint64_t[]>::from_span(
        {reinterpret_cast<std::uint64_t*>(log->address()), 8'192});
    CHECK(words.at(0).read() == 0);
    for (unsigned i = 0; i < 16; ++i)
        CHECK(words.at(1 + i).read() == log->dma_address() + i * gsp::page_size);
    CHECK(words.at(17).read() == 0);
    for (const std::uint64_t put : {1u, 8'191u}) {
        words.at(0).write(put);
        CHECK(gsp::LogBuffer::put(*log).value() == put);
    }
    for (const std::uint64_t put : {std::uint64_t{0}, std::uint64_t{8'192}, ~std::uint64_t{0}}) {
        words.at(0).write(put);
        CHECK(gsp::LogBuffer::put(*log).error() == io::Error::out_of_bounds);
    }
}

TEST_CASE("GSP: commands and messages arrive whole at every position of the ring", "[gsp]") {
    Fixture f;
    for (std::uint32_t slot = 0; slot < gsp::slots; ++slot)
        for (const std::size_t bytes : {std::size_t{0},
                                        std::size_t{1},
                                        gsp::page_size - 80,
                                        gsp::page_size - 79,
                                        2 * gsp::page_size,
                                        most_payload}) {
            INFO("slot " << slot << ", " << bytes << " bytes");
            f.firmware.start_at(slot);
            const auto payload = pattern(bytes, slot);
            REQUIRE(f.driver.send_record(Function::set_registry, payload));
            const auto taken = f.firmware.take();
            REQUIRE(taken);
            REQUIRE(taken->payload == payload);
            REQUIRE((gsp::checksum(gsp::bytes_of(taken->header)) ^ gsp::checksum(taken->payload)) ==
                    0);
            REQUIRE(taken->header.elem_count == gsp::slots_for(80 + bytes));
            REQUIRE_FALSE(f.firmware.take());

            REQUIRE(f.firmware.post(Function::gsp_rm_control, payload));
            const auto size = f.driver.receive(Function::gsp_rm_control, f.buffer, 1s);
            REQUIRE(size);
            REQUIRE(*size == bytes);
            REQUIRE(std::equal(payload.begin(), payload.end(), f.buffer.begin()));
            REQUIRE(f.message_read() == (slot + gsp::slots_for(80 + bytes)) % gsp::slots);
        }
}

TEST_CASE("GSP: sequence numbers count the records", "[gsp]") {
    Fixture f;
    for (std::uint32_t i = 0; i < 5; ++i) {
        REQUIRE(f.driver.send(Function::nop, {}));
        const auto taken = f.firmware.take();
        REQUIRE(taken);
        CHECK(taken->header.seq_num == i);
        CHECK(taken->header.rpc.sequence == i);
        CHECK(taken->header.rpc.rpc_result == ~0u);
    }
}

TEST_CASE("GSP: a large command goes in continuation records", "[gsp]") {
    Fixture f;
    const auto payload = pattern(2 * most_payload + 7);
    REQUIRE(f.driver.send(Function::gsp_rm_control, payload));
    std::vector<std::byte> whole;
    for (const auto function :
         {Function::gsp_rm_control, Function::continuation_record, Function::continuation_record}) {
        const auto part = f.firmware.take();
        REQUIRE(part);
        CHECK(part->header.rpc.function == static_cast<std::uint32_t>(function));
        whole.insert(whole.end(), part->payload.begin(), part->payload.end());
    }
    CHECK(whole == payload);
    CHECK_FALSE(f.firmware.take());
    CHECK(f.driver.send_record(Function::gsp_rm_control, pattern(most_payload + 1)).error() ==
          io::Error::message_too_large);
    CHECK_FALSE(f.firmware.take());
}

TEST_CASE("GSP: a full queue times out, and goes on when there is room", "[gsp]") {
    Fixture f;
    for (int i = 0; i < 62; ++i)
        REQUIRE(f.driver.send(Function::nop, {}));
    CHECK(f.command_write() == 62);
    const auto before = f.time;
    CHECK(f.driver.send(Function::nop, {}).error() == io::Error::timed_out);
    CHECK(f.time - before >= 1s);
    CHECK(f.command_write() == 62);
    REQUIRE(f.firmware.take());
    REQUIRE(f.driver.send(Function::nop, {}));
    CHECK(f.command_write() == 0);
    CHECK(f.driver.send(Function::nop, {}).error() == io::Error::timed_out);
}

TEST_CASE("GSP: no message is a timeout", "[gsp]") {
    Fixture f;
    CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 20ms).error() ==
          io::Error::timed_out);
    CHECK(f.time >= 20ms);
}

TEST_CASE("GSP: messages before the awaited one are consumed", "[gsp]") {
    Fixture f;
    REQUIRE(f.firmware.post(Function::os_error_log, pattern(5'000)));
    REQUIRE(f.firmware.post(Function::gsp_init_done, pattern(3)));
    CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s).value() == 3);
    CHECK(f.message_read() == 3);
}

TEST_CASE("GSP: a function nobody knows does not wedge the queue", "[gsp]") {
    Fixture f;
    REQUIRE(f.firmware.post(static_cast<Function>(0x7777), pattern(9)));
    REQUIRE(f.firmware.post(Function::gsp_init_done, {}));
    CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s).error() ==
          io::Error::invalid_argument);
    CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s));
}

TEST_CASE("GSP: a bad checksum is an error once, and the record is gone", "[gsp]") {
    Fixture f;
    auto record = gsp::make_record(Function::gsp_init_done, pattern(9));
    record.payload[4] ^= std::byte{1};
    REQUIRE(f.firmware.post(record));
    REQUIRE(f.firmware.post(Function::gsp_init_done, {}));
    CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s).error() == io::Error::io_error);
    CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s));
}

TEST_CASE("GSP: a foreign signature is an error, and the record is gone", "[gsp]") {
    Fixture f;
    auto record = gsp::make_record(Function::gsp_init_done, {});
    record.header.rpc.signature ^= 1;
    record.header.checksum ^= 1;
    REQUIRE(f.firmware.post(record));
    CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s).error() == io::Error::io_error);
    CHECK(f.message_read() == 1);
}

TEST_CASE("GSP: lengths that cannot be drop what is readable", "[gsp]") {
    for (const std::uint32_t length : {0u,
                                       31u,
                                       static_cast<std::uint32_t>(32 + 2 * gsp::page_size - 80 + 1),
                                       0x8000'0000u,
                                       ~0u}) {
        Fixture f;
        f.firmware.start_at(60);
        auto record = gsp::make_record(Function::gsp_init_done, pattern(gsp::page_size));
        record.header.rpc.length = length;
        REQUIRE(f.firmware.post(record));
        INFO("length " << length);
        CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s).error() ==
              io::Error::io_error);
        CHECK(f.message_read() == 62);
        REQUIRE(f.firmware.post(Function::gsp_init_done, {}));
        CHECK(f.driver.receive(Function::gsp_init_done, f.buffer, 1s));
    }
}

TEST_CASE("GSP: a message larger than the buffer is consumed", "[gsp]") {
    Fixture f;
    std::array<std::byte, 16> small{};
    REQUIRE(f.firmware.post(Function::gsp_init_done, pattern(17)));
    REQUIRE(f.firmware.post(Function::gsp_init_done, pattern(16)));
    CHECK(f.driver.receive(Function::gsp_init_done, small, 1s).error() ==
          io::Error::message_too_large);
    CHECK(f.driver.receive(Function::gsp_init_done, small, 1s).value() == 16);
}

TEST_CASE("GSP: pointers out of range stay inside the queue", "[gsp]") {
    for (const std::uint32_t value : {63u, 64u, 125u, 0x8000'0000u, ~0u}) {
        Fixture f;
        INFO("pointer " << value);
        // as the GSP's write pointer: whatever is read as a record is inside, and refused or empty
        f.rewrite_message_pointer(value);
        const auto message = f.driver.receive(Function::gsp_init_done, f.buffer, 5ms);
        REQUIRE_FALSE(message);
        CHECK(message.error() == (value % 63 == 0 ? io::Error::timed_out : io::Error::io_error));
        CHECK(f.message_read() == value % 63);
        // as its read pointer
        GspMem::commands_read(f.memory).write(value);
        for (std::uint32_t i = 0; i < 100; ++i)
            if (!f.driver.send(Function::nop, {}))
                break;
        CHECK(f.command_write() == (value % 63 + 62) % 63);
        // our own pointers, overwritten
        GspMem::messages_read(f.memory).write(value);
        CHECK_FALSE(f.driver.receive(Function::gsp_init_done, f.buffer, 5ms));
    }
}

namespace {

// One memory with the queues at 0 and the registers behind them, so that one log has both.
constexpr std::size_t bar_at = sizeof(GspMem);

struct Recorded {
    using Memory = io::testing::Memory<bar_at + 0x11'1000>;
    std::unique_ptr<Memory> memory = std::make_unique<Memory>();
    io::testing::Recorder<typename Memory::Backend> recorder{
        memory->view<io::Region<bar_at + 0x11'1000>>()};
    std::chrono::nanoseconds time{};

    Recorded() {
        auto plain = std::make_unique<Fixture::Pages>();
        GspMem::start(*reinterpret_cast<GspMem*>(plain->bytes));
        std::memcpy(&(*memory)[0], plain->bytes, sizeof(GspMem));
    }
    auto queues() { return recorder.template view<GspMem>(); }
    auto driver() {
        const auto bar = recorder.template view<io::Region<bar_at + doorbell_end>>()
                             .template subview<io::Region<doorbell_end>>(bar_at);
        return gsp::CommandQueue<decltype(queues()), std::remove_const_t<decltype(bar)>, Clock>{
            queues(), bar, Clock{&time}, {1us, 1s}, 1ms};
    }
};

} // namespace

TEST_CASE("GSP: payload, fence, index, doorbell, in this order", "[gsp]") {
    using io::testing::Op;
    Recorded r;
    auto driver = r.driver();
    const auto payload = pattern(5'000);
    REQUIRE(driver.send(Function::set_registry, payload));
    const auto& log = r.recorder.log();
    const std::size_t data = GspMem::command_queue_offset + offsetof(gsp::Msgq, data);
    REQUIRE(log.size() > 4);
    // the last of it, index and doorbell both published; everything else that is written lies
    // before them, in the data
    const io::testing::Log last{
        io::testing::fence_entry(io::Fence::dma_wmb),
        {Op::write, GspMem::command_queue_offset + offsetof(gsp::Msgq, tx.write_ptr), 4, 2},
        io::testing::fence_entry(io::Fence::dma_wmb),
        {Op::write, bar_at + 0x11'0c00, 4, 0}};
    CHECK(io::testing::Log(log.end() - 4, log.end()) == last);
    std::size_t written = 0;
    for (std::size_t i = 0; i + 4 < log.size(); ++i)
        if (log[i].op == Op::write) {
            CHECK(log[i].address >= data);
            CHECK(log[i].address < data + 2 * gsp::page_size);
            written += log[i].width;
        }
    CHECK(written == 80 + payload.size());
}

TEST_CASE("GSP: index, fence, record read once, fence, index given back", "[gsp]") {
    using io::testing::Op;
    Recorded r;
    auto driver = r.driver();
    gsp::SimulatedGsp firmware{r.queues()};
    const auto payload = pattern(6'000);
    REQUIRE(firmware.post(Function::gsp_init_done, payload));
    r.recorder.clear();
    std::vector<std::byte> buffer(gsp::max_element);
    REQUIRE(driver.receive(Function::gsp_init_done, buffer, 1s));
    const auto& log = r.recorder.log();
    const std::size_t data = GspMem::message_queue_offset + offsetof(gsp::Msgq, data);
    const std::size_t write_ptr = GspMem::message_queue_offset + offsetof(gsp::Msgq, tx.write_ptr);
    REQUIRE(log.size() > 5);
    CHECK(log[1] == io::testing::Access{Op::read, write_ptr, 4, 2});
    CHECK(log[2].op == Op::fence);
    CHECK(log[2].value == static_cast<std::uint64_t>(io::Fence::dma_rmb));
    // each byte of the record is read just once: nothing can change after it was checked
    std::vector<int> reads(80 + payload.size());
    for (std::size_t i = 3; i + 2 < log.size(); ++i) {
        REQUIRE(log[i].op == Op::read);
        REQUIRE(log[i].address >= data);
        for (std::size_t byte = 0; byte < log[i].width; ++byte)
            ++reads.at(log[i].address - data + byte);
    }
    CHECK(std::count(reads.begin(), reads.end(), 1) == static_cast<std::ptrdiff_t>(reads.size()));
    CHECK(log[log.size() - 2].op == Op::fence);
    CHECK(log[log.size() - 2].value == static_cast<std::uint64_t>(io::Fence::dma_mb));
    CHECK(log[log.size() - 1] ==
          io::testing::Access{
              Op::write, GspMem::command_queue_offset + offsetof(gsp::Msgq, rx.read_ptr), 4, 2});
}
