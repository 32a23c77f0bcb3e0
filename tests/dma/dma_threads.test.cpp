// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// labels: threads
// native: emulated threads are slow, and keep the order of the host
// A queue between two threads, in order by publish, observe and release_to_device alone. The
// payload is plain memory: ThreadSanitizer sees every race that the hand-over would leave.
#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <span>
#include <thread>

namespace io = ioview;

namespace {

constexpr std::uint32_t slot_count = 7;
constexpr std::uint32_t message_count = 20'000;
using Slots = io::Ring<slot_count>;

struct Message {
    std::uint64_t number;
    std::uint64_t square;
};
struct Queue {
    std::uint32_t write_ptr;
    std::uint32_t read_ptr;
};

// Sends all messages; the payload goes to plain memory or through a view.
template <class Q, class Store>
void produce(Q queue, Store store) {
    Slots::Index write;
    for (std::uint64_t number = 0; number < message_count;) {
        const Slots slots{.write = write,
                          .read = Slots::wrap(io::observe(IO_PROJECT(queue, read_ptr)))};
        if (slots.full()) {
            std::this_thread::yield();
            continue;
        }
        store(write.value(), Message{number, number * number});
        write = Slots::advance(write, 1);
        io::publish(IO_PROJECT(queue, write_ptr), write.value());
        ++number;
    }
}

// Counts the messages that are what they should be.
template <class Q, class Load>
std::uint64_t consume(Q queue, Load load) {
    std::uint64_t right = 0;
    Slots::Index read;
    for (std::uint64_t number = 0; number < message_count;) {
        const Slots slots{.write = Slots::wrap(io::observe(IO_PROJECT(queue, write_ptr))),
                          .read = read};
        if (slots.empty()) {
            std::this_thread::yield();
            continue;
        }
        const Message message = load(read.value());
        right += message.number == number && message.square == number * number;
        read = Slots::advance(read, 1);
        io::release_to_device(IO_PROJECT(queue, read_ptr), read.value());
        ++number;
    }
    return right;
}

template <class Q>
std::uint64_t right_messages(Q queue) {
    Message plain[slot_count];
    std::thread device([&] {
        produce(queue, [&](std::uint32_t slot, Message message) { plain[slot] = message; });
    });
    const auto right = consume(queue, [&](std::uint32_t slot) { return plain[slot]; });
    device.join();
    return right;
}

} // namespace

TEST_CASE("plain memory is handed over by an index in coherent memory", "[dma][threads]") {
    io::testing::FakeDma dma;
    auto queue = io::Coherent<Queue, io::testing::FakeDma>::zeroed(dma);
    CHECK(right_messages(queue->view()) == message_count);
}

TEST_CASE("plain memory is handed over by an index in system memory", "[dma][threads]") {
    Queue queue{};
    const auto view = io::SysMem<Queue>::from_pointer(&queue);
    CHECK(right_messages(view) == message_count);
    queue = {};
    CHECK(right_messages(io::IoSysMap<Queue>{view}) == message_count);
}

TEST_CASE("payloads that are views too", "[dma][threads]") {
    io::testing::FakeDma dma;
    auto queue = io::Coherent<Queue, io::testing::FakeDma>::zeroed(dma);
    auto slots = io::Coherent<Message[], io::testing::FakeDma>::zeroed(dma, slot_count);
    const auto entries = slots->view();
    const auto indices = queue->view();
    std::thread device([=] {
        produce(indices, [=](std::uint32_t slot, Message message) {
            IO_WRITE(entries, at(slot), number, message.number);
            IO_WRITE(entries, at(slot), square, message.square);
        });
    });
    const auto right = consume(indices, [=](std::uint32_t slot) {
        return Message{IO_READ(entries, at(slot), number), IO_READ(entries, at(slot), square)};
    });
    device.join();
    CHECK(right == message_count);
}
