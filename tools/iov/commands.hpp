// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The commands of iov as its command line has them: each adds itself, and runs when it was parsed.
//
//   add_list(app, common);

#include "failure.hpp"
#include "machine.hpp"

#include <CLI/App.hpp>
#include <string>

namespace iov {

// Options of every command, and what the program ends with.
struct Common {
    bool json = false;
    std::string sysfs = "/sys";
    Exit exit = Exit::done;

    [[nodiscard]] Machine machine() const { return Machine(sysfs); }
};

void add_list(CLI::App& app, Common& common);
void add_show(CLI::App& app, Common& common);
void add_dump(CLI::App& app, Common& common);   // and `maps`
void add_access(CLI::App& app, Common& common); // `read`, `write` and `update`
void add_watch(CLI::App& app, Common& common);
void add_trace(CLI::App& app, Common& common);

} // namespace iov
