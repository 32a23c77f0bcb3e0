// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// publish, observe, release_to_device: the order of payload, barrier, index and doorbell.
#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace io = ioview;
using io::Fence;
using io::testing::fence_entry;

namespace {

struct Entry {
    std::uint32_t payload;
    std::uint32_t length;
};
struct Queue {
    Entry entries[2];
    std::uint32_t write_ptr;
    std::uint32_t read_ptr;
    std::uint32_t doorbell;
    std::uint16_t narrow;
    std::uint8_t byte;
    std::uint8_t pad;
    io::be<std::uint64_t> wide;
};

enum class State : std::uint32_t { idle = 1, armed = 2 };

template <io::IoOf<Queue> Q>
constexpr void send(Q queue) {
    IO_WRITE(queue, entries, at(1), payload, 0xcafeu);
    IO_WRITE(queue, entries, at(1), length, 4u);
    io::publish(IO_PROJECT(queue, write_ptr), 1u);
    IO_WRITE(queue, doorbell, 0u);
}

template <io::IoOf<Queue> Q>
constexpr std::uint32_t receive(Q queue) {
    if (io::observe(IO_PROJECT(queue, write_ptr)) == 0)
        return 0;
    const std::uint32_t payload = IO_READ(queue, entries, at(1), payload);
    io::release_to_device(IO_PROJECT(queue, read_ptr), 1u);
    return payload;
}

// What handing over looks like in a constant expression, where only the values are left.
static_assert([] {
    io::testing::Memory<sizeof(Queue)> memory;
    const auto queue = memory.view<Queue>();
    send(queue);
    return receive(queue) == 0xcafe && IO_READ(queue, read_ptr) == 1 &&
           IO_READ(queue, doorbell) == 0;
}());

} // namespace

TEST_CASE("payload, dma_wmb, index, doorbell", "[dma]") {
    Recorded<sizeof(Queue)> ram;
    send(ram.view<Queue>());
    const Log expected{{wr, 8, 4, 0xcafe},
                       {wr, 12, 4, 4},
                       fence_entry(Fence::dma_wmb),
                       {wr, 16, 4, 1},
                       {wr, 24, 4, 0}};
    CHECK(ram.log() == expected);
}

TEST_CASE("index, dma_rmb, payload, dma_mb, index", "[dma]") {
    Recorded<sizeof(Queue)> ram;
    send(ram.view<Queue>());
    ram.recorder.clear();
    CHECK(receive(ram.view<Queue>()) == 0xcafe);
    const Log expected{{rd, 16, 4, 1},
                       fence_entry(Fence::dma_rmb),
                       {rd, 8, 4, 0xcafe},
                       fence_entry(Fence::dma_mb),
                       {wr, 20, 4, 1}};
    CHECK(ram.log() == expected);
}

TEST_CASE("an empty queue is one load and its barrier", "[dma]") {
    Recorded<sizeof(Queue)> ram;
    IO_WRITE(ram.view<Queue>(), write_ptr, 0u);
    ram.recorder.clear();
    CHECK(receive(ram.view<Queue>()) == 0);
    CHECK(ram.log() == Log{{rd, 16, 4, 0}, fence_entry(Fence::dma_rmb)});
}

TEST_CASE("the log names its fences", "[dma]") {
    using io::testing::to_string;
    CHECK(to_string(fence_entry(Fence::dma_rmb)) == "dma_rmb");
    CHECK(to_string(fence_entry(Fence::dma_wmb)) == "dma_wmb");
    CHECK(to_string(fence_entry(Fence::dma_mb)) == "dma_mb");
    CHECK(fence_entry(Fence::dma_mb) != fence_entry(Fence::dma_wmb));
}

TEST_CASE("any index that is one access wide, in its byte order", "[dma]") {
    Recorded<sizeof(Queue)> ram;
    const auto queue = ram.view<Queue>();
    io::publish(IO_PROJECT(queue, byte), std::uint8_t{7});
    io::publish(IO_PROJECT(queue, narrow), std::uint16_t{0x102});
    io::publish(IO_PROJECT(queue, wide), 0x0102'0304'0506'0708u);
    CHECK(ram[offsetof(Queue, wide)] == 1);
    CHECK(io::observe(IO_PROJECT(queue, byte)) == 7);
    CHECK(io::observe(IO_PROJECT(queue, narrow)) == 0x102);
    CHECK(io::observe(IO_PROJECT(queue, wide)) == 0x0102'0304'0506'0708u);
}

TEST_CASE("an enumeration is an index too", "[dma]") {
    Recorded<4> ram;
    const auto state = ram.view<State>();
    io::publish(state, State::armed);
    CHECK(io::observe(state) == State::armed);
    STATIC_REQUIRE(std::is_same_v<decltype(io::observe(state)), State>);
    CHECK(ram.log() == Log{fence_entry(Fence::dma_wmb),
                           {wr, 0, 4, 2},
                           {rd, 0, 4, 2},
                           fence_entry(Fence::dma_rmb)});
}

TEST_CASE("a read-only index is observed and not published", "[dma]") {
    Recorded<4> ram;
    const auto index = ram.view<const std::uint32_t>();
    STATIC_REQUIRE(std::is_same_v<decltype(io::observe(index)), std::uint32_t>);
    CHECK(io::observe(index) == ram.word<std::uint32_t>(0));
}

TEST_CASE("every backend in memory hands over", "[dma]") {
    alignas(8) std::byte bytes[sizeof(Queue)]{};
    auto* const queue = reinterpret_cast<Queue*>(bytes);
    const auto sys = io::SysMem<Queue>::from_pointer(queue);
    send(sys);
    CHECK(receive(sys) == 0xcafe);

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ // elsewhere a map has no order for plain integers
    const io::IoSysMap<Queue> map{sys};
    IO_WRITE(map, entries, at(1), payload, 1u);
    CHECK(receive(map) == 1);
#endif

    const auto mmio =
        io::Mmio<Queue>::from_raw(io::MmioRaw<Queue>::at(reinterpret_cast<std::uintptr_t>(bytes)));
    send(mmio);
    CHECK(receive(mmio) == 0xcafe);
    send(mmio.relaxed());
    CHECK(receive(mmio.relaxed()) == 0xcafe);

    IO_WRITE(sys, entries, at(1), payload, 1u); // what a device wrote may be of another order
    io::testing::Recorder recorder{sys};
    CHECK(receive(recorder.view<Queue>()) == 1);
    CHECK(recorder.log().size() == 5);
}
