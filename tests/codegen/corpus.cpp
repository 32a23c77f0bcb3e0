// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Small functions as drivers have them, each written twice: `viewed` with ioview, `twin` by hand
// for the same run-time base. cost.sh compiles this file and compares their instruction counts.
#include <ioview/backend/index_data.hpp>
#include <ioview/backend/sys_reg.hpp>
#include <ioview/ioview.hpp>
#if defined(__linux__) && !defined(__thumb__)
#include <ioview/linux/removable.hpp>
#include <ioview/linux/sysfs_bar.hpp>
#endif
#include <ioview/register/field_array.hpp>
#include <ioview/register/joined.hpp>
#include <ioview/register/set_clear.hpp>
#include <ioview/register/shadow.hpp>
#include <ioview/register/snapshot.hpp>
#include <ioview/register/update_locked.hpp>

#include "raw.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace io = ioview;
using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using widest = std::uintptr_t; // what is one access everywhere
using raw::Address;

using Bar = io::Region<0x1000, 8>;

struct Pl011 {
    u32 dr, rsr, pad0[4], fr, pad1[2], ibrd, fbrd, lcr_h, cr;
};
struct Tx {
    u32 size, write_ptr;
};
struct Rx {
    u32 read_ptr;
};
struct Entry {
    widest address;
    u32 length, flags;
};
struct Queue {
    Tx tx;
    Rx rx;
    u32 pad;
    Entry entries[8];
};
struct Pair {
    Queue cpuq, gspq;
};
struct Rings {
    u32 head, tail;
    u32 words[64];
    Pair pairs[4];
};
enum class Mode : u16 { off, slow, fast };
struct Mixed {
    io::be<u32> big;
    io::le<u32> little;
    Mode mode;
    u8 lane[6];
};

// What a function by hand is given instead of a view of a region, or of a slice.
struct Place {
    Address base;
    std::size_t size;
};
struct Words {
    u32* data;
    std::size_t count;
};
[[gnu::always_inline]] inline void trap_if(bool bad) {
    if (bad)
        __builtin_trap();
}
// 0, or why there cannot be size bytes at base.
[[gnu::always_inline]] inline int
fault_of(Address base, std::size_t size, std::size_t least, std::size_t align) {
    if (size < least)
        return 1;
    if (size != 0 && base > static_cast<Address>(-1) - (size - 1))
        return 1;
    if ((base & (align - 1)) != 0)
        return 2;
    return 0;
}
template <class T>
inline volatile T& ram(const T& object) {
    return const_cast<T&>(object);
}

// --- untyped regions: each width ---------------------------------------------------------------
namespace viewed {
u8 region_read8(io::Mmio<Bar> bar) {
    return bar.read8(0x11);
}
u16 region_read16(io::Mmio<Bar> bar) {
    return bar.read16(0x12);
}
u32 region_read32(io::Mmio<Bar> bar) {
    return bar.read32(0x14);
}
widest region_read_widest(io::Mmio<Bar> bar) {
    return bar.read<widest>(0x18);
}
u32 region_read_first(io::Mmio<Bar> bar) {
    return bar.read32(0);
}
void region_write8(io::Mmio<Bar> bar, u8 v) {
    bar.write8(0x11, v);
}
void region_write16(io::Mmio<Bar> bar, u16 v) {
    bar.write16(0x12, v);
}
void region_write32(io::Mmio<Bar> bar, u32 v) {
    bar.write32(0x14, v);
}
void region_write_widest(io::Mmio<Bar> bar, widest v) {
    bar.write<widest>(0x18, v);
}
void region_write_constant(io::Mmio<Bar> bar) {
    bar.write32(0x14, 0x1234);
}
void region_write_zero(io::Mmio<Bar> bar) {
    bar.write<widest>(0x18, 0);
}
void region_update(io::Mmio<Bar> bar) {
    bar.subview<u32>(0x14).update([](u32 v) { return v | 1; });
}
io::Result<u32> region_try_read32(io::Mmio<Bar> bar, std::size_t offset) {
    return bar.try_read32(offset);
}
io::Result<> region_try_write16(io::Mmio<Bar> bar, std::size_t offset, u16 v) {
    return bar.try_write16(offset, v);
}
io::Result<> region_try_update(io::Mmio<Bar> bar, std::size_t offset) {
    return bar.try_update<u32>(offset, [](u32 v) { return v | 1; });
}
} // namespace viewed

namespace twin {
u8 region_read8(Place p) {
    return raw::read<u8>(p.base + 0x11);
}
u16 region_read16(Place p) {
    return raw::read<u16>(p.base + 0x12);
}
u32 region_read32(Place p) {
    return raw::read<u32>(p.base + 0x14);
}
widest region_read_widest(Place p) {
    return raw::read<widest>(p.base + 0x18);
}
u32 region_read_first(Place p) {
    return raw::read<u32>(p.base);
}
void region_write8(Place p, u8 v) {
    raw::write<u8>(p.base + 0x11, v);
}
void region_write16(Place p, u16 v) {
    raw::write<u16>(p.base + 0x12, v);
}
void region_write32(Place p, u32 v) {
    raw::write<u32>(p.base + 0x14, v);
}
void region_write_widest(Place p, widest v) {
    raw::write<widest>(p.base + 0x18, v);
}
void region_write_constant(Place p) {
    raw::write<u32>(p.base + 0x14, 0x1234);
}
void region_write_zero(Place p) {
    raw::write<widest>(p.base + 0x18, 0);
}
void region_update(Place p) {
    raw::write<u32>(p.base + 0x14, raw::read<u32>(p.base + 0x14) | 1);
}
io::Result<u32> region_try_read32(Place p, std::size_t offset) {
    if (p.size < 4 || offset > p.size - 4)
        return io::fail(io::Error::out_of_bounds);
    if ((p.base + offset) % 4 != 0)
        return io::fail(io::Error::misaligned);
    return raw::read<u32>(p.base + offset);
}
io::Result<> region_try_write16(Place p, std::size_t offset, u16 v) {
    if (p.size < 2 || offset > p.size - 2)
        return io::fail(io::Error::out_of_bounds);
    if ((p.base + offset) % 2 != 0)
        return io::fail(io::Error::misaligned);
    raw::write<u16>(p.base + offset, v);
    return {};
}
io::Result<> region_try_update(Place p, std::size_t offset) {
    if (p.size < 4 || offset > p.size - 4)
        return io::fail(io::Error::out_of_bounds);
    if ((p.base + offset) % 4 != 0)
        return io::fail(io::Error::misaligned);
    raw::write<u32>(p.base + offset, raw::read<u32>(p.base + offset) | 1);
    return {};
}
} // namespace twin

