// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "commands.hpp"
#include "dump.hpp"
#include "location.hpp"
#include "text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

namespace iov {
namespace {

struct DumpOptions {
    std::string space;
    std::string map;
    std::string before;
    std::vector<std::string> with;
};

void run(const DumpOptions& options, Common& common) {
    Space space = open_space(options.space, common.machine(), {options.map, false, false});
    const Dump now = dump(space.known_map(), *space.medium, options.with);
    if (options.before.empty()) {
        fmt::print("{}", common.json ? indented(dump_json(now)) + '\n' : dump_text(now));
        return;
    }
    const auto found = differences(kept_values(parse_json(read_file(options.before))), now);
    fmt::print("{}", common.json ? indented(diff_json(found)) + '\n' : diff_text(found));
    if (!found.empty())
        common.exit = Exit::differs;
}

void print_maps(const Common& common) {
    Json all = Json::array();
    for (const RegisterMap& each : all_maps()) {
        if (common.json)
            all.push_back(
                {{"name", each.name}, {"about", each.about}, {"registers", each.registers.size()}});
        else
            fmt::print("{:12} {}\n", each.name, each.about);
    }
    if (common.json)
        fmt::print("{}\n", indented(all));
}

// For a debugger, and to be compared with a vendor's; at the base address 0.
void print_svd(const std::string& name) {
    const RegisterMap* map = find_map(name);
    if (map == nullptr)
        throw Failure(Exit::usage, "{}: no such map; `iov maps` lists them", name);
    fmt::print("{}", io::svd_device(map->name, map->svd()));
}

} // namespace

void add_dump(CLI::App& app, Common& common) {
    CLI::App* dump = app.add_subcommand("dump", "Print registers and their fields by name");
    auto options = std::make_shared<DumpOptions>();
    dump->add_option("SPACE", options->space, "FUNCTION, FUNCTION/bar0 … bar5, or a FILE of bytes")
        ->required();
    dump->add_option("--map", options->map, "Which registers it has; `iov maps` lists them")
        ->type_name("MAP");
    dump->add_option(
            "--with", options->with, "Read this register too, although reading it has an effect")
        ->type_name("REGISTER")
        ->expected(1)
        ->take_all();
    dump->add_option("--diff", options->before, "Print what differs from an earlier dump --json")
        ->type_name("FILE");
    dump->callback([&common, options] { run(*options, common); });

    CLI::App* maps = app.add_subcommand("maps", "List the register maps that --map takes");
    auto svd = std::make_shared<std::string>();
    maps->add_option("--to-svd", *svd, "Print the registers of one as CMSIS-SVD")->type_name("MAP");
    maps->callback([&common, svd] { svd->empty() ? print_maps(common) : print_svd(*svd); });
}

} // namespace iov
