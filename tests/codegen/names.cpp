// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What printing costs those who do not print: uses of registers, and with -DBY_HAND their twins,
// for names.sh. The names of fields and enumerators have "zebra" in them; -DNAMED uses some at run
// time, to see that they are found then.
#include <ioview/ioview.hpp>

#include "raw.hpp"

#include <cstdint>

namespace io = ioview;
using u32 = std::uint32_t;

enum class Mode : std::uint8_t { zebra_off, zebra_slow, zebra_fast };
struct Control : io::Register<Control, u32, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, zebra_divisor),
              bits(6, 4, zebra_mode, Mode),
              bit(1, zebra_overrun, io::w1c),
              bit(0, zebra_enable));
};
struct Events : io::Register<Events, u32, io::fixed<0x14>> {
    IO_FIELDS(bit(1, zebra_error, io::w1c), bit(0, zebra_done, io::w1c), reserved(31, 2));
};

extern "C" {
#if !defined(BY_HAND)
using Bar = io::Mmio<io::Region<0x100>>;

u32 read_field(Bar bar) {
    return bar.read<Control>().zebra_divisor();
}
bool is_fast(Bar bar) {
    return bar.read<Control>().zebra_mode() == Mode::zebra_fast;
}
void set_up(Bar bar) {
    bar.write(Control{}.with_zebra_divisor(12).with_zebra_mode(Mode::zebra_slow));
}
void enable(Bar bar) {
    bar.update<Control>([](Control r) { return r.with_zebra_enable(true); });
}
void clear(Bar bar) {
    bar.update<Events>([](Events r) { return r.with_zebra_done(true); });
}
#if defined(NAMED)
const char* name(Control value) {
    io::Text name;
    io::for_each_field(value, [&](const io::FieldInfo& field, auto) { name = field.name; });
    return (value.zebra_enable() ? name : io::try_name(value.zebra_mode()).value_or(name)).data;
}
#endif
#else
struct Bar {
    raw::Address base;
    std::size_t size;
};

u32 read_field(Bar bar) {
    return raw::read<u32>(bar.base + 0x10) >> 16;
}
bool is_fast(Bar bar) {
    return (raw::read<u32>(bar.base + 0x10) >> 4 & 7) == 2;
}
void set_up(Bar bar) {
    raw::write<u32>(bar.base + 0x10, 12u << 16 | 1u << 4);
}
void enable(Bar bar) {
    raw::write<u32>(bar.base + 0x10, (raw::read<u32>(bar.base + 0x10) & ~2u) | 1);
}
void clear(Bar bar) {
    raw::write<u32>(bar.base + 0x14, 1);
}
#endif
}
