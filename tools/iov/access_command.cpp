// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "access.hpp"
#include "commands.hpp"
#include "location.hpp"
#include "terminal.hpp"
#include "text.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace iov {
namespace {

struct AccessOptions {
    std::string location;
    std::string map;
    std::optional<unsigned> width;
    std::vector<std::string> values;
    std::string mask;
    bool yes = false;
    bool is_dry = false;
    bool is_shared = false;
};

std::shared_ptr<AccessOptions> add_location(CLI::App* command) {
    auto options = std::make_shared<AccessOptions>();
    command
        ->add_option(
            "LOCATION", options->location, "SPACE@OFFSET or SPACE@REGISTER, as 00:04.0/bar0@0x14")
        ->required();
    command->add_option("--map", options->map, "Which registers it has; `iov maps` lists them")
        ->type_name("MAP");
    command
        ->add_option("--width",
                     options->width,
                     "Of the access, in bits: 8, 16, 32 or 64; else that of the register, or 32")
        ->type_name("BITS");
    return options;
}

void add_caution(CLI::App* command, AccessOptions& options) {
    command->add_flag("-y,--yes", options.yes, "Write without asking");
    command->add_flag("--dry-run", options.is_dry, "Say what would be written, and do not");
    command->add_flag(
        "--shared", options.is_shared, "Also where a driver or another program has the BAR");
}

void read(const AccessOptions& options, const Common& common) {
    const SplitLocation at = split_location(options.location);
    const Space space = open_space(at.space, common.machine(), {options.map, false, false});
    const Place place = place_in(space, at.place, options.width);
    if (place.which != nullptr && !place.which->type.readable)
        throw Failure(Exit::usage, "{} is write-only", place.which->name);
    check_reading(space, place, at.place);
    const std::uint64_t raw = read_at(space, place);
    fmt::print("{}",
               common.json ? indented(read_json(space, place, raw)) + '\n' : read_text(place, raw));
}

// Says what it will do, asks, and does it, unless what it was asked about has changed meanwhile.
template <class MakePlan>
void write(const AccessOptions& options, const Common& common, const MakePlan& make_plan) {
    const SplitLocation at = split_location(options.location);
    const Space space =
        open_space(at.space, common.machine(), {options.map, !options.is_dry, options.is_shared});
    const Place place = place_in(space, at.place, options.width);
    const Plan plan = make_plan(space, place);
    // the plan is for who is asked; JSON is for programs
    fmt::print(common.json ? stderr : stdout, "{}", plan.text);
    if (!options.is_dry) {
        if (!options.yes) {
            if (!asked("Write it?"))
                throw Failure(Exit::declined, "nothing was written");
            if (plan.before && read_at(space, place) != *plan.before)
                throw Failure(Exit::declined,
                              "nothing was written: its value has changed since it was read");
        }
        carry_out(plan, space);
    }
    if (common.json) {
        Json made = plan_json(space, plan);
        made["written"] = !options.is_dry;
        fmt::print("{}\n", indented(made));
    }
}

std::uint64_t number_of(const std::string& text) {
    if (const auto number = try_number(text))
        return *number;
    throw Failure(Exit::usage, "{}: no number", text);
}

} // namespace

void add_access(CLI::App& app, Common& common) {
    CLI::App* read_command = app.add_subcommand("read", "Read one register, or one word");
    auto to_read = add_location(read_command);
    read_command->callback([&common, to_read] { read(*to_read, common); });

    CLI::App* write_command =
        app.add_subcommand("write", "Write one register, or one word, when told yes");
    auto to_write = add_location(write_command);
    write_command->add_option("VALUE", to_write->values, "A number")->required()->expected(1);
    add_caution(write_command, *to_write);
    write_command->callback([&common, to_write] {
        write(*to_write, common, [&](const Space& space, const Place& place) {
            return plan_write(space, place, number_of(to_write->values[0]));
        });
    });

    CLI::App* update_command =
        app.add_subcommand("update", "Read a register, set fields, and write it, when told yes");
    auto to_update = add_location(update_command);
    update_command
        ->add_option("SETTING", to_update->values, "FIELD=VALUE; or, with --mask, one number")
        ->required();
    update_command
        ->add_option("--mask", to_update->mask, "The bits to set, where fields have no names")
        ->type_name("BITS");
    add_caution(update_command, *to_update);
    update_command->callback([&common, to_update] {
        write(*to_update, common, [&](const Space& space, const Place& place) {
            std::optional<std::uint64_t> mask;
            if (!to_update->mask.empty())
                mask = number_of(to_update->mask);
            return plan_update(space, place, to_update->values, mask);
        });
    });
}

} // namespace iov
