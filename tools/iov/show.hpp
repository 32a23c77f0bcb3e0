// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// `iov show`: a function by its configuration space, as `lspci -D -n -vv` prints it, as registers
// and fields, or as JSON. Of a live function and of a saved one.
//
//   fmt::print("{}", shown(file, address, resources).text);

#include "config_map.hpp"
#include "dump.hpp"
#include "failure.hpp"
#include "json.hpp"
#include "machine.hpp"

#include <string>
#include <vector>

namespace iov {

// A function as it is to be shown; problems: what of it could not be read, and why.
struct Shown {
    std::string text;
    Dump registers;
    std::vector<std::string> problems;
};

// resources: the sizes of its BARs, as the kernel has them, or empty. is_live: read from this
// machine, where what is missing can be had.
template <io::ConfigFunction Fn>
Shown shown(const Fn& function,
            const pci::Address& address,
            const std::vector<pci::SysfsResource>& resources,
            bool is_live);

[[nodiscard]] Json show_json(const pci::Address& address,
                             const std::vector<pci::SysfsResource>& resources,
                             const Shown& shown);

} // namespace iov
