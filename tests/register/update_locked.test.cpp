// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An update under a lock: the accesses are between lock and unlock, whatever the policy, and the
// lock is free afterwards, whatever has failed.
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/relaxed_mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/register/update_locked.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstddef>
#include <cstdint>
#include <mutex>

namespace io = ioview;

namespace {

using io::Error;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(15, 8, level), bit(1, overrun, io::w1c), bit(0, enable));
};
struct Channel : io::Register<Channel, std::uint32_t, io::array<0x20, 4, 8>> {
    IO_FIELDS(bits(7, 0, level));
};
struct Family;
struct Second : io::RegisterBase<Family, 0x40> {};
struct Port : io::Register<Port, std::uint16_t, io::relative<Family, 0x4>> {
    IO_FIELDS(bits(7, 0, level));
};
struct Member : io::Register<Member, std::uint32_t> {
    IO_FIELDS(bits(7, 0, level));
};
struct Block {
    std::uint32_t word;
    Member member;
};

// How many accesses there were when it was taken and released, and how often it was.
template <class Log>
struct Watched {
    const Log* log;
    std::size_t at_lock = 99;
    std::size_t at_unlock = 99;
    int held = 0;
    int taken = 0;
    constexpr void lock() {
        at_lock = log->size();
        ++held;
        ++taken;
    }
    constexpr void unlock() {
        at_unlock = log->size();
        --held;
    }
};
template <class Log>
Watched(const Log*) -> Watched<Log>;

// As local_irq_save() and local_irq_restore().
struct Cpu {
    bool interrupts = true;
};
struct IrqSave {
    Cpu* cpu;
    constexpr bool lock() const noexcept {
        const bool before = cpu->interrupts;
        cpu->interrupts = false;
        return before;
    }
    constexpr void unlock(bool before) const noexcept { cpu->interrupts = before; }
};
// As spin_lock_irqsave(): the state is the caller's, the lock everybody's.
struct IrqSpinlock {
    Cpu* cpu;
    bool is_free = true;
    constexpr bool lock() noexcept {
        const bool before = cpu->interrupts;
        cpu->interrupts = false;
        is_free = false;
        return before;
    }
    constexpr void unlock(bool before) noexcept {
        is_free = true;
        cpu->interrupts = before;
    }
};
struct Stateless {
    static inline int taken = 0;
    static inline int released = 0;
    void lock() const noexcept { ++taken; }
    void unlock() const noexcept { ++released; }
};

constexpr auto raised = [](auto r) { return r.with_level(7u); };

constexpr bool locks_around_both_accesses() {
    Recorded<0x100> ram;
    ram.memory.template view<io::Region<0x100>>().write32(0x10, 0xffff'0103);
    Watched lock{&ram.log()};
    io::update_locked<Control>(ram.view<io::Region<0x100>>(), lock, raised);
    return ram.log() == Log{{rd, 0x10, 4, 0xffff'0103}, {wr, 0x10, 4, 0xffff'0701}} &&
           lock.at_lock == 0 && lock.at_unlock == 2 && lock.held == 0 && lock.taken == 1;
}

} // namespace

TEST_CASE("lock, read, write, unlock, in this order") {
    STATIC_REQUIRE(locks_around_both_accesses());
    CHECK(locks_around_both_accesses());
}

TEST_CASE("an update under a lock finds its register by every form of place") {
    Recorded<0x100> ram;
    const auto bar = ram.view<io::Region<0x100>>();
    Watched lock{&ram.log()};
    const auto made = [&](std::uint64_t offset, std::uint64_t width) {
        const bool is = ram.log().size() == 2 && ram.log()[0].op == rd && ram.log()[1].op == wr &&
                        ram.log()[0].address == offset && ram.log()[1].address == offset &&
                        ram.log()[0].width == width && ram.log()[1].width == width &&
                        lock.at_lock == 0 && lock.at_unlock == 2 && lock.held == 0;
        ram.recorder.clear();
        return is;
    };
    io::update_locked<Control>(bar, lock, raised);
    CHECK(made(0x10, 4));
    io::update_locked(bar, Channel::at(3), lock, raised);
    CHECK(made(0x38, 4));
    io::update_locked(bar, Port::of<Second>(), lock, raised);
    CHECK(made(0x44, 2));
    io::update_locked(bar, io::offset<std::uint16_t, 0x80>(), lock, [](std::uint16_t) {
        return std::uint16_t{1};
    });
    CHECK(made(0x80, 2));
    io::update_locked(bar.view_of<Control>(), lock, raised);
    CHECK(made(0x10, 4));
    const auto block = ram.view<Block>();
    io::update_locked(IO_PROJECT(block, member), lock, raised);
    CHECK(made(0x4, 4));
    io::update_locked(
        IO_PROJECT(block, word), lock, [](std::uint32_t) { return std::uint32_t{1}; });
    CHECK(made(0x0, 4));
    REQUIRE(io::try_update_locked<Control>(bar, lock, raised).has_value());
    CHECK(made(0x10, 4));
    REQUIRE(io::try_update_locked(bar, *Channel::try_at(1), lock, raised).has_value());
    CHECK(made(0x28, 4));
    REQUIRE(io::try_update_locked(IO_PROJECT(block, member), lock, raised).has_value());
    CHECK(made(0x4, 4));
}

