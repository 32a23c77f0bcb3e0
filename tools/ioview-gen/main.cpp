// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// ioview-gen: headers of ioview from a description of registers. ioview-gen.1 is its manual.
#include "failure.hpp"
#include "header_writer.hpp"
#include "input.hpp"
#include "json.hpp"
#include "lint.hpp"
#include "output.hpp"
#include "patch.hpp"
#include "plan.hpp"
#include "svd_writer.hpp"
#include "xml_file.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

namespace {

const char* const more =
    "Writes a header for each block of registers, one of the interrupts, and one that includes all.\n"
    "Exit codes: 0 done, 1 --strict and there are findings, 2 a wrong command line, 3 an input that\n"
    "cannot be read or understood, 4 an output that cannot be written. See ioview-gen(1).";

// Findings that are printed unless all are asked for.
constexpr std::size_t shown = 20;

struct Options {
    std::string input;
    gen::Language language = gen::Language::by_name;
    std::string output;
    std::string space;
    std::vector<std::string> only;
    bool base_addresses = true;
    bool split = true;
    bool functions = false;
    std::vector<std::string> patches;
    bool to_svd = false;
    bool to_json = false;
    bool lint = false;
    bool strict = false;
    bool quiet = false;
};

void add_choice(CLI::App& app, const char* name, bool& flag, const char* about) {
    app.add_option(name, flag, about)
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, bool>{{"yes", true}, {"no", false}}))
        ->type_name("yes|no")
        ->default_str(flag ? "yes" : "no");
}

void add_options(CLI::App& app, Options& options) {
    app.add_option("input", options.input, "A CMSIS-SVD, SystemRDL, IP-XACT or JSON file")
        ->required()
        ->type_name("FILE");
    app.add_option("--language", options.language, "What the input is, whatever it is called")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, gen::Language>{{"svd", gen::Language::svd},
                                                 {"rdl", gen::Language::rdl},
                                                 {"json", gen::Language::json},
                                                 {"ipxact", gen::Language::ipxact}}))
        ->type_name("svd|rdl|json|ipxact");
    app.add_option("-o,--output", options.output, "Write the headers into this directory")
        ->type_name("DIRECTORY");
    app.add_option("--namespace",
                   options.space,
                   "The namespace of all, also a::b (default: the device's name)")
        ->type_name("NAME");
    app.add_option("--only", options.only, "This peripheral alone; may be repeated")
        ->type_name("PERIPHERAL");
    add_choice(app, "--base-addresses", options.base_addresses, "Say where each peripheral is");
    add_choice(app, "--split", options.split, "A header for each block, not one of all");
    app.add_flag(
        "--field-functions",
        options.functions,
        "Declare fields by IO_FIELDS, with name() and with_name(), which costs the compiler "
        "twice as much");
    app.add_option("--patch", options.patches, "Changes to make first, in JSON; may be repeated")
        ->type_name("FILE");
    CLI::Option* const to_json =
        app.add_flag("--to-json", options.to_json, "Print the description as JSON");
    app.add_flag("--to-svd", options.to_svd, "Print the description as CMSIS-SVD")
        ->excludes(to_json); // both are standard output
    app.add_flag("--lint", options.lint, "Print all that is suspicious");
    app.add_flag("--strict", options.strict, "Exit with 1 where anything is suspicious");
    app.add_flag("-q,--quiet", options.quiet, "Print nothing of what is suspicious");
}

void print_findings(const gen::Report& report, const Options& options) {
    if (options.quiet)
        return;
    const auto& all = report.findings();
    const std::size_t most = options.lint ? all.size() : std::min(all.size(), shown);
    for (std::size_t i = 0; i != most; ++i)
        fmt::print(stderr, "{}\n", to_text(all[i]));
    if (most != all.size())
        fmt::print(stderr, "… and {} more; --lint prints all\n", all.size() - most);
}

void write_headers(const gen::Device& device, const Options& options, gen::Report& report) {
    const gen::Plan plan = gen::plan_of(device, {options.space, options.only}, report);
    if (options.lint && !options.quiet)
        for (const gen::Finding& gap : gen::gaps(plan))
            fmt::print(stderr, "{}\n", to_text(gap));
    if (options.output.empty())
        return;
    const std::filesystem::path directory = options.output;
    gen::make_directory(directory);
    const gen::HeaderOptions how{std::filesystem::path(options.input).filename().string(),
                                 options.base_addresses,
                                 options.split,
                                 options.functions};
    for (const gen::OutputFile& file : gen::headers_of(plan, how))
        gen::write_file(directory / file.name, file.text);
}

gen::Exit run(const Options& options) {
    gen::Report report;
    gen::Device device = gen::read_device(options.input, options.language, report);
    for (const std::string& patch : options.patches)
        device = gen::apply_patch(device, gen::file_text(patch), patch, report);
    write_headers(device, options, report);
    if (options.to_json)
        gen::write_standard_output(
            gen::to_json(device).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
            '\n');
    if (options.to_svd)
        gen::write_standard_output(gen::to_svd(device, report));
    print_findings(report, options);
    return options.strict && !report.findings().empty() ? gen::Exit::findings : gen::Exit::done;
}

int parse_and_run(int argc, char** argv) {
    CLI::App app("Makes headers of ioview from a description of registers.", "ioview-gen");
    app.footer(more);
    app.set_version_flag("--version", "ioview-gen " IOVIEW_GEN_VERSION);
    Options options;
    add_options(app, options);
    try {
        app.parse(argc, argv);
        if (options.output.empty() && !options.to_svd && !options.to_json && !options.lint)
            throw CLI::ValidationError(
                "say what to do: --output DIRECTORY, --to-svd, --to-json or --lint");
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(gen::Exit::usage);
    }
    return static_cast<int>(run(options));
}

} // namespace

int main(int argc, char** argv) {
    try {
        return parse_and_run(argc, argv);
    } catch (const gen::Failure& failure) {
        fmt::print(stderr, "ioview-gen: {}\n", failure.what());
        return static_cast<int>(failure.code());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "ioview-gen: %s\n", error.what());
        return static_cast<int>(gen::Exit::refused);
    }
}
