// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/index_data.hpp>
#include <ioview/backend/mmio.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/failure.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace io = ioview;

namespace {

using io::Error;
using io::testing::reads;
using io::testing::Script;
using io::testing::writes;

struct Pair8 {
    std::uint8_t index;
    std::uint8_t data;
};
struct Clock {
    std::uint8_t seconds;
    std::uint8_t seconds_alarm;
    std::uint8_t minutes;
};

// Counts, and knows whether it is held.
struct Lock {
    constexpr void lock() noexcept { held = ++taken > 0; }
    constexpr void unlock() noexcept { held = false; }
    int taken = 0;
    bool held = false;
};

// A chip of 8-bit indices: an access outside of the lock, or of data before an index, is lost.
struct Chip {
    const Lock* lock;
    std::uint8_t selected = 0;
    std::uint8_t registers[256] = {};
    int unlocked = 0;
    Error index_error{};
    Error data_error{};
};

template <class T>
class ChipView;
struct ChipBackend {
    template <class T>
    using View = ChipView<T>;
    template <class T>
    static constexpr io::IoPtr<T> as_ptr(ChipView<T> view) noexcept;
    template <class T, class U>
    static constexpr ChipView<U> project_view(ChipView<T> view, io::IoPtr<U> ptr) noexcept;
    template <class W>
        requires(sizeof(W) == 1)
    static constexpr W io_read(ChipView<W> view) noexcept;
    template <class W>
        requires(sizeof(W) == 1)
    static constexpr void io_write(ChipView<W> view, W word) noexcept;
    template <class W>
        requires(sizeof(W) == 1)
    static constexpr io::Result<W> try_io_read(ChipView<W> view) noexcept;
    template <class W>
        requires(sizeof(W) == 1)
    static constexpr io::Result<> try_io_write(ChipView<W> view, W word) noexcept;
};
template <class T>
class ChipView : public io::Io<ChipView<T>, ChipBackend, T> {
public:
    constexpr ChipView(Chip& chip, io::IoPtr<T> ptr = {}) noexcept : chip_(&chip), ptr_(ptr) {}
    constexpr ChipView as_view() const noexcept { return *this; }

private:
    friend ChipBackend;
    Chip* chip_;
    io::IoPtr<T> ptr_;
};
template <class T>
constexpr io::IoPtr<T> ChipBackend::as_ptr(ChipView<T> view) noexcept {
    return view.ptr_;
}
template <class T, class U>
constexpr ChipView<U> ChipBackend::project_view(ChipView<T> view, io::IoPtr<U> ptr) noexcept {
    return {*view.chip_, ptr};
}
template <class W>
    requires(sizeof(W) == 1)
constexpr io::Result<W> ChipBackend::try_io_read(ChipView<W> view) noexcept {
    Chip& chip = *view.chip_;
    chip.unlocked += !chip.lock->held;
    if (chip.data_error != Error{})
        return io::fail(chip.data_error);
    return chip.registers[chip.selected];
}
template <class W>
    requires(sizeof(W) == 1)
constexpr io::Result<> ChipBackend::try_io_write(ChipView<W> view, W word) noexcept {
    Chip& chip = *view.chip_;
    chip.unlocked += !chip.lock->held;
    const bool is_index = view.ptr_.address == 0;
    const Error error = is_index ? chip.index_error : chip.data_error;
    if (error != Error{})
        return io::fail(error);
    (is_index ? chip.selected : chip.registers[chip.selected]) = word;
    return {};
}
template <class W>
    requires(sizeof(W) == 1)
constexpr W ChipBackend::io_read(ChipView<W> view) noexcept {
    return try_io_read<W>(view).value_or(static_cast<W>(~W{0}));
}
template <class W>
    requires(sizeof(W) == 1)
constexpr void ChipBackend::io_write(ChipView<W> view, W word) noexcept {
    static_cast<void>(try_io_write<W>(view, word));
}

template <class View, class L>
constexpr auto pair_of(View regs, L& lock) {
    return io::IndexData{IO_PROJECT(regs, index), IO_PROJECT(regs, data), lock};
}

} // namespace

TEST_CASE("an access is the number to the index, then the data") {
    const bool in_constant = [] {
        Script script{writes<std::uint8_t>(0, 2),
                      reads<std::uint8_t>(1, 59),
                      writes<std::uint8_t>(0, 1),
                      writes<std::uint8_t>(1, 0xc0)};
        Lock lock;
        const auto cmos = pair_of(script.view<Pair8>(), lock);
        const auto clock = cmos.view<Clock>();
        const std::uint8_t minutes = IO_READ(clock, minutes);
        IO_WRITE(clock, seconds_alarm, 0xc0);
        return minutes == 59 && lock.taken == 2 && !lock.held && script.done();
    }();
    CHECK(in_constant);
}

