// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The example driver that reads and writes blocks of an NVMe, on a double; and the double itself,
// given commands that this driver does not make.
#include "../../examples/drivers/nvme_io.hpp"

#include <ioview/testing/recorder.hpp>

#include "../../examples/drivers/nvme_simulated.hpp"
#include "hardware/slot.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace io = ioview;
using hardware::LeakyDma;
using io::Error;
using io::testing::Log;
using nvme::page;

namespace {

constexpr auto wr = io::testing::Op::write;

// Looks take time, too: the driver does not sleep between them.
struct Clock {
    mutable std::uint64_t time = 0;
    std::uint64_t now() const noexcept { return time += 100; }
    void sleep_for(std::uint64_t us) noexcept { time += us; }
};

// A drive of 4096 blocks of 512 bytes in a slot; what is done to it is recorded.
struct Setup {
    explicit Setup(unsigned doorbell_stride = 0, std::size_t bytes = 0x4000)
        : device{dma, doorbell_stride, bytes} {
        device.blocks = 4'096;
        device.block_shift = 9;
    }
    using View = decltype(std::declval<io::testing::Recorder<io::testing::DeviceBackend>&>()
                              .view<nvme::Bar>());
    using Controller = nvme::Controller<View, LeakyDma, Clock>;
    using Queue = nvme::Queue<View, LeakyDma, Clock>;
    using Pages = io::Coherent<nvme::Page[], LeakyDma>;

    View bar() { return recorder.view<nvme::Bar>(); }
    io::Result<Controller> start() { return Controller::start(bar(), dma, clock); }
    io::Result<Queue> create(Controller& controller) {
        return Queue::create(controller, bar(), dma, clock);
    }

    LeakyDma dma;
    nvme::Simulated device;
    Clock clock;
    hardware::Slot slot{device.device};
    io::testing::Recorder<io::testing::DeviceBackend> recorder{slot.view<nvme::Bar>()};
};

std::uint8_t byte_of(std::size_t i, unsigned seed) {
    return static_cast<std::uint8_t>(i * 7 + i / 251 + seed);
}
// In one piece: emulated processors run this, too.
void fill(LeakyDma& dma, const Setup::Pages& data, unsigned seed) {
    std::vector<std::uint8_t> bytes(data.size_bytes());
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = byte_of(i, seed);
    dma.device_write(data.dma_address(), bytes.data(), bytes.size());
}
// The first of them are as fill() with this seed has them, all others with that one.
bool are(
    LeakyDma& dma, const Setup::Pages& data, std::size_t count, unsigned seed, unsigned other) {
    std::vector<std::uint8_t> bytes(data.size_bytes());
    dma.device_read(data.dma_address(), bytes.data(), bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != byte_of(i, i < count ? seed : other))
            return false;
    }
    return true;
}
template <class T>
Error error_of(const io::Result<T>& result) {
    return result ? Error{} : result.error();
}

} // namespace

