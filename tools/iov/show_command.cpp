// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "commands.hpp"
#include "saved_config.hpp"
#include "show.hpp"
#include "text.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

namespace iov {
namespace {

struct ShowOptions {
    std::string function;
    std::string file;
    bool fields = false;
};

// One of the functions of a file, or all.
std::vector<SavedFunction> chosen(const ShowOptions& options) {
    auto found = saved_functions(read_file(options.file));
    if (found.empty())
        throw Failure(Exit::unreadable,
                      "{}: no saved configuration space: neither 64, 256 or 4096 bytes nor what "
                      "lspci -xxxx prints",
                      options.file);
    if (options.function.empty())
        return found;
    const auto address = try_address(options.function);
    if (!address)
        throw Failure(Exit::usage, "{}: no address of a function", options.function);
    std::erase_if(found, [&](const SavedFunction& each) {
        return each.has_address && each.address != *address;
    });
    for (SavedFunction& each : found)
        each.address = *address; // of a file that has none
    if (found.empty())
        throw Failure(Exit::unreadable, "{}: {} is not in it", options.file, to_string(*address));
    return found;
}

void print(const ShowOptions& options, const Common& common, const Shown& made, const Json& json) {
    if (common.json)
        fmt::print("{}\n", indented(json));
    else
        fmt::print("{}", options.fields ? dump_text(made.registers) : made.text);
    for (const std::string& problem : made.problems)
        fmt::print(stderr, "iov: {}\n", problem);
}

void run(const ShowOptions& options, const Common& common) {
    if (!options.file.empty()) {
        Json all = Json::array();
        const auto functions = chosen(options);
        const char* separator = "";
        for (const SavedFunction& each : functions) {
            const Shown made = shown(each.config, each.address, {}, false);
            if (common.json && functions.size() > 1) {
                all.push_back(show_json(each.address, {}, made));
                continue;
            }
            fmt::print("{}", separator);
            separator = "\n";
            print(options, common, made, show_json(each.address, {}, made));
        }
        if (common.json && functions.size() > 1)
            fmt::print("{}\n", indented(all));
        return;
    }
    if (options.function.empty())
        throw Failure(Exit::usage, "show: which FUNCTION? `iov list` has them");
    const Machine machine = common.machine();
    const pci::Address address = machine.find(options.function);
    const auto resources = machine.resources(address);
    Shown made = shown(machine.config(address), address, resources, true);
    const std::string driver = machine.summary(address).driver;
    if (!driver.empty())
        made.text += fmt::format("\tKernel driver in use: {}\n", driver);
    print(options, common, made, show_json(address, resources, made));
}

} // namespace

void add_show(CLI::App& app, Common& common) {
    CLI::App* show = app.add_subcommand("show", "Show a function, as lspci -vv does");
    auto options = std::make_shared<ShowOptions>();
    show->add_option("FUNCTION", options->function, "Its address, as 00:1f.3");
    show->add_option("--file",
                     options->file,
                     "Of a saved configuration space: its bytes, or the text of lspci -xxxx; "
                     "without FUNCTION, all in it")
        ->type_name("FILE");
    show->add_flag("--fields", options->fields, "Each register, and each field by its name");
    show->callback([&common, options] { run(*options, common); });
}

} // namespace iov
