// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "commands.hpp"
#include "text.hpp"
#include "trace.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

namespace iov {
namespace {

struct TraceOptions {
    std::string file;
    std::vector<std::string> maps;
};

void run(const TraceOptions& options, const Common& common) {
    const TraceMaps maps = trace_maps(options.maps);
    Json all = Json::array();
    for (const std::string& line : lines_of(read_file(options.file))) {
        const Traced access = parse_access(line);
        if (common.json)
            all.push_back(trace_json(access, maps));
        else
            fmt::print("{}\n", trace_line(access, maps));
    }
    if (common.json)
        fmt::print("{}\n", indented(all));
}

} // namespace

void add_trace(CLI::App& app, Common& common) {
    CLI::App* trace =
        app.add_subcommand("trace", "Print a log of a driver's accesses with names of registers");
    auto options = std::make_shared<TraceOptions>();
    trace->add_option("FILE", options->file, "Lines as io::testing::Recorder has them; - is stdin")
        ->required();
    trace
        ->add_option("--map",
                     options->maps,
                     "Which registers there are; NAME=MAP for one of several devices in the log")
        ->type_name("MAP")
        ->expected(1)
        ->take_all();
    trace->callback([&common, options] { run(*options, common); });
}

} // namespace iov