TEST_CASE("a read that fails releases the lock, and nothing is written") {
    io::testing::Memory<0x100> memory;
    io::testing::Faulty faulty{memory.view<io::Region<0x100>>()};
    io::testing::Recorder recorder{faulty.view<io::Region<0x100>>()};
    const auto bar = recorder.view<io::Region<0x100>>();
    Watched lock{&recorder.log()};
    Cpu cpu;
    IrqSave irq{&cpu};

    faulty.fail_access(1);
    CHECK(io::try_update_locked<Control>(bar, lock, raised).error() == Error::io_error);
    CHECK(recorder.log().size() == 1);
    CHECK((lock.at_lock == 0 && lock.at_unlock == 1 && lock.held == 0));
    faulty.fail_access(1);
    io::update_locked<Control>(bar, lock, raised);
    CHECK(recorder.log().size() == 2);
    CHECK((lock.at_unlock == 2 && lock.held == 0));
    faulty.fail_access(2); // the write
    CHECK(io::try_update_locked(bar, Channel::at(1), irq, raised).error() == Error::io_error);
    CHECK(recorder.log().size() == 4);
    CHECK(cpu.interrupts);
}

TEST_CASE("a place past the end is an error under no access") {
    Recorded<0x100> ram;
    Watched lock{&ram.log()};
    const auto few = *ram.view<io::Region<>>().try_subview<io::Region<>>(0, 0x20);
    CHECK(io::try_update_locked(few, Channel::at(1), lock, raised).error() == Error::out_of_bounds);
    CHECK(ram.untouched());
    CHECK(lock.held == 0);
}

TEST_CASE("what lock() returns comes back to unlock(), and locks nest") {
    io::testing::Memory<0x100> memory;
    const auto bar = memory.view<io::Region<0x100>>();
    Cpu cpu;
    IrqSave irq{&cpu};
    IrqSpinlock spin{&cpu};
    io::update_locked<Control>(bar, irq, [&](Control outer) {
        CHECK_FALSE(cpu.interrupts);
        io::update_locked(bar, Channel::at(0), spin, [&](Channel inner) {
            CHECK_FALSE(spin.is_free);
            return inner;
        });
        CHECK(spin.is_free);
        CHECK_FALSE(cpu.interrupts); // the inner one has put back what it found
        return outer;
    });
    CHECK(cpu.interrupts);
}

TEST_CASE("a mutex, a lock without state and none are policies, too") {
    STATIC_REQUIRE(io::LockPolicy<std::mutex>);
    STATIC_REQUIRE(io::LockPolicy<IrqSave>);
    STATIC_REQUIRE(io::LockPolicy<const Stateless>);
    STATIC_REQUIRE(io::LockPolicy<const io::NoLock>);
    STATIC_REQUIRE_FALSE(io::LockPolicy<int>);
    STATIC_REQUIRE_FALSE(io::LockPolicy<const std::mutex>);

    Recorded<0x100> ram;
    const auto bar = ram.view<io::Region<0x100>>();
    std::mutex mutex;
    io::update_locked<Control>(bar, mutex, [&](Control c) { return c; });
    CHECK(mutex.try_lock());
    mutex.unlock();
    io::update_locked<Control>(bar, Stateless{}, [&](Control c) {
        CHECK((Stateless::taken == 1 && Stateless::released == 0));
        return c;
    });
    CHECK(Stateless::released == 1);
    io::update_locked<Control>(bar, io::no_lock, raised);
    CHECK(ram.log().size() == 6);
}

TEST_CASE("an update under a lock is of real memory, too") {
    alignas(8) std::uint32_t words[0x40] = {};
    const auto mem = io::SysMem<std::uint32_t[0x40]>::from_pointer(&words);
    std::mutex mutex;
    io::update_locked(mem.at(4), mutex, [](std::uint32_t v) { return v + 3; });
    CHECK(words[4] == 3);
    const auto mmio = io::Mmio<io::Region<0x100>>::from_raw(
        *io::MmioRaw<io::Region<0x100>>::region(reinterpret_cast<std::uintptr_t>(words), 0x100));
    mmio.write32(0x10, 3); // little-endian, whatever the CPU is
    io::update_locked<Control>(mmio, mutex, [](Control c) { return c.with_enable(false); });
    io::update_locked<Control>(mmio.relaxed(), mutex, raised);
    CHECK(mmio.read32(0x10) == 0x700);
}