TEST_CASE("nvme_io: blocks are written, are in the device, and are read back", "[examples][nvme]") {
    Setup setup;
    setup.device.most_shift = 0;
    setup.device.blocks = 8'192;
    {
        auto controller = setup.start();
        REQUIRE(controller);
        auto queue = setup.create(*controller);
        REQUIRE(queue);
        const auto data = Setup::Pages::zeroed(setup.dma, 514);
        REQUIRE(data);
        for (const std::size_t bytes :
             {std::size_t{512}, page, page + 512, 2 * page, 3 * page, nvme::most_bytes}) {
            INFO(bytes << " bytes");
            const auto count = static_cast<std::uint32_t>(bytes / 512);
            setup.device.kept.clear();
            fill(setup.dma, *data, 1);
            REQUIRE(queue->write(1, 9, count, data->dma_address(), bytes));
            CHECK(setup.device.kept.size() == count);
            CHECK(setup.device.kept.begin()->first == 9);
            std::size_t at = 0;
            for (const auto& entry : setup.device.kept) {
                for (const std::uint8_t byte : entry.second)
                    at += byte == byte_of(at, 1);
            }
            CHECK(at == bytes);
            fill(setup.dma, *data, 2);
            REQUIRE(queue->read(1, 9, count, data->dma_address(), bytes));
            CHECK(are(setup.dma, *data, bytes, 1, 2));
        }
        // what was never written is zero; the last block
        REQUIRE(queue->read(1, 8'191, 1, data->dma_address(), 512));
        CHECK(IO_READ(*data, at(0), bytes, at(0)) == 0);
        CHECK(IO_READ(*data, at(0), bytes, at(511)) == 0);
        CHECK(IO_READ(*data, at(0), bytes, at(512)) == byte_of(512, 1));
    }
    CHECK(setup.slot.failures.empty());
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("nvme_io: two doorbells a command, where the controller has them, around its queues",
          "[examples][nvme]") {
    Setup setup{1};
    {
        auto controller = setup.start();
        REQUIRE(controller);
        auto created = setup.create(*controller);
        REQUIRE(created);
        auto queue = std::move(*created);
        const auto data = Setup::Pages::zeroed(setup.dma, 1);
        REQUIRE(data);
        for (std::uint32_t i = 0; i < 3 * nvme::io_entries; ++i) {
            setup.recorder.clear();
            REQUIRE(queue.write(1, i, 1, data->dma_address(), 512));
            Log rung;
            for (const auto& access : setup.recorder.log()) {
                if (access.op != io::testing::Op::fence)
                    rung.push_back(access);
            }
            const std::uint64_t next = (i + 1) % nvme::io_entries;
            CHECK(rung == Log{{wr, 0x1010, 4, next}, {wr, 0x1018, 4, next}}); // 4 << 1 apart
        }
    }
    CHECK(setup.slot.failures.empty());
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("nvme_io: bad requests are errors, and nothing is moved by them", "[examples][nvme]") {
    Setup setup;
    {
        auto controller = setup.start();
        REQUIRE(controller);
        auto queue = setup.create(*controller);
        REQUIRE(queue);
        const auto data = Setup::Pages::zeroed(setup.dma, 514);
        REQUIRE(data);
        const io::DmaAddress at = data->dma_address();
        fill(setup.dma, *data, 1);
        const auto both = [&](std::uint64_t block,
                              std::uint32_t count,
                              io::DmaAddress address,
                              std::size_t bytes,
                              std::uint32_t name_space = 1) {
            const Error error = error_of(queue->read(name_space, block, count, address, bytes));
            CHECK(error_of(queue->write(name_space, block, count, address, bytes)) == error);
            return error;
        };
        // by the driver
        setup.recorder.clear();
        CHECK(both(0, 0, at, 512) == Error::invalid_argument);
        CHECK(both(0, 1, at, 0) == Error::invalid_argument);
        CHECK(both(0, 1, at + 512, 512) == Error::invalid_argument);
        CHECK(both(0, 1, at, nvme::most_bytes + 1) == Error::out_of_bounds);
        CHECK(both(0, 0x1'0001, at, nvme::most_bytes) == Error::out_of_bounds);
        CHECK(setup.recorder.log().empty());
        // by the controller
        CHECK(both(4'096, 1, at, 512) == Error::io_error);
        CHECK(both(4'095, 2, at, 1'024) == Error::io_error);
        CHECK(both(~std::uint64_t{0}, 1, at, 512) == Error::io_error);
        CHECK(both(std::uint64_t{1} << 32, 1, at, 512) == Error::io_error);
        CHECK(both(0, 1, at, 512, 0) == Error::io_error);
        CHECK(both(0, 1, at, 512, 2) == Error::io_error);
        CHECK(both(0, 129 * 8, at, 129 * page) == Error::io_error); // 512 KiB at once
        setup.device.name_spaces = 2;
        CHECK(both(0, 1, at, 512, 2) == Error::io_error); // which is not in use
        CHECK(setup.device.kept.empty());
        CHECK(are(setup.dma, *data, 0, 1, 1));
        // and it goes on
        CHECK(both(0, 128 * 8, at, 128 * page) == Error{});
        CHECK(setup.slot.failures.empty());
        // memory that is nobody's, of which a controller without an IOMMU knows nothing
        CHECK(both(0, 1, 0x1000, 512) == Error::io_error);
        CHECK(setup.slot.wild_accesses() == 2);
    }
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("nvme_io: controllers that give no pair of queues", "[examples][nvme]") {
    SECTION("queues that are too short") {
        for (const std::uint64_t most : {0xeu, 0xfu}) { // entries, less one
            Setup setup;
            setup.device.capabilities = 0x20'0a01'0000 | most;
            auto controller = setup.start();
            REQUIRE(controller);
            const auto queue = setup.create(*controller);
            CHECK(error_of(queue) == (most == 0xe ? Error::unsupported : Error{}));
        }
    }
    SECTION("doorbells outside what is mapped") {
        for (const std::size_t bytes : {0x3000u, 0x4000u}) {
            Setup setup{10, bytes}; // 4 KiB apart
            auto controller = setup.start();
            REQUIRE(controller);
            CHECK(error_of(setup.create(*controller)) == Error::out_of_bounds);
        }
        Setup setup{10, 0x4004};
        auto controller = setup.start();
        REQUIRE(controller);
        CHECK(setup.create(*controller));
    }
    SECTION("no memory, a refusal, and one pair of each number") {
        Setup setup;
        {
            auto controller = setup.start();
            REQUIRE(controller);
            setup.dma.fail_request(1);
            CHECK(error_of(setup.create(*controller)) == Error::no_memory);
            setup.device.says = 0x102;
            CHECK(error_of(setup.create(*controller)) == Error::io_error);
            setup.device.says = 0;
            auto first = setup.create(*controller);
            REQUIRE(first);
            CHECK(error_of(setup.create(*controller)) == Error::io_error);
            const auto data = Setup::Pages::zeroed(setup.dma, 1);
            CHECK(first->read(1, 0, 8, data->dma_address(), page)); // which is as it was
        }
        CHECK(setup.slot.failures.empty());
        CHECK(setup.dma.leaks() == 0);
        CHECK(setup.dma.outstanding() == 0);
    }
    SECTION("gone") {
        Setup setup;
        auto controller = setup.start();
        REQUIRE(controller);
        setup.slot.unplug_after(0);
        CHECK(error_of(setup.create(*controller)) == Error::no_device);
    }
}

TEST_CASE("nvme_io: a deaf controller, and one that is late", "[examples][nvme]") {
    Setup setup;
    {
        auto controller = setup.start();
        REQUIRE(controller);
        auto queue = setup.create(*controller);
        REQUIRE(queue);
        const auto data = Setup::Pages::zeroed(setup.dma, 4);
        REQUIRE(data);
        setup.device.works = false;
        const auto other = Setup::Pages::zeroed(setup.dma, 4);
        REQUIRE(other);
        fill(setup.dma, *data, 1);
        fill(setup.dma, *other, 1);
        const auto read = [&](const auto& to) {
            return error_of(queue->read(1, 0, 32, to.dma_address(), 4 * page));
        };
        const std::uint64_t begin = setup.clock.time;
        CHECK(read(*data) == Error::timed_out);
        CHECK(setup.clock.time - begin >= nvme::give_up_after);
        CHECK(read(*other) == Error::busy);
        setup.device.work_late(); // what it was told first, and by the list that it was told of
        CHECK(IO_READ(*data, at(3), bytes, at(9)) == 0);
        CHECK(are(setup.dma, *other, 4 * page, 1, 1));
        CHECK(error_of(queue->write(1, 0, 1, data->dma_address(), 512)) == Error::busy);
        setup.device.works = true;
    }
    CHECK(setup.slot.failures.empty());
    CHECK(setup.dma.leaks() == 0); // it has let go of the queues
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("nvme_io: pulled out at any access", "[examples][nvme]") {
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        Setup setup;
        setup.slot.unplug_after(good);
        const auto data = Setup::Pages::zeroed(setup.dma, 3);
        REQUIRE(data);
        const auto use = [&]() -> io::Result<> {
            auto controller = setup.start();
            if (!controller)
                return io::fail(controller.error());
            auto queue = setup.create(*controller);
            if (!queue)
                return io::fail(queue.error());
            if (const auto done = queue->write(1, 0, 24, data->dma_address(), 3 * page); !done)
                return done;
            return queue->read(1, 0, 24, data->dma_address(), 3 * page);
        };
        const Error error = error_of(use());
        was_pulled = setup.slot.is_empty();
        if (was_pulled)
            CHECK((error == Error::no_device || (error == Error{} && setup.dma.leaks() != 0)));
        else
            CHECK((error == Error{} && setup.dma.leaks() == 0));
        setup.device.work_late(); // which has not noticed, and has its queues
        CHECK(setup.slot.wild_accesses() == 0);
        CHECK(setup.dma.outstanding() == 1 + setup.dma.leaks());
    }
    CHECK(good > 25);
}

namespace {

// Commands as they are: to the admin queues, number 0, and to others of 4 entries.
struct RawDriver {
    RawDriver() {
        device.device.on_failure([this](const std::string& text) { failures.push_back(text); });
        const auto put = [&](std::size_t at, std::uint64_t value) {
            device.device.write(at, 4, value);
            device.device.write(at + 4, 4, value >> 32);
        };
        device.device.write(0x24, 4, 0x0003'0003);
        put(0x28, submissions(0));
        put(0x30, completions(0));
        device.device.write(0x14, 4, 0x0046'0001);
        static_cast<void>(device.device.read(0x1c, 4));
    }
    io::DmaAddress page_at(std::size_t n) const { return memory.dma_address() + n * page; }
    io::DmaAddress submissions(std::size_t n) const { return page_at(2 * n); }
    io::DmaAddress completions(std::size_t n) const { return page_at(2 * n + 1); }

    // The status code that it is answered with.
    unsigned send(unsigned queue, nvme::Submission command) {
        const unsigned place = places[queue];
        places[queue] = (place + 1) % 4;
        command.id = static_cast<std::uint16_t>(0x40 + place);
        dma.device_write(submissions(queue) + 64 * place, &command, 64);
        device.device.write(0x1000 + 8 * queue, 4, places[queue]);
        nvme::Completion answer{};
        dma.device_read(completions(queue) + 16 * place, &answer, 16);
        CHECK(answer.id == 0x40 + place);
        CHECK(answer.queue == queue);
        device.device.write(0x1004 + 8 * queue, 4, places[queue]);
        return answer.status >> 1;
    }
    unsigned administer(std::uint16_t opcode,
                        std::uint32_t dword10,
                        std::uint32_t dword11,
                        io::DmaAddress data) {
        nvme::Submission command{};
        command.opcode = opcode;
        command.data_low = static_cast<std::uint32_t>(data);
        command.data_high = static_cast<std::uint32_t>(data >> 32);
        command.dword10 = dword10;
        command.dword11 = dword11;
        return send(0, command);
    }
    unsigned create_completion(std::uint32_t number, std::uint32_t entries = 4) {
        return administer(0x05, (entries - 1) << 16 | number, 1, completions(number % 4));
    }
    unsigned create_submission(std::uint32_t number, std::uint32_t answers) {
        return administer(0x01, 3 << 16 | number, answers << 16 | 1, submissions(number % 4));
    }
    unsigned read(unsigned queue,
                  std::uint64_t data,
                  std::uint64_t more,
                  unsigned pages,
                  std::uint16_t opcode = 0x02) {
        nvme::Submission command{};
        command.opcode = opcode;
        command.name_space = 1;
        command.data_low = static_cast<std::uint32_t>(data);
        command.data_high = static_cast<std::uint32_t>(data >> 32);
        command.more_low = static_cast<std::uint32_t>(more);
        command.more_high = static_cast<std::uint32_t>(more >> 32);
        command.dword12 = pages - 1; // blocks of 4 KiB
        return send(queue, command);
    }

    io::testing::FakeDma dma;
    io::Coherent<nvme::Page[], io::testing::FakeDma> memory =
        *io::Coherent<nvme::Page[], io::testing::FakeDma>::zeroed(dma, 24);
    nvme::Simulated device{dma};
    unsigned places[4]{};
    std::vector<std::string> failures;
};

} // namespace

TEST_CASE("nvme double: queues are created and deleted in the order of a device",
          "[examples][nvme]") {
    RawDriver raw;
    CHECK(raw.administer(0x7f, 0, 0, 0) == 0x001);
    CHECK(raw.create_submission(1, 1) == 0x100); // there is none to answer in
    CHECK(raw.create_submission(1, 0) == 0x100); // nor are the admin queues for that
    CHECK(raw.create_completion(0) == 0x101);
    CHECK(raw.create_completion(4) == 0x101);
    CHECK(raw.create_completion(1, 1) == 0x102);
    CHECK(raw.create_completion(1, 2'049) == 0x102);
    CHECK(raw.administer(0x05, 3 << 16 | 1, 1, raw.completions(1) + 64) == 0x013);
    CHECK(raw.administer(0x05, 3 << 16 | 1, 0, raw.completions(1)) == 0x002); // in pieces
    CHECK(raw.administer(0x04, 1, 0, 0) == 0x101);
    CHECK(raw.create_completion(1) == 0);
    CHECK(raw.create_completion(1) == 0x101);
    CHECK(raw.create_submission(0, 1) == 0x101);
    CHECK(raw.create_submission(1, 1) == 0);
    CHECK(raw.create_submission(1, 1) == 0x101);
    CHECK(raw.create_completion(2, 2'048) == 0);
    CHECK(raw.read(1, raw.page_at(8), 0, 1) == 0);
    CHECK(raw.read(1, raw.page_at(8), 0, 1, 0x7f) == 0x001);
    CHECK(raw.administer(0x04, 1, 0, 0) == 0x10c); // it is answered in
    CHECK(raw.administer(0x00, 0, 0, 0) == 0x101);
    CHECK(raw.administer(0x00, 2, 0, 0) == 0x101);
    CHECK(raw.administer(0x00, 1, 0, 0) == 0);
    CHECK(raw.administer(0x04, 0, 0, 0) == 0x101);
    CHECK(raw.administer(0x04, 1, 0, 0) == 0);
    CHECK(raw.failures.empty());
    raw.device.device.write(0x1008, 4, 1); // its doorbell is nobody's now
    CHECK(raw.failures == std::vector<std::string>{"submission tail: past the queue"});
}

TEST_CASE("nvme double: data is where the pages say that it is", "[examples][nvme]") {
    RawDriver raw;
    REQUIRE(raw.create_completion(1) == 0);
    REQUIRE(raw.create_submission(1, 1) == 0);
    for (std::uint64_t block = 0; block < 5; ++block)
        raw.device.kept[block].assign(page, static_cast<std::uint8_t>(0x10 + block));
    const auto byte_at = [&](io::DmaAddress address) {
        std::uint8_t byte = 0;
        raw.dma.device_read(address, &byte, 1);
        return byte;
    };
    const auto entry = [&](io::DmaAddress at, std::uint64_t value) {
        const io::le<std::uint64_t> stored = value;
        raw.dma.device_write(at, &stored, 8);
    };
    CHECK(raw.read(1, raw.page_at(8) + 2, 0, 1) == 0x013);
    CHECK(raw.read(1, raw.page_at(8), raw.page_at(10) + 8, 2) == 0x013);
    // from within a page, over two that do not lie one behind the other
    CHECK(raw.read(1, raw.page_at(8) + 0x100, raw.page_at(10), 1) == 0);
    CHECK(byte_at(raw.page_at(8) + 0xff) == 0);
    CHECK(byte_at(raw.page_at(8) + 0x100) == 0x10);
    CHECK(byte_at(raw.page_at(9)) == 0);
    CHECK(byte_at(raw.page_at(10) + 0xff) == 0x10);
    CHECK(byte_at(raw.page_at(10) + 0x100) == 0);
    // a list near the end of its page, which goes on in another
    entry(raw.page_at(21) - 16, raw.page_at(12));
    entry(raw.page_at(21) - 8, raw.page_at(22));
    entry(raw.page_at(22), raw.page_at(14));
    entry(raw.page_at(22) + 8, raw.page_at(16));
    entry(raw.page_at(22) + 16, raw.page_at(18));
    CHECK(raw.read(1, raw.page_at(8), raw.page_at(21) - 16, 5) == 0);
    CHECK(byte_at(raw.page_at(8)) == 0x10);
    CHECK(byte_at(raw.page_at(12)) == 0x11);
    CHECK(byte_at(raw.page_at(14)) == 0x12);
    CHECK(byte_at(raw.page_at(16)) == 0x13);
    CHECK(byte_at(raw.page_at(18) + page - 1) == 0x14);
    // the last entry of a page that is enough is data
    CHECK(raw.read(1, raw.page_at(8), raw.page_at(21) - 16, 3) == 0);
    CHECK(byte_at(raw.page_at(22)) == 0x12);
    entry(raw.page_at(20), raw.page_at(12) + 4);
    CHECK(raw.read(1, raw.page_at(8), raw.page_at(20), 3) == 0x013);
    CHECK(raw.read(1, raw.page_at(8), raw.page_at(20) + 4, 3) == 0x013);
    CHECK(raw.failures.empty());
    CHECK(raw.read(1, raw.page_at(8), 0x1000, 3) == 0x004);
    CHECK(raw.read(1, raw.page_at(8), 0x1000, 2) == 0x004);
    CHECK(raw.failures.size() == 2);
}
