// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One access each, for counting the calls that it takes in a debug build: drivers are debugged at
// -O0, where a device sees how long an access takes.
#include <ioview/ioview.hpp>

#include <cstdint>

namespace io = ioview;
using std::uint32_t;

struct Tx {
    uint32_t size, write_ptr;
};
struct Queue {
    uint32_t pad;
    Tx tx;
    uint32_t words[8];
    io::le<uint32_t> little;
};
struct Pair {
    Queue cpuq, gspq;
};
using Bar = io::Mmio<io::Region<64>>;

extern "C" {
uint32_t region_read32(Bar& bar) {
    return bar.read32(0x10);
}
void region_write32(Bar& bar, uint32_t v) {
    bar.write32(0x10, v);
}
uint32_t region_read(io::SysMem<io::Region<64>>& bytes) {
    return bytes.read<uint32_t>(0x10);
}
uint32_t member_read(io::Mmio<Pair>& pair) {
    return IO_READ(pair, gspq.tx.write_ptr);
}
void member_write(io::Mmio<Pair>& pair, uint32_t v) {
    IO_WRITE(pair, gspq.tx.write_ptr, v);
}
uint32_t member_read_relaxed(io::RelaxedMmio<Pair>& pair) {
    return IO_READ(pair, gspq.tx.write_ptr);
}
uint32_t member_read_memory(io::SysMem<Pair>& pair) {
    return IO_READ(pair, gspq.tx.write_ptr);
}
uint32_t member_little_endian(io::Mmio<Pair>& pair) {
    return IO_READ(pair, gspq.little).value();
}
uint32_t element_read(io::Mmio<Pair>& pair, unsigned i) {
    return IO_READ(pair, gspq.words, at(i));
}
void element_write(io::Mmio<Pair>& pair, unsigned i, uint32_t v) {
    IO_WRITE(pair, gspq.words, at(i), v);
}
uint32_t element_static(io::Mmio<Pair>& pair) {
    return IO_READ(pair, gspq.words, static_at(3));
}
uint32_t scalar_read(io::Mmio<uint32_t>& word) {
    return word.read();
}
void scalar_write(io::Mmio<uint32_t>& word, uint32_t v) {
    word.write(v);
}
uint32_t slice_read(io::Mmio<uint32_t[]>& words, unsigned i) {
    return words.at(i).read();
}
}
