// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same timer driven by old code of each kind and by ioview: what is in its registers
// afterwards. In memory, where a status is what was written to it last.

#include "both.hpp"
#include "cmsis.hpp"
#include "hwreg.hpp"
#include "linux.hpp"
#include "macros.hpp"
#include "mode.hpp"
#include "structs.hpp"
#include "timer.hpp"
#include "zephyr.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>

namespace io = ioview;

namespace {

// The clock and prescaler of somebody before, and two events that are up.
struct Words {
    alignas(8) std::uint32_t at[8] = {0x260, 0, 77, 0x3, 0, 0, 0, 0};
    std::uintptr_t base() { return reinterpret_cast<std::uintptr_t>(at); }
};

template <class Start, class Acknowledge>
void drive(const char* name, Start start, Acknowledge acknowledge) {
    Words words;
    start(words);
    acknowledge(words);
    std::printf("%-8s control %03x, load %x, status written %x\n",
                name,
                unsigned{words.at[0]},
                unsigned{words.at[1]},
                unsigned{words.at[3]});
}

} // namespace

int main() {
    drive(
        "macros",
        [](Words& words) { by_macros::start(words.base(), 0x64); },
        [](Words& words) { by_macros::acknowledge(words.base()); });
    drive(
        "struct",
        [](Words& words) { by_struct::start(reinterpret_cast<by_struct::Timer*>(words.at), 0x64); },
        [](Words& words) {
            by_struct::acknowledge(reinterpret_cast<by_struct::Timer*>(words.at));
        });
    drive(
        "cmsis",
        [](Words& words) { by_cmsis::start(reinterpret_cast<TIMER_TypeDef*>(words.at), 0x64); },
        [](Words& words) { by_cmsis::acknowledge(reinterpret_cast<TIMER_TypeDef*>(words.at)); });
    by_linux::timer_device linux_timer;
    drive(
        "linux",
        [&](Words& words) {
            linux_timer.base = reinterpret_cast<u8*>(words.at);
            by_linux::start(&linux_timer, 0x64);
        },
        [&](Words&) { by_linux::acknowledge(&linux_timer); });
    by_zephyr::timer_config config;
    const device zephyr_timer{&config, nullptr};
    drive(
        "zephyr",
        [&](Words& words) {
            config._mmio = words.base();
            by_zephyr::start(&zephyr_timer, 0x64);
        },
        [&](Words&) { by_zephyr::acknowledge(&zephyr_timer); });
    drive(
        "hwreg",
        [](Words& words) {
            hwreg::Mmio mmio{words.at};
            by_hwreg::start(&mmio, 0x64);
        },
        [](Words& words) {
            hwreg::Mmio mmio{words.at};
            by_hwreg::acknowledge(&mmio);
        });
    drive(
        "ioview",
        [](Words& words) { ported::start(during_the_change::timer_at(words.base()), 0x64); },
        [](Words& words) { ported::acknowledge(during_the_change::timer_at(words.base())); });

    Words words;
    during_the_change::start(words.base(), 0x64);
    during_the_change::restart(words.base());
    during_the_change::stop(words.base());
    std::printf(
        "%-8s control %03x, load %x\n", "both", unsigned{words.at[0]}, unsigned{words.at[1]});

    std::uint32_t old_mode[4] = {};
    iosys_map map;
    iosys_map_set_vaddr(&map, old_mode);
    by_linux::set_size(&map, 640, 480);
    ported::Mode new_mode{};
    ported::set_size(
        io::IoSysMap<ported::Mode>{io::SysMem<ported::Mode>::from_pointer(&new_mode)}, 640, 480);
    std::printf("iosys_map: %s\n",
                std::memcmp(old_mode, &new_mode, sizeof new_mode) == 0 ? "the same bytes"
                                                                       : "DIFFERENT");
}
