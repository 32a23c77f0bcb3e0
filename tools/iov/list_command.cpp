// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "commands.hpp"
#include "list.hpp"
#include "pci_ids.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace iov {

void add_list(CLI::App& app, Common& common) {
    CLI::App* list = app.add_subcommand("list", "List the PCI functions, as lspci -n does");
    auto names = std::make_shared<bool>(false);
    list->add_flag("-n,--names", *names, "With names from pci.ids, as lspci -nn");
    list->callback([&common, names] {
        std::vector<std::string> problems;
        const auto functions = common.machine().functions(problems);
        std::optional<PciIds> ids;
        if (*names)
            ids = PciIds::of_this_machine();
        if (ids && ids->empty())
            fmt::print(stderr, "iov: no pci.ids found, so no names: install pci.ids or hwdata\n");
        const PciIds* known = ids ? &*ids : nullptr;
        fmt::print("{}",
                   common.json ? indented(list_json(functions, known)) + '\n'
                               : list_text(functions, known));
        for (const std::string& problem : problems)
            fmt::print(stderr, "iov: {}\n", problem);
        if (!problems.empty())
            common.exit = Exit::unreadable;
    });
}

} // namespace iov
