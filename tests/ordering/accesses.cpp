// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One function for each row of the tables in docs/ordering.md, which check.sh compares with what
// the compilers make of it. Views are made here, from addresses: as arguments some ABIs pass them
// in memory.
#include <ioview/ioview.hpp>

#include <cstdint>

namespace io = ioview;
using u32 = std::uint32_t;
using Address = std::uintptr_t;

namespace {
[[gnu::always_inline]] inline io::Mmio<u32> mmio(Address at) {
    return io::Mmio<u32>::from_raw(io::MmioRaw<u32>::at(at));
}
[[gnu::always_inline]] inline io::RelaxedMmio<u32> relaxed(Address at) {
    return mmio(at).relaxed();
}
[[gnu::always_inline]] inline io::WriteCombining<u32> gathering(Address at) {
    return io::WriteCombining<u32>::from_raw(io::MmioRaw<u32>::at(at));
}
[[gnu::always_inline]] inline io::SysMem<u32> memory(Address at) {
    return io::SysMem<u32>::from_pointer(reinterpret_cast<u32*>(at));
}
[[gnu::always_inline]] inline io::CoherentView<u32> coherent(Address at) {
    return io::CoherentView<u32>::from_raw(memory(at), 0);
}
} // namespace

extern "C" {
// --- accesses ---
// row: Mmio read()
u32 mmio_read(Address at) {
    return mmio(at).read();
}
// row: Mmio write()
void mmio_write(Address at, u32 value) {
    mmio(at).write(value);
}
// row: Mmio read_fifo()
u32 mmio_read_fifo(Address at) {
    u32 value = 0;
    mmio(at).read_fifo(io::Span<u32>{&value, 1});
    return value;
}
// row: Mmio write_fifo()
void mmio_write_fifo(Address at, u32 value) {
    mmio(at).write_fifo(io::Span<const u32>{&value, 1});
}
// row: RelaxedMmio read()
u32 relaxed_read(Address at) {
    return relaxed(at).read();
}
// row: RelaxedMmio write()
void relaxed_write(Address at, u32 value) {
    relaxed(at).write(value);
}
// row: WriteCombining read()
u32 gathering_read(Address at) {
    return gathering(at).read();
}
// row: WriteCombining write()
void gathering_write(Address at, u32 value) {
    gathering(at).write(value);
}
// row: SysMem read()
u32 memory_read(Address at) {
    return memory(at).read();
}
// row: SysMem write()
void memory_write(Address at, u32 value) {
    memory(at).write(value);
}
// row: CoherentView read()
u32 coherent_read(Address at) {
    return coherent(at).read();
}
// row: CoherentView write()
void coherent_write(Address at, u32 value) {
    coherent(at).write(value);
}
#if IOVIEW_ARCH_X86
// row: PortIo read()
u32 port_read() {
    return io::PortIo<u32>::from_port(0xcfc).read();
}
// row: PortIo write()
void port_write(u32 value) {
    io::PortIo<u32>::from_port(0xcfc).write(value);
}
#endif

// --- barriers ---
// row: mb()
void barrier_mb() {
    io::mb();
}
// row: rmb()
void barrier_rmb() {
    io::rmb();
}
// row: wmb()
void barrier_wmb() {
    io::wmb();
}
// row: dma_mb()
void barrier_dma_mb() {
    io::dma_mb();
}
// row: dma_rmb()
void barrier_dma_rmb() {
    io::dma_rmb();
}
// row: dma_wmb()
void barrier_dma_wmb() {
    io::dma_wmb();
}
// row: mmiowb()
void barrier_mmiowb() {
    io::mmiowb();
}
// row: wc_flush()
void barrier_wc_flush() {
    io::wc_flush();
}

// --- hand-overs ---
// row: publish(memory)
void publish_memory(Address at, u32 value) {
    io::publish(memory(at), value);
}
// row: publish(Mmio)
void publish_mmio(Address at, u32 value) {
    io::publish(mmio(at), value);
}
// row: publish(RelaxedMmio)
void publish_relaxed(Address at, u32 value) {
    io::publish(relaxed(at), value);
}
// row: publish(WriteCombining)
void publish_gathering(Address at, u32 value) {
    io::publish(gathering(at), value);
}
// row: observe(memory)
u32 observe_memory(Address at) {
    return io::observe(memory(at));
}
// row: observe(Mmio)
u32 observe_mmio(Address at) {
    return io::observe(mmio(at));
}
// row: observe(RelaxedMmio)
u32 observe_relaxed(Address at) {
    return io::observe(relaxed(at));
}
// row: observe(WriteCombining)
u32 observe_gathering(Address at) {
    return io::observe(gathering(at));
}
// row: release_to_device(memory)
void release_memory(Address at, u32 value) {
    io::release_to_device(memory(at), value);
}
// row: release_to_device(Mmio)
void release_mmio(Address at, u32 value) {
    io::release_to_device(mmio(at), value);
}
// row: release_to_device(RelaxedMmio)
void release_relaxed(Address at, u32 value) {
    io::release_to_device(relaxed(at), value);
}
// row: release_to_device(WriteCombining)
void release_gathering(Address at, u32 value) {
    io::release_to_device(gathering(at), value);
}
// row: publish_and_observe(memory)
u32 publish_and_observe_memory(Address at, u32 value, Address event) {
    return io::publish_and_observe(memory(at), value, memory(event));
}
// row: flush(Mmio)
void flush_mmio(Address at) {
    io::flush(mmio(at));
}
// row: flush(RelaxedMmio)
void flush_relaxed(Address at) {
    io::flush(relaxed(at));
}
// row: flush(WriteCombining)
void flush_gathering(Address at) {
    io::flush(gathering(at));
}
// row: flush(memory)
void flush_memory(Address at) {
    io::flush(memory(at));
}
}
