// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// publish, observe, release_to_device, publish_and_observe: the order of payload, barrier, index
// and doorbell. The barriers of views, as doubles see them.
#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/script.hpp>

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

// The driver's side of an event index: told, unless the device is looking anyway.
template <io::IoOf<Queue> Q>
constexpr bool send_and_look(Q queue, std::uint32_t next) {
    const std::uint32_t wanted =
        io::publish_and_observe(IO_PROJECT(queue, write_ptr), next, IO_PROJECT(queue, read_ptr));
    if (wanted + 1 != next)
        return false;
    io::publish(IO_PROJECT(queue, doorbell), next);
    return true;
}

// What handing over looks like in a constant expression, where only the values are left.
static_assert([] {
    io::testing::Memory<sizeof(Queue)> memory;
    const auto queue = memory.view<Queue>();
    send(queue);
    return receive(queue) == 0xcafe && IO_READ(queue, read_ptr) == 1 &&
           IO_READ(queue, doorbell) == 0;
}());
static_assert([] {
    io::testing::Memory<sizeof(Queue)> memory;
    const auto queue = memory.view<Queue>();
    IO_WRITE(queue, read_ptr, 6u);
    IO_WRITE(queue, doorbell, 0u);
    return send_and_look(queue, 7) && IO_READ(queue, write_ptr) == 7 &&
           IO_READ(queue, doorbell) == 7 && !send_and_look(queue, 8);
}());

using io::testing::fences;
using io::testing::reads;
using io::testing::Script;
using io::testing::writes;
using U32 = std::uint32_t;

// Each with its barriers, in the compiler.
static_assert([] {
    Script script{fences(Fence::dma_wmb),
                  writes<U32>(16, 7),
                  fences(Fence::dma_mb),
                  reads<U32>(20, 6),
                  fences(Fence::dma_rmb),
                  fences(Fence::dma_wmb),
                  writes<U32>(24, 7)};
    return send_and_look(script.view<Queue>(), 7) && script.done();
}());

using Ram = io::testing::RecorderView<io::testing::MemoryBackend<std::endian::little>, U32>;
// A barrier is named in the log as its function is.
struct Barrier {
    Fence kind;
    const char* name;
    void (*on)(Ram);
};
#define BARRIER(name)                                                                              \
    Barrier {                                                                                      \
        Fence::name, #name, [](Ram view) { io::name(view); }                                       \
    }
constexpr Barrier every_barrier[]{BARRIER(mb),
                                  BARRIER(rmb),
                                  BARRIER(wmb),
                                  BARRIER(dma_mb),
                                  BARRIER(dma_rmb),
                                  BARRIER(dma_wmb),
                                  BARRIER(mmiowb),
                                  BARRIER(wc_flush)};

template <class View>
constexpr bool all_barriers_between(View view) {
    view.write(1);
    io::mb(), io::rmb(), io::wmb(), io::dma_mb(), io::dma_rmb(), io::dma_wmb(), io::mmiowb(),
        io::wc_flush();
    io::mb(view), io::rmb(view), io::wmb(view);
    io::dma_mb(view), io::dma_rmb(view), io::dma_wmb(view);
    io::mmiowb(view), io::wc_flush(view);
    return view.read() == 1;
}
static_assert([] {
    io::testing::Memory<4> memory;
    return all_barriers_between(memory.view<U32>());
}());
static_assert([] {
    io::testing::Memory<4> memory;
    io::testing::Faulty faulty{memory.view<U32>()};
    return all_barriers_between(faulty.view<U32>()) && faulty.accesses() == 2;
}());
static_assert([] {
    Script script{writes<U32>(0, 1),
                  fences(Fence::mb),
                  fences(Fence::rmb),
                  fences(Fence::wmb),
                  fences(Fence::dma_mb),
                  fences(Fence::dma_rmb),
                  fences(Fence::dma_wmb),
                  fences(Fence::mmiowb),
                  fences(Fence::wc_flush),
                  reads<U32>(0, 1)};
    return all_barriers_between(script.view<U32>()) && script.done();
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

TEST_CASE("dma_wmb, index, dma_mb, event, dma_rmb: published, then observed", "[dma]") {
    Recorded<sizeof(Queue)> ram;
    const auto queue = ram.view<Queue>();
    IO_WRITE(queue, read_ptr, 6u);
    ram.recorder.clear();
    CHECK(send_and_look(queue, 7));
    const Log expected{fence_entry(Fence::dma_wmb),
                       {wr, 16, 4, 7},
                       fence_entry(Fence::dma_mb),
                       {rd, 20, 4, 6},
                       fence_entry(Fence::dma_rmb),
                       fence_entry(Fence::dma_wmb),
                       {wr, 24, 4, 7}};
    CHECK(ram.log() == expected);
    ram.recorder.clear();
    CHECK_FALSE(send_and_look(queue, 8));
    CHECK(ram.log().size() == 5);
}

TEST_CASE("index and event of two media, each in its own space", "[dma]") {
    Recorded<4> a;
    Recorded<8, std::endian::big> b;
    Log log;
    io::testing::Recorder index{a.memory.view<U32>(), log, "index"};
    io::testing::Recorder event{b.memory.view<io::Region<8>>(), log, "event"};
    b.memory.view<io::be<std::uint16_t>[4]>().at(1).write(0x102);
    const std::uint16_t seen = io::publish_and_observe(
        index.view<U32>(), 5, event.view<const io::be<std::uint16_t>[4]>().at(1));
    CHECK(seen == 0x102);
    CHECK(log == Log{fence_entry(Fence::dma_wmb, "index"),
                     {wr, 0, 4, 5, "index"},
                     fence_entry(Fence::dma_mb, "index"),
                     {rd, 2, 2, 0x102, "event"},
                     fence_entry(Fence::dma_rmb, "event")});
}

TEST_CASE("the barriers of a view stand in the log by their names", "[dma]") {
    for (const Barrier& barrier : every_barrier) {
        Recorded<4> ram;
        const auto view = ram.view<U32>();
        view.write(1);
        barrier.on(view);
        static_cast<void>(view.read());
        CHECK(ram.log() == Log{{wr, 0, 4, 1}, fence_entry(barrier.kind), {rd, 0, 4, 1}});
        CHECK(io::testing::to_string(fence_entry(barrier.kind)) == barrier.name);
    }
    Recorded<sizeof(Queue)> all; // any view and owner, of no single value too
    io::mb(all.view<Queue>());
    io::wmb(all.view<io::Region<>>());
    io::dma_mb(all.view<const Entry[]>());
    CHECK(all.log().size() == 3);
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
    IO_WRITE(sys, read_ptr, 6u);
    CHECK(send_and_look(sys, 7));
    IO_WRITE(mmio, read_ptr, 6u); // in the order of devices
    CHECK(send_and_look(mmio, 7));
    CHECK(send_and_look(mmio.relaxed(), 7));
    CHECK_FALSE(send_and_look(mmio.relaxed(), 9));

    IO_WRITE(sys, entries, at(1), payload, 1u); // what a device wrote may be of another order
    io::testing::Recorder recorder{sys};
    CHECK(receive(recorder.view<Queue>()) == 1);
    CHECK(recorder.log().size() == 5);
}