// --- members -----------------------------------------------------------------------------------
namespace viewed {
u32 member_read(io::Mmio<Pl011> uart) {
    return IO_READ(uart, fr);
}
void member_write(io::Mmio<Pl011> uart, u32 v) {
    IO_WRITE(uart, dr, v);
}
void member_update(io::Mmio<Pl011> uart) {
    IO_UPDATE(uart, cr, [](u32 v) { return v | 0x301; });
}
u32 nested_read(io::Mmio<Pair> queues) {
    return IO_READ(queues, gspq.tx.write_ptr);
}
void nested_write(io::Mmio<Pair> queues, u32 v) {
    IO_WRITE(queues, gspq.rx.read_ptr, v);
}
void nested_update(io::Mmio<Pair> queues) {
    IO_UPDATE(queues, gspq.tx.write_ptr, [](u32 p) { return p + 1; });
}
u32 nested_by_steps(io::Mmio<Pair> queues) {
    auto gspq = IO_PROJECT(queues, gspq);
    auto tx = IO_PROJECT(gspq, tx);
    return IO_READ(tx, write_ptr);
}
u32 nested_by_pointers(io::Mmio<Pair> queues) {
    return io::project(queues, &Pair::gspq, &Queue::tx, &Tx::write_ptr).read();
}
u32 member_big_endian(io::Mmio<Mixed> mixed) {
    return IO_READ(mixed, big).value();
}
void member_little_endian(io::Mmio<Mixed> mixed, u32 v) {
    IO_WRITE(mixed, little, v);
}
Mode member_enum(io::Mmio<Mixed> mixed) {
    return IO_READ(mixed, mode);
}
io::Result<> put(io::Mmio<Pl011> uart, char c) {
    if (IO_READ(uart, fr) & 0x20u)
        return io::fail(io::Error::busy);
    IO_WRITE(uart, dr, static_cast<unsigned char>(c));
    return {};
}
} // namespace viewed

namespace twin {
u32 member_read(Address uart) {
    return raw::read<u32>(uart + offsetof(Pl011, fr));
}
void member_write(Address uart, u32 v) {
    raw::write<u32>(uart + offsetof(Pl011, dr), v);
}
void member_update(Address uart) {
    const Address cr = uart + offsetof(Pl011, cr);
    raw::write<u32>(cr, raw::read<u32>(cr) | 0x301);
}
u32 nested_read(Address queues) {
    return raw::read<u32>(queues + offsetof(Pair, gspq.tx.write_ptr));
}
void nested_write(Address queues, u32 v) {
    raw::write<u32>(queues + offsetof(Pair, gspq.rx.read_ptr), v);
}
void nested_update(Address queues) {
    const Address ptr = queues + offsetof(Pair, gspq.tx.write_ptr);
    raw::write<u32>(ptr, raw::read<u32>(ptr) + 1);
}
u32 nested_by_steps(Address queues) {
    return raw::read<u32>(queues + offsetof(Pair, gspq.tx.write_ptr));
}
u32 nested_by_pointers(Address queues) {
    return raw::read<u32>(queues + offsetof(Pair, gspq.tx.write_ptr));
}
u32 member_big_endian(Address mixed) {
    return __builtin_bswap32(raw::read<u32>(mixed + offsetof(Mixed, big)));
}
void member_little_endian(Address mixed, u32 v) {
    raw::write<u32>(mixed + offsetof(Mixed, little), v);
}
Mode member_enum(Address mixed) {
    return static_cast<Mode>(raw::read<u16>(mixed + offsetof(Mixed, mode)));
}
io::Result<> put(Address uart, char c) {
    if (raw::read<u32>(uart + offsetof(Pl011, fr)) & 0x20)
        return io::fail(io::Error::busy);
    raw::write<u32>(uart + offsetof(Pl011, dr), static_cast<unsigned char>(c));
    return {};
}
} // namespace twin

// --- indices -----------------------------------------------------------------------------------
namespace viewed {
u32 index_read(io::Mmio<Pair> queues, std::size_t i) {
    return IO_READ(queues, gspq.entries, at(i), length);
}
void index_write(io::Mmio<Pair> queues, std::size_t i, u32 v) {
    IO_WRITE(queues, gspq.entries, at(i), flags, v);
}
void index_update(io::Mmio<Pair> queues, std::size_t i) {
    IO_UPDATE(queues, gspq.entries, at(i), flags, [](u32 v) { return v | 1; });
}
u32 index_int(io::Mmio<Pair> queues, int i) {
    return IO_READ(queues, gspq.entries, at(i), length);
}
io::Result<u32> index_try_read(io::Mmio<Pair> queues, std::size_t i) {
    return IO_READ(queues, gspq.entries, try_at(i), length);
}
io::Result<> index_try_write(io::Mmio<Pair> queues, std::size_t i, u32 v) {
    return IO_WRITE(queues, gspq.entries, try_at(i), flags, v);
}
u32 index_try_project(io::Mmio<Pair> queues, std::size_t i) {
    auto entry = IO_PROJECT(queues, gspq.entries, try_at(i));
    return entry ? IO_READ(*entry, length) : 0;
}
u32 index_static(io::Mmio<Pair> queues) {
    return IO_READ(queues, gspq.entries, static_at(3), flags);
}
widest index_by_view(io::Mmio<Entry[8]> entries, std::size_t i) {
    return IO_READ(entries.at(i), address);
}
u32 slice_read(io::Mmio<u32[]> words, std::size_t i) {
    return words.at(i).read();
}
u32 index_word(io::Mmio<Rings> rings, std::size_t i) {
    return IO_READ(rings, words, at(i));
}
u32 index_nested(io::Mmio<Rings> rings, std::size_t i) {
    return IO_READ(rings, pairs, at(i), gspq.tx.write_ptr);
}
u32 index_two(io::Mmio<Rings> rings, std::size_t i, std::size_t j) {
    return IO_READ(rings, pairs, at(i), gspq.entries, at(j), length);
}
void slice_update(io::Mmio<Entry[]> entries, std::size_t i) {
    IO_UPDATE(entries.at(i), flags, [](u32 v) { return v | 1; });
}
void range_loop(io::Mmio<Queue> queue, std::size_t first, std::size_t last) {
    auto some = IO_PROJECT(queue, entries, range(first, last));
    for (std::size_t i = 0; i < some.size(); ++i)
        IO_WRITE(some.at(i), flags, 1u);
}
void range_for(io::Mmio<Queue> queue, std::size_t first, std::size_t last) {
    for (auto entry : IO_PROJECT(queue, entries, range(first, last)))
        IO_WRITE(entry, flags, 1u);
}
void array_for(io::Mmio<Entry[8]> entries) {
    for (auto entry : entries)
        IO_WRITE(entry, flags, 0u);
}
u32 array_sum(io::RelaxedMmio<u32[64]> words) {
    u32 sum = 0;
    for (auto word : words)
        sum += word.read();
    return sum;
}
} // namespace viewed

