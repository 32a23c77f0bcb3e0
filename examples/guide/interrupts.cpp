// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an interrupt handler and the code that it interrupts do to one another, shown on a simulated
// CPU and device: an update that loses a bit and three that do not, an acknowledge that loses no
// event, and a write that has arrived before the handler ends.

#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>
#include <ioview/register/update_locked.hpp>
#include <ioview/testing.hpp>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <mutex>
#include <utility>

namespace io = ioview;

namespace {

// [registers]
struct Port : io::Region<0x40> {};
// Used by the handler and by the thread.
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x00, Port>, io::reset<0>> {
    IO_FIELDS(bits(15, 8, threshold), bit(1, throttle), bit(0, enable));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
};
// What has happened; a one that is written clears.
struct Events : io::Register<Events, std::uint32_t, io::fixed<0x20, Port>, io::w1c> {
    IO_FIELDS(bit(1, overrun), bit(0, received));
};
// Behind an index.
struct Index : io::Register<Index, std::uint32_t, io::fixed<0x30, Port>> {
    IO_FIELDS(bits(7, 0, index));
};
struct Data : io::Register<Data, std::uint32_t, io::fixed<0x34, Port>> {
    IO_FIELDS(bits(31, 0, value));
};
// [/registers]

// [cpu]
// In place of local_irq_save() and its like: interrupts of this CPU are off between the two.
struct Interrupts {
    std::function<void()> handler;
    bool are_on = true;
    bool is_pending = false;

    void raise() {
        if (are_on)
            handler();
        else
            is_pending = true;
    }
    bool lock() { return std::exchange(are_on, false); } // the state before
    void unlock(bool before) {
        are_on = before;
        if (are_on && std::exchange(is_pending, false))
            handler();
    }
};
// [/cpu]

// A device that interrupts at the worst time: right after Control was read.
struct Simulated {
    explicit Simulated(Interrupts& cpu) {
        control = &device.reg<Control>("control").on_read([&](auto& value) {
            const auto seen = value;
            cpu.raise();
            return seen;
        });
        device.reg("control set", 0x04).write_only().on_write([this](auto&, auto ones) {
            control->holds(control->value() | ones);
        });
        device.reg("control clear", 0x08).write_only().on_write([this](auto&, auto ones) {
            control->holds(control->value() & ~ones);
        });
        events = &device.reg<Events>("events");
    }
    io::testing::Device device{0x40};
    io::testing::DeviceRegister* control;
    io::testing::DeviceRegister* events;
};

// [updates]
// The handler asks the device to slow down, in each of three ways; the thread sets the threshold.
struct Plain {
    static void throttle(auto port, Interrupts&) { IO_MODIFY(port, Control, throttle(true)); }
    static void set_threshold(auto port, Interrupts&) { IO_MODIFY(port, Control, threshold(5)); }
};
struct Locked {
    static void throttle(auto port, Interrupts& cpu) {
        io::update_locked<Control>(port, cpu, [](Control c) { return c.with_throttle(true); });
    }
    static void set_threshold(auto port, Interrupts& cpu) {
        io::update_locked<Control>(port, cpu, [](Control c) { return c.with_threshold(5); });
    }
};
struct Companions {
    static void throttle(auto port, Interrupts&) {
        io::set_bits(port, Control{}.with_throttle(true));
    }
    static void set_threshold(auto port, Interrupts&) {
        io::update_by_companions<Control>(port, [](Control c) { return c.with_threshold(5); });
    }
};
// [/updates]

template <class How>
void race(const char* name) {
    Interrupts cpu;
    Simulated simulated{cpu};
    const auto port = simulated.device.view<Port>();
    bool was_there = false;
    cpu.handler = [&] {
        if (!std::exchange(was_there, true))
            How::throttle(port, cpu);
    };
    How::set_threshold(port, cpu);
    if (!was_there)
        cpu.handler(); // nothing was read, so that it could come at any time
    const auto now = Control::from_raw(static_cast<std::uint32_t>(simulated.control->value()));
    std::printf("%s: threshold %u, throttle %s\n",
                name,
                unsigned{now.threshold()},
                now.throttle() ? "kept" : "LOST");
}

// [handler]
// What the handler tells the thread.
std::atomic<std::uint32_t> happened = 0;

// `end` tells the interrupt controller that this interrupt is over.
template <io::IoOf<Port> View, class End>
void handle(const View& port, End end) {
    const auto events = port.template read<Events>();
    if (!io::is_gone(events) && events.raw() != 0) {
        port.write(events);      // what was seen, and no more
        io::flush<Events>(port); // it has arrived: the line is down
        happened.fetch_or(events.raw(), std::memory_order_release);
    }
    end();
}

// In the thread: what has happened since the last time, and each once.
Events take_events() {
    return Events::from_raw(happened.exchange(0, std::memory_order_acquire));
}
// [/handler]

// [lock]
// Two writes that belong together, whichever CPU makes them.
template <io::IoOf<Port> View, class Lock>
void write_entry(const View& port, Lock& lock, std::uint8_t index, std::uint32_t value) {
    const io::MmioLock guard{lock};
    port.write(Index{}.with_index(index));
    port.write(Data{}.with_value(value));
} // what was written is at the device before the next holder's writes
// [/lock]

void acknowledge() {
    Interrupts cpu;
    Simulated simulated{cpu};
    simulated.events->holds(1).on_read([was_there = false](auto& value) mutable {
        const auto seen = value;
        if (!std::exchange(was_there, true))
            value |= 2; // an overrun, after the handler has looked
        return seen;
    });
    io::testing::Posted posted{simulated.device.view<Port>()};
    handle(posted.view<Port>(),
           [&] { std::printf("end of interrupt: %zu writes under way\n", posted.waiting()); });
    const Events taken = take_events();
    std::printf("taken: received %d, overrun %d; still up: 0x%x\n",
                taken.received(),
                taken.overrun(),
                static_cast<unsigned>(simulated.events->value()));
}

} // namespace

int main() {
    race<Plain>("IO_MODIFY");
    race<Locked>("update_locked");
    race<Companions>("companions");
    acknowledge();

    std::mutex lock;
    io::testing::Memory<0x40> memory;
    io::testing::Recorder recorder{memory.view<Port>()};
    write_entry(recorder.view<Port>(), lock, 3, 0x1234);
    for (const auto& access : recorder.log())
        std::puts(to_string(access).c_str());
}
