// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Every attack by its name.
//
//   Input in(bytes, count);
//   find_attack("ring")(in);

#include "devices.hpp"
#include "memory.hpp"
#include "project.hpp"

#include <string_view>

namespace ioview::fuzz {

struct Attack {
    const char* name;
    void (*run)(Input&);
};
inline constexpr Attack attacks[] = {{"region", attack_region},
                                     {"project", attack_project},
                                     {"cast", attack_cast},
                                     {"copy", attack_copy},
                                     {"registers", attack_registers},
                                     {"ring", attack_ring},
                                     {"pci", attack_pci},
                                     {"sysfs", attack_sysfs},
                                     {"doubles", attack_doubles}};

inline auto find_attack(std::string_view name) -> void (*)(Input&) {
    for (const Attack& attack : attacks)
        if (name == attack.name)
            return attack.run;
    return nullptr;
}

} // namespace ioview::fuzz