namespace twin {
u32 index_read(Address queues, std::size_t i) {
    trap_if(i >= 8);
    return raw::read<u32>(queues + offsetof(Pair, gspq.entries) + i * sizeof(Entry) +
                          offsetof(Entry, length));
}
void index_write(Address queues, std::size_t i, u32 v) {
    trap_if(i >= 8);
    raw::write<u32>(
        queues + offsetof(Pair, gspq.entries) + i * sizeof(Entry) + offsetof(Entry, flags), v);
}
void index_update(Address queues, std::size_t i) {
    trap_if(i >= 8);
    const Address flags =
        queues + offsetof(Pair, gspq.entries) + i * sizeof(Entry) + offsetof(Entry, flags);
    raw::write<u32>(flags, raw::read<u32>(flags) | 1);
}
u32 index_int(Address queues, int i) {
    trap_if(i < 0 || i >= 8);
    return raw::read<u32>(queues + offsetof(Pair, gspq.entries) +
                          static_cast<std::size_t>(i) * sizeof(Entry) + offsetof(Entry, length));
}
io::Result<u32> index_try_read(Address queues, std::size_t i) {
    if (i >= 8)
        return io::fail(io::Error::out_of_bounds);
    return raw::read<u32>(queues + offsetof(Pair, gspq.entries) + i * sizeof(Entry) +
                          offsetof(Entry, length));
}
io::Result<> index_try_write(Address queues, std::size_t i, u32 v) {
    if (i >= 8)
        return io::fail(io::Error::out_of_bounds);
    raw::write<u32>(
        queues + offsetof(Pair, gspq.entries) + i * sizeof(Entry) + offsetof(Entry, flags), v);
    return {};
}
u32 index_try_project(Address queues, std::size_t i) {
    if (i >= 8)
        return 0;
    return raw::read<u32>(queues + offsetof(Pair, gspq.entries) + i * sizeof(Entry) +
                          offsetof(Entry, length));
}
u32 index_static(Address queues) {
    return raw::read<u32>(queues + offsetof(Pair, gspq.entries[3].flags));
}
widest index_by_view(Address entries, std::size_t i) {
    trap_if(i >= 8);
    return raw::read<widest>(entries + i * sizeof(Entry) + offsetof(Entry, address));
}
u32 slice_read(Place words, std::size_t i) {
    trap_if(i >= words.size);
    return raw::read<u32>(words.base + i * sizeof(u32));
}
u32 index_word(Address rings, std::size_t i) {
    trap_if(i >= 64);
    return raw::read<u32>(reinterpret_cast<Address>(&reinterpret_cast<Rings*>(rings)->words[i]));
}
u32 index_nested(Address rings, std::size_t i) {
    trap_if(i >= 4);
    return raw::read<u32>(
        reinterpret_cast<Address>(&reinterpret_cast<Rings*>(rings)->pairs[i].gspq.tx.write_ptr));
}
u32 index_two(Address rings, std::size_t i, std::size_t j) {
    trap_if(i >= 4);
    trap_if(j >= 8);
    return raw::read<u32>(reinterpret_cast<Address>(
        &reinterpret_cast<Rings*>(rings)->pairs[i].gspq.entries[j].length));
}
void slice_update(Words entries, std::size_t i) {
    trap_if(i >= entries.count);
    const auto flags = reinterpret_cast<Address>(&reinterpret_cast<Entry*>(entries.data)[i].flags);
    raw::write<u32>(flags, raw::read<u32>(flags) | 1);
}
void range_loop(Address queue, std::size_t first, std::size_t last) {
    trap_if(first > last || last > 8);
    const Address some = queue + offsetof(Queue, entries) + first * sizeof(Entry);
    const std::size_t count = last - first;
    for (std::size_t i = 0; i != count; ++i)
        raw::write<u32>(some + i * sizeof(Entry) + offsetof(Entry, flags), 1);
}
void range_for(Address queue, std::size_t first, std::size_t last) {
    trap_if(first > last || last > 8);
    const Address some = queue + offsetof(Queue, entries) + first * sizeof(Entry);
    const std::size_t count = last - first;
    for (std::size_t i = 0; i != count; ++i)
        raw::write<u32>(some + i * sizeof(Entry) + offsetof(Entry, flags), 1);
}
void array_for(Address entries) {
    for (std::size_t i = 0; i != 8; ++i)
        raw::write<u32>(entries + i * sizeof(Entry) + offsetof(Entry, flags), 0);
}
u32 array_sum(Address words) {
    u32 sum = 0;
    for (std::size_t i = 0; i != 64; ++i)
        sum += raw::load<u32>(words + i * sizeof(u32));
    return sum;
}
} // namespace twin

// --- an index register and a data register -----------------------------------------------------
namespace viewed {
u8 indexed_read(io::Mmio<u8> index, io::Mmio<u8> data) {
    const io::IndexData pair{index, data, io::no_lock};
    return pair.view<u8[256]>().at(7).read();
}
void indexed_write(io::Mmio<u8> index, io::Mmio<u8> data, u8 v) {
    const io::IndexData pair{index, data, io::no_lock};
    pair.view<u8[256]>().at(7).write(v);
}
} // namespace viewed
namespace twin {
u8 indexed_read(Address index, Address data) {
    raw::write<u8>(index, 7);
    return raw::read<u8>(data);
}
void indexed_write(Address index, Address data, u8 v) {
    raw::write<u8>(index, 7);
    raw::write<u8>(data, v);
}
} // namespace twin

