// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Nanoseconds of what drivers do to registers, for builds that are not optimised: sixteen
// accesses at a time, so that the calls around them do not count. scripts/bench compiles it at each
// level.
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/register.hpp>

#include "compare.hpp"

#include <cstddef>
#include <cstdint>

namespace io = ioview;
using U32 = std::uint32_t;

namespace {

#define ALL_SIXTEEN(use)                                                                           \
    use(0) use(1) use(2) use(3) use(4) use(5) use(6) use(7) use(8) use(9) use(10) use(11) use(12)  \
        use(13) use(14) use(15)

#define CONTROL(n)                                                                                 \
    struct Control##n : io::Register<Control##n, U32, io::fixed<4ul * n>> {                        \
        IO_FIELDS(bits(31, 16, divisor), bits(10, 8, level), bits(6, 4, mode), bit(0, enable));    \
    };
ALL_SIXTEEN(CONTROL)

constexpr std::size_t registers = 16;
struct alignas(64) Block {
    U32 words[registers];
};
using Space = io::Region<sizeof(Block)>;
volatile U32 sink;

#define UPDATE(n) device.template update<Control##n>([](Control##n r) { return r.with_mode(5); });
#define READ(n) sink = device.template read<Control##n>().mode();
#define WRITE(n) device.write(Control##n{}.with_divisor(12).with_enable(true));
template <class View>
[[gnu::noinline]] void update(View device) {
    ALL_SIXTEEN(UPDATE)
}
#define MODIFY(n) IO_MODIFY(device, Control##n, mode(5));
template <class View>
[[gnu::noinline]] void modify(View device) {
    ALL_SIXTEEN(MODIFY)
}
// One register again and again: each waits for what the one before has stored.
#define UPDATE_ONE(n) UPDATE(0)
#define MODIFY_ONE(n) MODIFY(0)
template <class View>
[[gnu::noinline]] void modify_one(View device) {
    ALL_SIXTEEN(MODIFY_ONE)
}
template <class View>
[[gnu::noinline]] void update_one(View device) {
    ALL_SIXTEEN(UPDATE_ONE)
}
template <class View>
[[gnu::noinline]] void read(View device) {
    ALL_SIXTEEN(READ)
}
template <class View>
[[gnu::noinline]] void write(View device) {
    ALL_SIXTEEN(WRITE)
}

// As in C: an address, an offset, masks and shifts.
#define RAW(n) (*reinterpret_cast<volatile U32*>(base + 4ul * n))
#define RAW_UPDATE(n) RAW(n) = (RAW(n) & ~0x70u) | (5u << 4);
#define RAW_READ(n) sink = (RAW(n) & 0x70u) >> 4;
#define RAW_WRITE(n) RAW(n) = (12u << 16) | 1u;
[[gnu::noinline]] void raw_update(std::uintptr_t base) {
    ALL_SIXTEEN(RAW_UPDATE)
}
#define RAW_UPDATE_ONE(n) RAW_UPDATE(0)
[[gnu::noinline]] void raw_update_one(std::uintptr_t base) {
    ALL_SIXTEEN(RAW_UPDATE_ONE)
}
[[gnu::noinline]] void raw_read(std::uintptr_t base) {
    ALL_SIXTEEN(RAW_READ)
}
[[gnu::noinline]] void raw_write(std::uintptr_t base) {
    ALL_SIXTEEN(RAW_WRITE)
}

template <class View>
void measure(const char* medium, View device, std::uintptr_t base) {
    bench::compare(
        "update", medium, registers, [&] { update(device); }, [&] { raw_update(base); });
    bench::compare(
        "update one",
        medium,
        registers,
        [&] { update_one(device); },
        [&] { raw_update_one(base); });
    bench::compare(
        "modify", medium, registers, [&] { modify(device); }, [&] { raw_update(base); });
    bench::compare(
        "modify one",
        medium,
        registers,
        [&] { modify_one(device); },
        [&] { raw_update_one(base); });
    bench::compare(
        "read field", medium, registers, [&] { read(device); }, [&] { raw_read(base); });
    bench::compare(
        "write", medium, registers, [&] { write(device); }, [&] { raw_write(base); });
}

} // namespace

int main() {
    static Block block{};
    const auto base = reinterpret_cast<std::uintptr_t>(&block);
    bench::heading();
    measure("SysMem", *io::SysMem<Space>::from_bytes(&block, sizeof(block)), base);
    const auto raw = *io::MmioRaw<Space>::region(base, sizeof(block));
    measure("Mmio", io::Mmio<Space>::from_raw(raw), base);
}