TEST_CASE("registers are as wide as the data, and counted or addressed") {
    struct Pair32 {
        std::uint32_t index;
        io::be<std::uint32_t> data;
    };
    struct Phy {
        std::uint32_t control;
        std::uint32_t status;
    };
    Recorded<8> regs;
    regs[4] = 0x12, regs[5] = 0x34, regs[6] = 0x56, regs[7] = 0x78;
    const auto pair = regs.view<Pair32>();
    const io::IndexData counted{IO_PROJECT(pair, index), IO_PROJECT(pair, data), io::no_lock};
    const io::IndexData addressed{
        IO_PROJECT(pair, index), IO_PROJECT(pair, data), io::no_lock, io::index_in_bytes};
    const auto phy = counted.view<Phy>();
    CHECK(IO_READ(phy, status) == 0x1234'5678);
    CHECK(regs.word<std::uint32_t>(0) == 1);
    CHECK(addressed.view<io::Region<0x10>>().read32(0x8) == 0x1234'5678);
    CHECK(regs.log() ==
          Log{{wr, 0, 4, 1}, {rd, 4, 4, 0x7856'3412}, {wr, 0, 4, 8}, {rd, 4, 4, 0x7856'3412}});

    // Their bytes are in the order of the data register.
    CHECK(io::IndexDataBackend<std::remove_const_t<decltype(counted)>>::order == std::endian::big);
    std::byte bytes[8];
    counted.view<std::uint32_t[2]>().bytes().copy_to(bytes);
    CHECK(std::to_integer<int>(bytes[0]) == 0x12);
    CHECK(std::to_integer<int>(bytes[7]) == 0x78);

    using View = decltype(counted.view<io::Region<16>>());
    static_assert(io::IoCapable<View::Backend, std::uint32_t>);
    static_assert(!io::IoCapable<View::Backend, std::uint16_t>);
    static_assert(!io::IoCapable<View::Backend, std::uint64_t>);
}

TEST_CASE("the lock is held around both accesses, whatever comes of them") {
    Lock lock;
    Chip chip{&lock};
    chip.registers[7] = 0x5a;
    const io::IndexData pair{
        ChipView<std::uint8_t>{chip, {0, {}}}, ChipView<std::uint8_t>{chip, {1, {}}}, lock};
    const auto bank = pair.view<std::uint8_t[256]>();
    CHECK(bank.at(7).try_read().value() == 0x5a);
    CHECK(bank.at(8).try_write(3));
    CHECK(chip.registers[8] == 3);
    CHECK(lock.taken == 2);

    // What fails at the index never comes to the data of another register.
    chip.index_error = Error::io_error;
    CHECK(bank.at(9).try_read().error() == Error::io_error);
    CHECK(bank.at(9).try_write(1).error() == Error::io_error);
    CHECK(bank.at(9).read() == 0xff);
    bank.at(9).write(1);
    CHECK(bank.at(9).try_update([](std::uint8_t old) { return old; }).error() == Error::io_error);
    CHECK(chip.registers[8] == 3);
    CHECK(chip.registers[9] == 0);
    chip.index_error = Error{};
    chip.data_error = Error::timed_out;
    CHECK(bank.at(7).try_read().error() == Error::timed_out);
    CHECK(bank.at(7).try_write(1).error() == Error::timed_out);
    CHECK(lock.taken == 9);
    CHECK_FALSE(lock.held);
    CHECK(chip.unlocked == 0);
}

TEST_CASE("what the lock returned is given back to it after each access") {
    struct Irq {
        bool on = true;
        int taken = 0;
        constexpr bool lock() noexcept {
            ++taken;
            return std::exchange(on, false);
        }
        constexpr void unlock(bool before) noexcept { on = before; }
    };
    io::testing::Memory<2> memory;
    const auto regs = memory.view<Pair8>();
    Irq irq;
    const io::IndexData pair{IO_PROJECT(regs, index), IO_PROJECT(regs, data), irq};
    pair.view<std::uint8_t[256]>().at(7).write(9);
    CHECK((memory[0] == 7 && memory[1] == 9));
    CHECK(pair.view<std::uint8_t[256]>().at(8).read() == 9);
    CHECK((irq.on && irq.taken == 2));
    irq.on = false;
    pair.view<std::uint8_t[256]>().at(7).write(9);
    CHECK_FALSE(irq.on);
}

TEST_CASE("an index counts as far as it is wide") {
    io::testing::Memory<2> memory;
    const auto regs = memory.view<Pair8>();
    const io::IndexData pair{IO_PROJECT(regs, index), IO_PROJECT(regs, data), io::no_lock};
    CHECK(pair.size_bytes() == 256);
    CHECK(pair.view<std::uint8_t[]>().size() == 256);
    CHECK(pair.view<io::Region<16>>().size_bytes() == 256);
    CHECK(pair.view<io::Region<16>>(0x80)->size_bytes() == 0x80);
    CHECK(pair.view<io::Region<16>>(15).error() == Error::out_of_bounds);
    CHECK(pair.view<io::Region<16>>(257).error() == Error::out_of_bounds);
    CHECK(pair.view<Clock>() == pair.view<Clock>());
}

TEST_CASE("registers of const, and registers that are only read") {
    io::testing::Memory<2> memory;
    Lock lock;
    const auto regs = memory.view<Pair8>();
    const io::IndexData pair{IO_PROJECT(regs, index), memory.view<const std::uint8_t>(), lock};
    using Backend = decltype(pair.view<const Clock>())::Backend;
    static_assert(io::IoCapable<Backend, const std::uint8_t>);
    static_assert(!io::IoCapable<Backend, std::uint8_t>);
    static_cast<void>(pair.view<const std::uint8_t>().read());
    CHECK(lock.taken == 1);
}

TEST_CASE("order is that of the data's medium, and what both promise") {
    using Byte = io::Mmio<std::uint8_t>;
    using Mmio = io::IndexData<Byte, Byte, io::NoLock>;
    using Relaxed = io::IndexData<Byte, io::RelaxedMmio<std::uint8_t>, io::NoLock>;
    static_assert(io::OrderedIoOf<io::IndexDataView<Mmio, std::uint8_t>, std::uint8_t>);
    static_assert(!io::OrderedIoOf<io::IndexDataView<Relaxed, std::uint8_t>, std::uint8_t>);
    static_assert(Mmio::order == std::endian::little);
    static_assert(!Mmio::read_fails);
    static_assert(!Mmio::write_fails);
}