// --- an update under a lock ----------------------------------------------------------------------
struct LockedControl : io::Register<LockedControl, u32, io::fixed<0x14>> {
    IO_FIELDS(bits(11, 8, level), bit(0, enable));
};
// Costs nothing, but holds the compiler back as a lock does, and has a state.
struct FlagsLock {
    u32 lock() const noexcept {
        u32 state = 5;
        asm volatile("" : "+r"(state)::"memory");
        return state;
    }
    void unlock(u32 state) const noexcept { asm volatile("" ::"r"(state) : "memory"); }
};
namespace viewed {
void locked_update(io::Mmio<Bar> bar) {
    io::update_locked<LockedControl>(
        bar, io::no_lock, [](LockedControl c) { return c.with_enable(true); });
}
#if IOVIEW_ARCH_X86 || IOVIEW_ARCH_ARM64 // where mmiowb is none
void locked_update_with_state(io::Mmio<Bar> bar) {
    io::update_locked<LockedControl>(
        bar, FlagsLock{}, [](LockedControl c) { return c.with_enable(true); });
}
#endif
} // namespace viewed
namespace twin {
void locked_update(Place p) {
    raw::write<u32>(p.base + 0x14, raw::read<u32>(p.base + 0x14) | 1);
}
#if IOVIEW_ARCH_X86 || IOVIEW_ARCH_ARM64
void locked_update_with_state(Place p) {
    const u32 state = FlagsLock{}.lock();
    raw::write<u32>(p.base + 0x14, raw::read<u32>(p.base + 0x14) | 1);
    FlagsLock{}.unlock(state);
}
#endif
} // namespace twin

