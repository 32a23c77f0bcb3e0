// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the assembly of an access must be, on every instruction set: rules.sh compiles this file and
// compares the accesses and barriers of each function with the line `// expect` above it.
//
//   r32 w32      a load, a store of 32 bits, without barriers around it
//   R32 W32      the same as Mmio promises it: with the barriers of this instruction set
//   ~r32 ~w32    as RelaxedMmio promises it
//   (…)+         one or more times, for loops that may be unrolled
//   mb dma_wmb … a barrier by its name, which may be no instruction
#include <ioview/ioview.hpp>

#include <cstdint>

namespace io = ioview;
using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

// What a lock is in memory.
struct Lock {
    u16* place;
    void lock() { *place = 1; }
    void unlock() { *place = 0; }
};
struct Block {
    u8 byte;
    u16 half;
    u32 word;
    u64 wide;
    u32 many[64];
    u8 bytes[64];
};
struct Word { // le, so that big-endian CPUs may copy it too
    io::le<u32> word;
};
template <>
inline constexpr bool io::enable_plain_data<Word> = true;
using Device = io::Mmio<Block>;
using Fast = io::RelaxedMmio<Block>;

extern "C" {
// --- one access ---
// expect read8: R8
u8 read8(Device d) {
    return IO_READ(d, byte);
}
// expect read16: R16
u16 read16(Device d) {
    return IO_READ(d, half);
}
// expect read32: R32
u32 read32(Device d) {
    return IO_READ(d, word);
}
// expect write8: W8
void write8(Device d, u8 v) {
    IO_WRITE(d, byte, v);
}
// expect write16: W16
void write16(Device d, u16 v) {
    IO_WRITE(d, half, v);
}
// expect write32: W32
void write32(Device d, u32 v) {
    IO_WRITE(d, word, v);
}
// expect write_zero: W32
void write_zero(Device d) {
    IO_WRITE(d, word, 0u);
}
// expect update32: R32 W32
void update32(Device d) {
    IO_UPDATE(d, word, [](u32 v) { return v + 1; });
}
// expect set_bit: R32 W32
void set_bit(Device d) {
    IO_UPDATE(d, word, [](u32 v) { return v | 1; });
}
// expect lone_read32: R32
u32 lone_read32(io::Mmio<u32> r) {
    return r.read();
}
#if UINTPTR_MAX > 0xffff'ffff
#if !defined(__s390x__) // hands over a view of two words by its address
// expect region_read32: R32
u32 region_read32(io::Mmio<io::Region<64>> r) {
    return r.read32(0x10);
}
#endif
// expect read64: R64
u64 read64(Device d) {
    return IO_READ(d, wide);
}
// expect write64: W64
void write64(Device d, u64 v) {
    IO_WRITE(d, wide, v);
}
// expect relaxed_read64: ~r64
u64 relaxed_read64(Fast d) {
    return IO_READ(d, wide);
}
// expect relaxed_write64: ~w64
void relaxed_write64(Fast d, u64 v) {
    IO_WRITE(d, wide, v);
}
#endif
// expect relaxed_read8: ~r8
u8 relaxed_read8(Fast d) {
    return IO_READ(d, byte);
}
// expect relaxed_read16: ~r16
u16 relaxed_read16(Fast d) {
    return IO_READ(d, half);
}
// expect relaxed_read32: ~r32
u32 relaxed_read32(Fast d) {
    return IO_READ(d, word);
}
// expect relaxed_write8: ~w8
void relaxed_write8(Fast d, u8 v) {
    IO_WRITE(d, byte, v);
}
// expect relaxed_write16: ~w16
void relaxed_write16(Fast d, u16 v) {
    IO_WRITE(d, half, v);
}
// expect relaxed_write32: ~w32
void relaxed_write32(Device d, u32 v) {
    IO_WRITE(d.relaxed(), word, v);
}
// expect relaxed_update32: ~r32 ~w32
void relaxed_update32(Fast d) {
    IO_UPDATE(d, word, [](u32 v) { return v + 1; });
}

// --- nothing is dropped, merged or reordered ---
// expect read_and_drop: R32 R32
void read_and_drop(Device d) {
    static_cast<void>(IO_READ(d, word));
    static_cast<void>(IO_READ(d, word));
}
// expect write_twice: ~w32 ~w32
void write_twice(Fast d) {
    IO_WRITE(d, word, 1u);
    IO_WRITE(d, word, 1u);
}
// expect read_each_and_drop: ~r8 ~r8 ~r16 ~r16 ~r32 ~r32
void read_each_and_drop(Fast d) {
    static_cast<void>(IO_READ(d, byte));
    static_cast<void>(IO_READ(d, byte));
    static_cast<void>(IO_READ(d, half));
    static_cast<void>(IO_READ(d, half));
    static_cast<void>(IO_READ(d, word));
    static_cast<void>(IO_READ(d, word));
}
// expect write_each_twice: ~w8 ~w8 ~w16 ~w16 ~w32 ~w32
void write_each_twice(Fast d) {
    IO_WRITE(d, byte, u8{1});
    IO_WRITE(d, byte, u8{1});
    IO_WRITE(d, half, u16{1});
    IO_WRITE(d, half, u16{1});
    IO_WRITE(d, word, 1u);
    IO_WRITE(d, word, 1u);
}
#if !defined(__OPTIMIZE_SIZE__) // calls what it copies by more than once
// Where a memcpy would be left out, as nobody uses what it brings, or as one like it follows.
// expect copy_and_drop: ~r32 ~r32
void copy_and_drop(io::RelaxedMmio<Word> r) {
    static_cast<void>(r.copy_read<u32>());
    static_cast<void>(r.copy_read<u32>());
}
// expect copy_twice: ~w32 ~w32
void copy_twice(io::RelaxedMmio<Word> r, Word value) {
    r.copy_write<u32>(value);
    r.copy_write<u32>(value);
}
#endif
#if UINTPTR_MAX > 0xffff'ffff
// expect wide_each_twice: ~r64 ~r64 ~w64 ~w64
void wide_each_twice(Fast d) {
    static_cast<void>(IO_READ(d, wide));
    static_cast<void>(IO_READ(d, wide));
    IO_WRITE(d, wide, u64{1});
    IO_WRITE(d, wide, u64{1});
}
#endif
// expect neighbours: ~w8 ~w8 ~w8 ~w8
void neighbours(Fast d) {
    IO_WRITE(d, bytes, static_at(0), u8{1});
    IO_WRITE(d, bytes, static_at(1), u8{1});
    IO_WRITE(d, bytes, static_at(2), u8{1});
    IO_WRITE(d, bytes, static_at(3), u8{1});
}
// expect three_widths: ~r32 ~w8 ~r16
u32 three_widths(Fast d) {
    const u32 word = IO_READ(d, word);
    IO_WRITE(d, byte, u8{1});
    return word + IO_READ(d, half);
}

// --- order with memory: told apart by their widths ---
// expect descriptor_then_doorbell: w16 W32
void descriptor_then_doorbell(Device d, u16* descriptor) {
    *descriptor = 1;
    IO_WRITE(d, word, 1u);
}
// expect status_then_buffer: R32 r16
u16 status_then_buffer(Device d, const u16* buffer) {
    const u32 status = IO_READ(d, word);
    return static_cast<u16>(*buffer - status);
}
// expect publishes: w32 dma_wmb w16
void publishes(io::SysMem<u32> payload, io::SysMem<u16> index) {
    payload.write(1);
    io::publish(index, 1);
}
// expect observes: r16 dma_rmb r32
u32 observes(io::SysMem<u32> payload, io::SysMem<u16> index) {
    const u16 seen = io::observe(index);
    const u32 value = payload.read();
    return seen != 0 ? value : 0;
}
// expect releases: r32 dma_mb w16
u32 releases(io::SysMem<u32> payload, io::SysMem<u16> index) {
    const u32 value = payload.read();
    io::release_to_device(index, 1);
    return value;
}
// An index in a register: by an ordered view its own barrier is the one there is.
// expect publishes_to_a_device: w16 W32
void publishes_to_a_device(io::SysMem<u16> payload, Device d) {
    payload.write(1);
    io::publish(IO_PROJECT(d, word), 1);
}
// expect observes_a_device: R32 r16
u16 observes_a_device(io::SysMem<u16> payload, Device d) {
    const u32 seen = io::observe(IO_PROJECT(d, word));
    const u16 value = payload.read();
    return seen != 0 ? value : 0;
}
// expect releases_to_a_device: r16 device_mb ~w32
u16 releases_to_a_device(io::SysMem<u16> payload, Device d) {
    const u16 value = payload.read();
    io::release_to_device(IO_PROJECT(d, word), 1);
    return value;
}
// By a relaxed one it is added.
// expect publishes_by_a_relaxed_view: w16 device_wmb ~w32
void publishes_by_a_relaxed_view(io::SysMem<u16> payload, Fast d) {
    payload.write(1);
    io::publish(IO_PROJECT(d, word), 1);
}
// expect observes_by_a_relaxed_view: ~r32 device_rmb r16
u16 observes_by_a_relaxed_view(io::SysMem<u16> payload, Fast d) {
    const u32 seen = io::observe(IO_PROJECT(d, word));
    const u16 value = payload.read();
    return seen != 0 ? value : 0;
}
// expect releases_by_a_relaxed_view: r16 device_mb ~w32
u16 releases_by_a_relaxed_view(io::SysMem<u16> payload, Fast d) {
    const u16 value = payload.read();
    io::release_to_device(IO_PROJECT(d, word), 1);
    return value;
}
// An index is stored, and only then it is looked whether the device wants to be told.
// expect publishes_and_observes: w32 dma_wmb w16 dma_mb r16 dma_rmb r32
u32 publishes_and_observes(io::SysMem<u32> payload, io::SysMem<u16> index, io::SysMem<u16> event) {
    payload.write(1);
    const u16 seen = io::publish_and_observe(index, 1, event);
    const u32 value = payload.read();
    return seen != 0 ? value : 0;
}
// Read back: what follows waits for it, stores too.
// expect acknowledges: W32 ~r32 arrived w16
void acknowledges(Device d, io::SysMem<u16> memory) {
    IO_WRITE(d, word, 1u);
    io::flush(IO_PROJECT(d, word));
    memory.write(1);
}
// expect acknowledges_by_a_relaxed_view: ~w32 ~r32 arrived w16
void acknowledges_by_a_relaxed_view(Fast d, io::SysMem<u16> memory) {
    IO_WRITE(d, word, 1u);
    io::flush(IO_PROJECT(d, word));
    memory.write(1);
}
// expect acknowledges_by_gathering_memory: w32 wmb r32 arrived w16
void acknowledges_by_gathering_memory(io::WriteCombining<Block> d, io::SysMem<u16> memory) {
    IO_WRITE(d, word, 1u);
    io::flush(IO_PROJECT(d, word));
    memory.write(1);
}
// Several values at once have the barriers of one access around them all.
// expect read_several: before_reading ~r32 after_reading
u32 read_several(io::Mmio<u32> fifo) {
    u32 value = 0;
    fifo.read_fifo(io::Span<u32>{&value, 1});
    return value;
}
// expect write_several: before_writing ~w32
void write_several(io::Mmio<u32> fifo, u32 value) {
    fifo.write_fifo(io::Span<const u32>{&value, 1});
}
// To one place: of two stores with nothing between them for the compiler the first is lost.
// expect stores_around_accesses: w16 W32 w16 R32 w16
void stores_around_accesses(Device d, u16* memory) {
    *memory = 1;
    IO_WRITE(d, word, 1u);
    *memory = 2;
    static_cast<void>(IO_READ(d, word));
    *memory = 3;
}
// expect loads_around_a_read: r16 R32 r16
u16 loads_around_a_read(Device d, const u16* memory) {
    const u16 before = *memory;
    static_cast<void>(IO_READ(d, word));
    return static_cast<u16>(*memory - before);
}
#if defined(__x86_64__) && !defined(__OPTIMIZE_SIZE__) // by one string instruction
// expect stores_around_a_long_copy: w16 w16
// (the copy in here, as a call of it shows nothing)
[[gnu::flatten]] void
stores_around_a_long_copy(io::SysMem<u8[4'096]> from, std::byte* to, u16* memory) {
    *memory = 1;
    from.copy_to(io::Span<std::byte>{to, 4'096});
    *memory = 2;
}
#endif
// expect stores_around_barriers: w16 mb w16 rmb w16 wmb w16
void stores_around_barriers(u16* memory) {
    *memory = 1;
    io::mb();
    *memory = 2;
    io::rmb();
    *memory = 3;
    io::wmb();
    *memory = 4;
}
// expect stores_around_hints: w16 w16 w16
void stores_around_hints(u16* memory) {
    *memory = 1;
    io::arch::compiler_barrier();
    *memory = 2;
    io::arch::relax();
    *memory = 3;
}
// expect stores_around_dma_barriers: w16 dma_mb w16 dma_rmb w16 dma_wmb w16
void stores_around_dma_barriers(u16* memory) {
    *memory = 1;
    io::dma_mb();
    *memory = 2;
    io::dma_rmb();
    *memory = 3;
    io::dma_wmb();
    *memory = 4;
}
// expect published: w32 dma_wmb w16
void published(io::SysMem<u32> payload, io::SysMem<u16> index) {
    payload.write(1);
    io::dma_wmb();
    index.write(1);
}
// expect observed: r16 dma_rmb r32
u32 observed(io::SysMem<u32> payload, io::SysMem<u16> index) {
    const u16 seen = index.read();
    io::dma_rmb();
    const u32 value = payload.read();
    return seen != 0 ? value : 0;
}

// Nothing is read under the guard before what told that the device is idle, and what is stored
// there is stored when the guard ends. (x86 compares the pointer in place.)
#if defined(__aarch64__) || defined(__riscv)
// expect borrowed: (r64)+ dma_rmb r32
u32 borrowed(io::Coherent<u32, io::IdentityDma>& shared) {
    const auto guard = shared.borrow(io::device_is_idle);
    return *guard;
}
// expect borrow_ends: (r64)+ dma_rmb w16 w16
void borrow_ends(io::Coherent<u16, io::IdentityDma>& shared) {
    u16* place = nullptr;
    {
        const auto guard = shared.borrow(io::device_is_idle);
        place = &*guard;
        *place = 1;
    }
    *place = 2;
}
#elif defined(__arm__)
// expect borrowed_of_32_bits: (r32)+ dma_rmb r16
u16 borrowed_of_32_bits(io::Coherent<u16, io::IdentityDma>& shared) {
    const auto guard = shared.borrow(io::device_is_idle);
    return *guard;
}
// expect borrow_of_32_bits_ends: (r32)+ dma_rmb w16 w16
void borrow_of_32_bits_ends(io::Coherent<u16, io::IdentityDma>& shared) {
    u16* place = nullptr;
    {
        const auto guard = shared.borrow(io::device_is_idle);
        place = &*guard;
        *place = 1;
    }
    *place = 2;
}
#endif

// --- locks and write-combining memory ---
// expect locked: w16 W32 W32 mmiowb w16
void locked(Device d, u16* place) {
    Lock lock{place};
    const io::MmioLock guard{lock};
    IO_WRITE(d, word, 1u);
    IO_WRITE(d, word, 2u);
}
// expect gathered: w32 w32 wmb W16
void gathered(io::WriteCombining<Block> frame, Device d) {
    IO_WRITE(frame, word, 1u);
    IO_WRITE(frame, word, 1u);
    io::wc_flush();
    IO_WRITE(d, half, u16{1});
}
// expect read_back: w32 r32
u32 read_back(io::WriteCombining<Block> frame) {
    IO_WRITE(frame, word, 1u);
    return IO_READ(frame, word);
}
// expect publishes_gathered: w32 wmb w16
void publishes_gathered(io::WriteCombining<Block> ring) {
    IO_WRITE(ring, word, 1u);
    io::publish(IO_PROJECT(ring, half), u16{1});
}
// expect observes_gathered: r16 rmb r32
u32 observes_gathered(io::WriteCombining<Block> ring) {
    const u16 seen = io::observe(IO_PROJECT(ring, half));
    return IO_READ(ring, word) + seen;
}
// expect releases_gathered: r32 mb w16
u32 releases_gathered(io::WriteCombining<Block> ring) {
    const u32 value = IO_READ(ring, word);
    io::release_to_device(IO_PROJECT(ring, half), u16{1});
    return value;
}

// --- loops ---
// expect fill: (W32)+
void fill(Device d) {
    for (auto place : IO_PROJECT(d, many))
        place.write(0);
}
// expect relaxed_fill: (~w32)+
void relaxed_fill(Fast d) {
    for (auto place : IO_PROJECT(d, many))
        place.write(0);
}
// expect relaxed_fill_bytes: (~w8)+
void relaxed_fill_bytes(Fast d) {
    for (auto place : IO_PROJECT(d, bytes))
        place.write(0);
}
// expect sum: (R32)+
u32 sum(Device d) {
    u32 total = 0;
    for (auto place : IO_PROJECT(d, many))
        total += place.read();
    return total;
}
// expect relaxed_sum: (~r32)+
u32 relaxed_sum(Fast d) {
    u32 total = 0;
    for (auto place : IO_PROJECT(d, many))
        total += place.read();
    return total;
}
// expect relaxed_sum_bytes: (~r8)+
u32 relaxed_sum_bytes(Fast d) {
    u32 total = 0;
    for (auto place : IO_PROJECT(d, bytes))
        total += place.read();
    return total;
}
// expect relaxed_by_index: (~w32)+
void relaxed_by_index(Fast d) {
    for (unsigned i = 0; i < 64; ++i)
        IO_WRITE(d, many, at(i), i);
}
// expect relaxed_increment_all: (~r32 ~w32)+
void relaxed_increment_all(Fast d) {
    for (auto place : IO_PROJECT(d, many))
        place.update([](u32 v) { return v + 1; });
}
// expect increment_all: (R32 W32)+
void increment_all(Device d) {
    for (auto place : IO_PROJECT(d, many))
        place.update([](u32 v) { return v + 1; });
}
// expect move_all: (~r32 ~w32)+
void move_all(Fast from, Fast to) {
    for (unsigned i = 0; i < 64; ++i)
        IO_WRITE(to, many, at(i), IO_READ(from, many, at(i)));
}
// expect wait: (~r32)+
void wait(Fast d) {
    while (IO_READ(d, word) & 1) {
    }
}

// --- barriers with a view: never less than those without ---
// expect barriers_of_memory: mb rmb wmb mmiowb wmb
void barriers_of_memory(io::SysMem<u32> view) {
    io::mb(view);
    io::rmb(view);
    io::wmb(view);
    io::mmiowb(view);
    io::wc_flush(view);
}
// expect barriers_dma_of_memory: dma_mb dma_rmb dma_wmb
void barriers_dma_of_memory(io::SysMem<u32> view) {
    io::dma_mb(view);
    io::dma_rmb(view);
    io::dma_wmb(view);
}
// expect barriers_of_a_device: mb rmb wmb mmiowb wmb
void barriers_of_a_device(Device view) {
    io::mb(view);
    io::rmb(view);
    io::wmb(view);
    io::mmiowb(view);
    io::wc_flush(view);
}
// expect barriers_dma_of_a_device: dma_mb dma_rmb dma_wmb
void barriers_dma_of_a_device(Device view) {
    io::dma_mb(view);
    io::dma_rmb(view);
    io::dma_wmb(view);
}
// expect barriers_of_a_relaxed_view: mb rmb wmb mmiowb wmb
void barriers_of_a_relaxed_view(Fast view) {
    io::mb(view);
    io::rmb(view);
    io::wmb(view);
    io::mmiowb(view);
    io::wc_flush(view);
}
// expect barriers_dma_of_a_relaxed_view: device_mb device_rmb device_wmb
void barriers_dma_of_a_relaxed_view(Fast view) {
    io::dma_mb(view);
    io::dma_rmb(view);
    io::dma_wmb(view);
}
// expect barriers_of_gathering_memory: mb rmb wmb mmiowb wmb
void barriers_of_gathering_memory(io::WriteCombining<u32> view) {
    io::mb(view);
    io::rmb(view);
    io::wmb(view);
    io::mmiowb(view);
    io::wc_flush(view);
}
// expect barriers_dma_of_gathering_memory: mb rmb wmb
void barriers_dma_of_gathering_memory(io::WriteCombining<u32> view) {
    io::dma_mb(view);
    io::dma_rmb(view);
    io::dma_wmb(view);
}

// --- ports, where there are any ---
#if defined(__x86_64__)
// expect port_read8: in8
u8 port_read8(io::PortIo<u8> port) {
    return port.read();
}
// expect port_read16: in16
u16 port_read16(io::PortIo<u16> port) {
    return port.read();
}
// expect port_read32: in32
u32 port_read32(io::PortIo<u32> port) {
    return port.read();
}
// expect port_write8: out8
void port_write8(io::PortIo<u8> port, u8 v) {
    port.write(v);
}
// expect port_write16: out16
void port_write16(io::PortIo<u16> port, u16 v) {
    port.write(v);
}
// expect port_write32: out32
void port_write32(io::PortIo<u32> port, u32 v) {
    port.write(v);
}
// expect port_read_and_drop: in8 in16 in32 in8
void port_read_and_drop(io::PortIo<u8> byte, io::PortIo<u16> half, io::PortIo<u32> word) {
    static_cast<void>(byte.read());
    static_cast<void>(half.read());
    static_cast<void>(word.read());
    static_cast<void>(byte.read());
}
// expect stores_around_ports: w16 out8 w16 out16 w16 out32 w16 in8 w16 in16 w16 in32 w16
void stores_around_ports(io::PortIo<u8> byte,
                         io::PortIo<u16> half,
                         io::PortIo<u32> word,
                         u16* memory) {
    *memory = 1;
    byte.write(1);
    *memory = 2;
    half.write(1);
    *memory = 3;
    word.write(1);
    *memory = 4;
    static_cast<void>(byte.read());
    *memory = 5;
    static_cast<void>(half.read());
    *memory = 6;
    static_cast<void>(word.read());
    *memory = 7;
}
#endif

// --- barriers ---
// expect barrier_mb: mb
void barrier_mb() {
    io::mb();
}
// expect barrier_rmb: rmb
void barrier_rmb() {
    io::rmb();
}
// expect barrier_wmb: wmb
void barrier_wmb() {
    io::wmb();
}
// expect barrier_mmiowb: mmiowb
void barrier_mmiowb() {
    io::mmiowb();
}
// expect stores_around_mmiowb: w16 mmiowb w16
void stores_around_mmiowb(u16* memory) {
    *memory = 1;
    io::mmiowb();
    *memory = 2;
}
// expect stores_around_wc_flush: w16 wmb w16
void stores_around_wc_flush(u16* memory) {
    *memory = 1;
    io::wc_flush();
    *memory = 2;
}
// expect barrier_dma_mb: dma_mb
void barrier_dma_mb() {
    io::dma_mb();
}
// expect barrier_dma_rmb: dma_rmb
void barrier_dma_rmb() {
    io::dma_rmb();
}
// expect barrier_dma_wmb: dma_wmb
void barrier_dma_wmb() {
    io::dma_wmb();
}
}