// --- one value over several registers ----------------------------------------------------------
struct Joins {
    u32 words[16];
};
struct High : io::Register<High, u16, io::fixed<0x22, Joins>> {};
struct Low : io::Register<Low, u16, io::fixed<0x20, Joins>> {};
struct Base : io::Register<Base, u32, io::fixed<0x24, Joins>> {
    IO_FIELDS(bits(23, 8, page), bit(0, enable));
};
using Count = io::Joined<u32, io::low_first, High, Low>;
using Page = io::Joined<u32, io::high_first, High, IO_PART(Base, page)>;
namespace viewed {
u32 joined_read(io::Mmio<Joins> bar) {
    return io::read_joined<Count>(bar);
}
void joined_write(io::Mmio<Joins> bar, u32 v) {
    io::write_joined<Count>(bar, v);
}
void joined_field(io::Mmio<Joins> bar, u32 v) {
    io::write_joined<Page>(bar, v);
}
} // namespace viewed
namespace twin {
u32 joined_read(Address base) {
    const u32 low = raw::read<u16>(base + 0x20);
    return u32{raw::read<u16>(base + 0x22)} << 16 | low;
}
void joined_write(Address base, u32 v) {
    raw::write<u16>(base + 0x20, static_cast<u16>(v));
    raw::write<u16>(base + 0x22, static_cast<u16>(v >> 16));
}
void joined_field(Address base, u32 v) {
    raw::write<u16>(base + 0x22, static_cast<u16>(v >> 16));
    raw::write<u32>(base + 0x24, (raw::read<u32>(base + 0x24) & 0xff00'00ffu) | (v & 0xffffu) << 8);
}
} // namespace twin

// --- companions: one store, no load
// -----------------------------------------------------------------
struct Pins : io::Register<Pins, u32, io::fixed<0x10>> {
    IO_FIELDS(bits(11, 8, level), bit(1, led), bit(0, relay));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>, io::toggle_at<12>>;
};
struct Ports : io::Register<Ports, u32, io::array<0x40, 4, 8>> {
    IO_FIELDS(reserved(31, 16), bits(15, 0, pins));
    using Companions = io::companions<io::set_at<4>, io::clear_at<4, 16>>;
};
namespace viewed {
void companion_set(io::Mmio<Bar> bar) {
    io::set_bits(bar, Pins{}.with_led(true).with_relay(true));
}
void companion_clear(io::Mmio<Bar> bar, u32 v) {
    io::clear_bits(bar, Pins::from_raw(v));
}
void companion_toggle(io::Mmio<Bar> bar) {
    io::toggle_bits(bar, Pins{}.with_led(true));
}
void companion_update_sets(io::Mmio<Bar> bar) {
    io::update_by_companions<Pins>(bar, [](Pins p) { return p.with_led(true); });
}
void companion_update_both(io::Mmio<Bar> bar) {
    io::update_by_companions<Pins>(bar, [](Pins p) { return p.with_level(5u); });
}
void companion_update_one_word(io::Mmio<Bar> bar) {
    io::update_by_companions(bar, Ports::at(2), [](Ports p) { return p.with_pins(0x0ff0u); });
}
} // namespace viewed
namespace twin {
void companion_set(Place p) {
    raw::write<u32>(p.base + 0x14, 3);
}
void companion_clear(Place p, u32 v) {
    raw::write<u32>(p.base + 0x18, v);
}
void companion_toggle(Place p) {
    raw::write<u32>(p.base + 0x1c, 2);
}
void companion_update_sets(Place p) {
    raw::write<u32>(p.base + 0x14, 2);
}
void companion_update_both(Place p) {
    raw::write<u32>(p.base + 0x18, 0xa00);
    raw::write<u32>(p.base + 0x14, 0x500);
}
void companion_update_one_word(Place p) {
    raw::write<u32>(p.base + 0x54, 0xf00f'0ff0);
}
} // namespace twin

// --- a shadow: one store, of what was remembered
// ----------------------------------------------------
struct Latch : io::Register<Latch, u32, io::fixed<0x20>, io::wo> {
    IO_FIELDS(bits(11, 8, level), bit(0, enable));
};
namespace viewed {
void shadow_write(io::Mmio<Bar> bar, io::Shadow<Latch>& latch) {
    latch.write(bar, Latch{}.with_enable(true));
}
void shadow_update(io::Mmio<Bar> bar, io::Shadow<Latch>& latch) {
    latch.update(bar, [](Latch l) { return l.with_enable(true); });
}
} // namespace viewed
namespace twin {
struct Remembered {
    u32 value;
    bool is_known;
};
void shadow_write(Place p, Remembered& latch) {
    raw::write<u32>(p.base + 0x20, 1);
    latch = {1, true};
}
void shadow_update(Place p, Remembered& latch) {
    if (!latch.is_known)
        __builtin_trap();
    const u32 next = latch.value | 1;
    raw::write<u32>(p.base + 0x20, next);
    latch.value = next;
}
} // namespace twin

// --- a snapshot ---------------------------------------------------------------------------------
namespace viewed {
u32 snapshot_sum(io::Mmio<Joins> bar) {
    const auto taken = io::snapshot<High, Base, Low>(bar);
    return u32{taken.get<High>().raw()} + taken.get<Base>().page() + taken.get<Low>().raw();
}
} // namespace viewed
namespace twin {
u32 snapshot_sum(Address base) {
    const u32 high = raw::read<u16>(base + 0x22);
    const u32 page = raw::read<u32>(base + 0x24) >> 8 & 0xffff;
    return high + page + raw::read<u16>(base + 0x20);
}
} // namespace twin

// --- relaxed accesses --------------------------------------------------------------------------
namespace viewed {
u32 relaxed_read(io::RelaxedMmio<Pl011> uart) {
    return IO_READ(uart, fr);
}
void relaxed_write(io::Mmio<Pl011> uart, u32 v) {
    IO_WRITE(uart.relaxed(), dr, v);
}
void relaxed_update(io::RelaxedMmio<Pl011> uart) {
    IO_UPDATE(uart, cr, [](u32 v) { return v & ~1u; });
}
u32 relaxed_three(io::Mmio<Bar> bar) {
    auto fast = bar.relaxed();
    return fast.read32(0) + fast.read32(4) + fast.read32(8);
}
void relaxed_spin(io::Mmio<Pl011> uart) {
    auto fast = uart.relaxed();
    while (IO_READ(fast, fr) & 0x20u) {
    }
}
bool ordered_spin(io::Mmio<Pl011> uart, unsigned tries) {
    for (; tries != 0; --tries)
        if ((IO_READ(uart, fr) & 0x20u) == 0)
            return true;
    return false;
}
void relaxed_puts(io::Mmio<Pl011> uart, const char* text, std::size_t length) {
    auto fast = uart.relaxed();
    for (std::size_t i = 0; i < length; ++i) {
        while (IO_READ(fast, fr) & 0x20u) {
        }
        IO_WRITE(fast, dr, static_cast<unsigned char>(text[i]));
    }
}
} // namespace viewed

namespace twin {
u32 relaxed_read(Address uart) {
    return raw::load<u32>(uart + offsetof(Pl011, fr));
}
void relaxed_write(Address uart, u32 v) {
    raw::store<u32>(uart + offsetof(Pl011, dr), v);
}
void relaxed_update(Address uart) {
    const Address cr = uart + offsetof(Pl011, cr);
    raw::store<u32>(cr, raw::load<u32>(cr) & ~1u);
}
u32 relaxed_three(Place p) {
    return raw::load<u32>(p.base) + raw::load<u32>(p.base + 4) + raw::load<u32>(p.base + 8);
}
void relaxed_spin(Address uart) {
    while (raw::load<u32>(uart + offsetof(Pl011, fr)) & 0x20) {
    }
}
bool ordered_spin(Address uart, unsigned tries) {
    for (; tries != 0; --tries)
        if ((raw::read<u32>(uart + offsetof(Pl011, fr)) & 0x20) == 0)
            return true;
    return false;
}
void relaxed_puts(Address uart, const char* text, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) {
        while (raw::load<u32>(uart + offsetof(Pl011, fr)) & 0x20) {
        }
        raw::store<u32>(uart + offsetof(Pl011, dr), static_cast<unsigned char>(text[i]));
    }
}
} // namespace twin

// --- system memory -----------------------------------------------------------------------------
namespace viewed {
u32 memory_read(io::SysMem<Pair> queues) {
    return IO_READ(queues, gspq.tx.write_ptr);
}
void memory_write(io::SysMem<Pair> queues, u32 v) {
    IO_WRITE(queues, gspq.rx.read_ptr, v);
}
void memory_update(io::SysMem<Pair> queues) {
    IO_UPDATE(queues, gspq.tx.write_ptr, [](u32 p) { return p + 1; });
}
u32 memory_index(io::SysMem<Pair> queues, std::size_t i) {
    return IO_READ(queues, gspq.entries, at(i), length);
}
io::Result<u32> memory_try_index(io::SysMem<Pair> queues, std::size_t i) {
    return IO_READ(queues, gspq.entries, try_at(i), length);
}
void memory_index_write(io::SysMem<Pair> queues, std::size_t i, u32 v) {
    IO_WRITE(queues, gspq.entries, at(i), flags, v);
}
void memory_index_update(io::SysMem<Pair> queues, std::size_t i) {
    IO_UPDATE(queues, gspq.entries, at(i), flags, [](u32 v) { return v | 1; });
}
io::Result<> memory_try_update(io::SysMem<Pair> queues, std::size_t i) {
    return IO_UPDATE(queues, gspq.entries, try_at(i), flags, [](u32 v) { return v | 1; });
}
u32 memory_index_word(io::SysMem<Rings> rings, std::size_t i) {
    return IO_READ(rings, words, at(i));
}
u32 memory_index_nested(io::SysMem<Rings> rings, std::size_t i) {
    return IO_READ(rings, pairs, at(i), gspq.tx.write_ptr);
}
u32 memory_index_two(io::SysMem<Rings> rings, std::size_t i, std::size_t j) {
    return IO_READ(rings, pairs, at(i), gspq.entries, at(j), length);
}
u32 memory_index_both(io::SysMem<Pair> queues, std::size_t i) {
    auto entry = IO_PROJECT(queues, gspq.entries, at(i));
    return IO_READ(entry, length) + IO_READ(entry, flags);
}
u32 memory_by_view(io::SysMem<Entry[8]> entries, std::size_t i) {
    return IO_READ(entries.at(i), length);
}
void memory_slice_update(io::SysMem<Entry[]> entries, std::size_t i) {
    IO_UPDATE(entries.at(i), flags, [](u32 v) { return v | 1; });
}
u32 memory_slice(io::SysMem<u32[]> words, std::size_t i) {
    return words.at(i).read();
}
widest memory_region(io::SysMem<io::Region<64, 8>> bytes) {
    return bytes.read<widest>(0x18);
}
u16 memory_from_pointer(Mixed* mixed) {
    return static_cast<u16>(IO_READ(io::SysMem<Mixed>::from_pointer(mixed), mode));
}
u32 memory_from_span(std::span<u32> words, std::size_t i) {
    return io::SysMem<u32[]>::from_span(words).at(i).read();
}
u32 memory_from_bytes(void* base, std::size_t size) {
    auto bytes = io::SysMem<io::Region<64>>::from_bytes(base, size);
    return bytes ? bytes->read32(0x10) : 0;
}
void memory_for(io::SysMem<Queue> queue) {
    for (auto entry : IO_PROJECT(queue, entries))
        IO_WRITE(entry, flags, 1u);
}
u32 memory_sum(io::SysMem<u32[]> words) {
    u32 sum = 0;
    for (auto word : words)
        sum += word.read();
    return sum;
}
} // namespace viewed

namespace twin {
u32 memory_read(Pair* queues) {
    return ram(queues->gspq.tx.write_ptr);
}
void memory_write(Pair* queues, u32 v) {
    ram(queues->gspq.rx.read_ptr) = v;
}
void memory_update(Pair* queues) {
    volatile u32& ptr = queues->gspq.tx.write_ptr;
    ptr = ptr + 1;
}
u32 memory_index(Pair* queues, std::size_t i) {
    trap_if(i >= 8);
    return ram(queues->gspq.entries[i].length);
}
io::Result<u32> memory_try_index(Pair* queues, std::size_t i) {
    if (i >= 8)
        return io::fail(io::Error::out_of_bounds);
    return u32{ram(queues->gspq.entries[i].length)};
}
void memory_index_write(Pair* queues, std::size_t i, u32 v) {
    trap_if(i >= 8);
    ram(queues->gspq.entries[i].flags) = v;
}
void memory_index_update(Pair* queues, std::size_t i) {
    trap_if(i >= 8);
    volatile u32& flags = queues->gspq.entries[i].flags;
    flags = flags | 1;
}
io::Result<> memory_try_update(Pair* queues, std::size_t i) {
    if (i >= 8)
        return io::fail(io::Error::out_of_bounds);
    volatile u32& flags = queues->gspq.entries[i].flags;
    flags = flags | 1;
    return {};
}
u32 memory_index_word(Rings* rings, std::size_t i) {
    trap_if(i >= 64);
    return ram(rings->words[i]);
}
u32 memory_index_nested(Rings* rings, std::size_t i) {
    trap_if(i >= 4);
    return ram(rings->pairs[i].gspq.tx.write_ptr);
}
u32 memory_index_two(Rings* rings, std::size_t i, std::size_t j) {
    trap_if(i >= 4);
    trap_if(j >= 8);
    return ram(rings->pairs[i].gspq.entries[j].length);
}
u32 memory_index_both(Pair* queues, std::size_t i) {
    trap_if(i >= 8);
    const auto& entry = queues->gspq.entries[i];
    return ram(entry.length) + ram(entry.flags);
}
u32 memory_by_view(Entry* entries, std::size_t i) {
    trap_if(i >= 8);
    return ram(entries[i].length);
}
void memory_slice_update(Words words, std::size_t i) {
    trap_if(i >= words.count);
    volatile u32& flags = reinterpret_cast<Entry*>(words.data)[i].flags;
    flags = flags | 1;
}
u32 memory_slice(Words words, std::size_t i) {
    trap_if(i >= words.count);
    return ram(words.data[i]);
}
widest memory_region(Place p) {
    return raw::place<widest>(p.base + 0x18);
}
u16 memory_from_pointer(Mixed* mixed) {
    trap_if(reinterpret_cast<Address>(mixed) % alignof(Mixed) != 0);
    return static_cast<u16>(ram(mixed->mode));
}
u32 memory_from_span(std::span<u32> words, std::size_t i) {
    trap_if(reinterpret_cast<Address>(words.data()) % alignof(u32) != 0);
    trap_if(i >= words.size());
    return ram(words[i]);
}
u32 memory_from_bytes(void* base, std::size_t size) {
    const Address address = reinterpret_cast<Address>(base);
    return fault_of(address, size, 64, 4) == 0 ? raw::place<u32>(address + 0x10) : 0;
}
void memory_for(Queue* queue) {
    for (Entry& entry : queue->entries)
        ram(entry.flags) = 1;
}
u32 memory_sum(Words words) {
    u32 sum = 0;
    auto bytes = reinterpret_cast<std::byte*>(words.data);
    for (std::size_t i = 0; i != words.count; ++i)
        sum += *reinterpret_cast<volatile u32*>(bytes + i * sizeof(u32));
    return sum;
}
} // namespace twin

// --- views made where they are used --------------------------------------------------------------
namespace viewed {
u32 made_from_address(Address base) {
    auto uart = io::Mmio<Pl011>::from_raw(io::MmioRaw<Pl011>::at(base));
    return IO_READ(uart, fr);
}
void made_relaxed(Address base, u32 v) {
    auto uart = io::Mmio<Pl011>::from_raw(io::MmioRaw<Pl011>::at(base)).relaxed();
    IO_WRITE(uart, dr, v);
}
u32 made_from_region(Address base, std::size_t size) {
    auto bar = io::MmioRaw<io::Region<0x40>>::region(base, size);
    return bar ? io::Mmio<io::Region<0x40>>::from_raw(*bar).read32(0x10) : 0;
}
u32 made_from_known_region(Address base) {
    auto bar = io::Mmio<Bar>::from_raw(*io::MmioRaw<Bar>::region(base, 0x1000));
    return bar.read32(0x14);
}
void made_known_write(Address base, u32 v) {
    auto bar = io::Mmio<Bar>::from_raw(*io::MmioRaw<Bar>::region(base, 0x1000));
    bar.write32(0x14, v);
}
u32 made_from_slice(Address base, std::size_t count, std::size_t i) {
    auto words = io::Mmio<u32[]>::from_raw(*io::MmioRaw<u32[]>::slice(base, count));
    return words.at(i).read();
}
u32 made_subview(io::Mmio<Bar> bar) {
    return IO_READ(bar.subview<Pl011>(0x100), fr);
}
u32 made_try_subview(io::Mmio<Bar> bar, std::size_t offset) {
    auto uart = bar.try_subview<Pl011>(offset);
    return uart ? IO_READ(*uart, fr) : 0;
}
widest made_cast(io::Mmio<Bar> bar) {
    return bar.cast<widest>().read();
}
io::Mmio<u32> made_and_returned(io::Mmio<Pair> queues, std::size_t i) {
    return IO_PROJECT(queues, gspq.entries, at(i), flags);
}
} // namespace viewed

namespace twin {
u32 made_from_address(Address base) {
    return raw::read<u32>(base + offsetof(Pl011, fr));
}
void made_relaxed(Address base, u32 v) {
    raw::store<u32>(base + offsetof(Pl011, dr), v);
}
u32 made_from_region(Address base, std::size_t size) {
    return fault_of(base, size, 0x40, 4) == 0 ? raw::read<u32>(base + 0x10) : 0;
}
u32 made_from_known_region(Address base) {
    trap_if(fault_of(base, 0x1000, 0x1000, 8));
    return raw::read<u32>(base + 0x14);
}
void made_known_write(Address base, u32 v) {
    trap_if(fault_of(base, 0x1000, 0x1000, 8));
    raw::write<u32>(base + 0x14, v);
}
u32 made_from_slice(Address base, std::size_t count, std::size_t i) {
    trap_if(count > static_cast<std::size_t>(-1) / sizeof(u32));
    trap_if(fault_of(base, count * sizeof(u32), 0, 4));
    trap_if(i >= count);
    return raw::read<u32>(base + i * sizeof(u32));
}
u32 made_subview(Place p) {
    return raw::read<u32>(p.base + 0x100 + offsetof(Pl011, fr));
}
u32 made_try_subview(Place p, std::size_t offset) {
    if (p.size < sizeof(Pl011) || offset > p.size - sizeof(Pl011) || (p.base + offset) % 4 != 0)
        return 0;
    return raw::read<u32>(p.base + offset + offsetof(Pl011, fr));
}
widest made_cast(Place p) {
    return raw::read<widest>(p.base);
}
Address made_and_returned(Address queues, std::size_t i) {
    trap_if(i >= 8);
    return queues + offsetof(Pair, gspq.entries) + i * sizeof(Entry) + offsetof(Entry, flags);
}
} // namespace twin

// ---- values of registers ----

struct Gain : io::Register<Gain, u32, io::fixed<0x10>, io::reset<0x55>> {
    IO_FIELDS(bits(9, 8, mode), bits(7, 0, level));
};
struct PinModes : io::Register<PinModes, u32, io::fixed<0x14>> {
    IO_FIELDS(array(31, 0, mode, 16));
};

namespace viewed {
void modify(io::Mmio<Bar> bar) {
    IO_MODIFY(bar, Gain, mode(3));
}
void modify_two(io::Mmio<Bar> bar, std::uint8_t level) {
    IO_MODIFY(bar, Gain, mode(3), level(level));
}
void reset_write(io::Mmio<Bar> bar) {
    bar.write(Gain::reset().with_mode(3u));
}
u32 field_array_get(io::Mmio<Bar> bar, u32 i) {
    return bar.read<PinModes>().mode(i);
}
void field_array_update(io::Mmio<Bar> bar, u32 i) {
    bar.update<PinModes>([i](PinModes r) { return r.with_mode(i, 2u); });
}
void field_array_constant(io::Mmio<Bar> bar) {
    bar.write(PinModes{}.with_mode(7, 2u).with_mode(15, 1u));
}
} // namespace viewed

namespace twin {
void modify(Place p) {
    raw::write<u32>(p.base + 0x10, (raw::read<u32>(p.base + 0x10) & ~0x300u) | 0x300);
}
void modify_two(Place p, std::uint8_t level) {
    raw::write<u32>(p.base + 0x10, (raw::read<u32>(p.base + 0x10) & ~0x3ffu) | 0x300 | level);
}
void reset_write(Place p) {
    raw::write<u32>(p.base + 0x10, 0x355);
}
u32 field_array_get(Place p, u32 i) {
    const u32 modes = raw::read<u32>(p.base + 0x14);
    trap_if(i >= 16);
    return modes >> 2 * i & 3;
}
void field_array_update(Place p, u32 i) {
    const u32 modes = raw::read<u32>(p.base + 0x14);
    trap_if(i >= 16);
    raw::write<u32>(p.base + 0x14, (modes & ~(3u << 2 * i)) | 2u << 2 * i);
}
void field_array_constant(Place p) {
    raw::write<u32>(p.base + 0x14, 0x4000'8000);
}
} // namespace twin

// ---- registers of the CPU: each access is one instruction ----

#if IOVIEW_ARCH_RISCV
struct Mstatus : io::Register<Mstatus, widest, io::csr<0x300>> {
    IO_FIELDS(bits(12, 11, mpp), bit(3, mie));
};
IO_SYS_REG(MscratchPlace, mscratch);
struct Mscratch : io::Register<Mscratch, widest, io::sys_reg<MscratchPlace>> {
    IO_FIELDS(bits(31, 0, value));
};

namespace viewed {
widest sys_reg_read() {
    return io::sys_regs.read<Mstatus>().raw();
}
void sys_reg_write(widest v) {
    io::sys_regs.write(Mstatus::from_raw(v));
}
void sys_reg_set() {
    io::sys_regs.update<Mstatus>(io::set_bits(Mstatus{}.with_mie(true)));
}
void sys_reg_clear() {
    io::sys_regs.update<Mstatus>(io::clear_bits(Mstatus{}.with_mpp(3u)));
}
void sys_reg_update() {
    io::sys_regs.update<Mstatus>([](Mstatus old) { return old.with_mie(true); });
}
widest sys_reg_named_read() {
    return io::sys_regs.read<Mscratch>().raw();
}
void sys_reg_named_set(widest v) {
    io::sys_regs.update<Mscratch>(io::set_bits(Mscratch::from_raw(v)));
}
} // namespace viewed

namespace twin {
widest sys_reg_read() {
    widest v;
    asm volatile("csrr %0, mstatus" : "=r"(v)::"memory");
    return v;
}
void sys_reg_write(widest v) {
    asm volatile("csrw mstatus, %0" ::"r"(v) : "memory");
}
void sys_reg_set() {
    asm volatile("csrsi mstatus, 8" ::: "memory");
}
void sys_reg_clear() {
    asm volatile("csrc mstatus, %0" ::"r"(widest{0x1800}) : "memory");
}
void sys_reg_update() {
    widest v;
    asm volatile("csrr %0, mstatus" : "=r"(v)::"memory");
    asm volatile("csrw mstatus, %0" ::"r"(v | 8) : "memory");
}
widest sys_reg_named_read() {
    widest v;
    asm volatile("csrr %0, mscratch" : "=r"(v)::"memory");
    return v;
}
void sys_reg_named_set(widest v) {
    asm volatile("csrs mscratch, %0" ::"r"(v) : "memory");
}
} // namespace twin
#elif IOVIEW_ARCH_ARM64
struct CntVct : io::Register<CntVct, widest, io::arm64_reg<3, 3, 14, 0, 2>, io::ro> {
    IO_FIELDS(bits(63, 0, ticks));
};
struct TpidrEl1 : io::Register<TpidrEl1, widest, io::arm64_reg<3, 0, 13, 0, 4>> {
    IO_FIELDS(bits(63, 0, value));
};
IO_SYS_REG(DaifPlace, daif);
struct Daif : io::Register<Daif, widest, io::sys_reg<DaifPlace>> {
    IO_FIELDS(bit(7, no_irq));
};

namespace viewed {
widest sys_reg_read() {
    return io::sys_regs.read<CntVct>().ticks();
}
void sys_reg_write(widest v) {
    io::sys_regs.write(TpidrEl1::from_raw(v));
}
void sys_reg_write_zero() {
    io::sys_regs.write(TpidrEl1::from_raw(0));
}
void sys_reg_named_set() {
    io::sys_regs.update<Daif>(io::set_bits(Daif{}.with_no_irq(true)));
}
} // namespace viewed

namespace twin {
widest sys_reg_read() {
    widest v;
    asm volatile("mrs %0, cntvct_el0" : "=r"(v)::"memory");
    return v;
}
void sys_reg_write(widest v) {
    asm volatile("msr tpidr_el1, %0" ::"r"(v) : "memory");
}
void sys_reg_write_zero() {
    asm volatile("msr tpidr_el1, %x0" ::"rZ"(widest{0}) : "memory");
}
void sys_reg_named_set() {
    widest v;
    asm volatile("mrs %0, daif" : "=r"(v)::"memory");
    asm volatile("msr daif, %0" ::"r"(v | 0x80) : "memory");
}
} // namespace twin
#elif IOVIEW_ARCH_X86
struct ApicBase : io::Register<ApicBase, std::uint64_t, io::msr<0x1b>> {
    IO_FIELDS(bits(35, 12, page), bit(11, enable));
};

namespace viewed {
std::uint64_t sys_reg_read() {
    return io::sys_regs.read<ApicBase>().raw();
}
void sys_reg_write(std::uint64_t v) {
    io::sys_regs.write(ApicBase::from_raw(v));
}
void sys_reg_set() {
    io::sys_regs.update<ApicBase>(io::set_bits(ApicBase{}.with_enable(true)));
}
} // namespace viewed

namespace twin {
std::uint64_t sys_reg_read() {
    u32 low, high;
    asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(0x1b) : "memory");
    return std::uint64_t{high} << 32 | low;
}
void sys_reg_write(std::uint64_t v) {
    asm volatile("wrmsr" ::"c"(0x1b), "a"(static_cast<u32>(v)), "d"(static_cast<u32>(v >> 32))
                 : "memory");
}
void sys_reg_set() {
    u32 low, high;
    asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(0x1b) : "memory");
    const std::uint64_t v = (std::uint64_t{high} << 32 | low) | 0x800;
    asm volatile("wrmsr" ::"c"(0x1b), "a"(static_cast<u32>(v)), "d"(static_cast<u32>(v >> 32))
                 : "memory");
}
} // namespace twin
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
IO_SYS_REG(PrimaskPlace, primask);
struct Primask : io::Register<Primask, widest, io::sys_reg<PrimaskPlace>> {
    IO_FIELDS(bit(0, masked));
};

namespace viewed {
widest sys_reg_named_read() {
    return io::sys_regs.read<Primask>().raw();
}
void sys_reg_named_write(widest v) {
    io::sys_regs.write(Primask::from_raw(v));
}
} // namespace viewed

namespace twin {
widest sys_reg_named_read() {
    widest v;
    asm volatile("mrs %0, primask" : "=r"(v)::"memory");
    return v;
}
void sys_reg_named_write(widest v) {
    asm volatile("msr primask, %0" ::"r"(v) : "memory");
}
} // namespace twin
#endif

#if defined(__linux__) && !defined(__thumb__)
// ---- Linux' owners: a look whether there is a mapping, or whether its device is still there ----
namespace viewed {
u32 sysfs_bar_read(const io::pci::SysfsBar<Bar>& bar) {
    return bar.read32(0x14);
}
void sysfs_bar_write(const io::pci::SysfsBar<Bar>& bar, u32 v) {
    bar.view().write32(0x14, v);
}
u32 removable_read(io::RemovableView<io::MmioBackend, u32> view) {
    return view.read();
}
void removable_write(io::RemovableView<io::MmioBackend, u32> view, u32 v) {
    view.write(v);
}
} // namespace viewed

namespace twin {
// What the owner has: its file and path, the pages, and where the bytes are in them.
struct Mapped {
    io::pci::detail::SysfsResourceFile file;
    void* start;
    std::size_t length, before, bytes;
    Place place;
};
u32 sysfs_bar_read(const Mapped& bar) {
    trap_if(bar.start == nullptr);
    return raw::read<u32>(bar.place.base + 0x14);
}
void sysfs_bar_write(const Mapped& bar, u32 v) {
    trap_if(bar.start == nullptr);
    raw::write<u32>(bar.place.base + 0x14, v);
}
struct Watched {
    const bool* gone;
    Address address;
};
u32 removable_read(Watched w) {
    const u32 word = raw::read<u32>(w.address);
    return __atomic_load_n(w.gone, __ATOMIC_ACQUIRE) ? ~u32{0} : word;
}
void removable_write(Watched w, u32 v) {
    raw::write<u32>(w.address, v);
}
} // namespace twin
#endif
