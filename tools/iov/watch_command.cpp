// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "commands.hpp"
#include "location.hpp"
#include "terminal.hpp"
#include "watch.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>

namespace iov {
namespace {

struct WatchOptions {
    std::string location;
    std::string map;
    std::optional<unsigned> width;
    unsigned every = 500; // ms
    std::uint64_t count = 0;
};

volatile std::sig_atomic_t is_interrupted = 0;
void interrupt(int) {
    is_interrupted = 1;
}

double now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(since).count();
}

// Until the time is over, or a signal came.
void sleep_until(double when) {
    const double left = when - now();
    if (left <= 0 || is_interrupted != 0)
        return;
    const auto whole = static_cast<std::time_t>(left);
    const std::timespec wanted{whole, static_cast<long>((left - static_cast<double>(whole)) * 1e9)};
    ::nanosleep(&wanted, nullptr);
}

void run(const WatchOptions& options, const Common& common) {
    const bool is_space = options.location.find('@') == std::string::npos;
    const SplitLocation at =
        is_space ? SplitLocation{options.location, ""} : split_location(options.location);
    const Space space = open_space(at.space, common.machine(), {options.map, false, false});
    Watch watch(space, at.place, options.width);
    const bool has_colours_here = has_colours();
    const bool shows_progress = !common.json && ::isatty(STDERR_FILENO) != 0;

    struct sigaction action {};
    action.sa_handler = &interrupt; // without SA_RESTART: a sleep ends
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    if (!common.json)
        fmt::print("{}: a look every {} ms\n", options.location, options.every);
    double next = now();
    while (is_interrupted == 0 && (options.count == 0 || watch.looks() < options.count)) {
        const auto all = watch.look(now());
        if (shows_progress)
            fmt::print(stderr, "\r\x1b[K");
        for (const Seen& seen : all)
            fmt::print("{}",
                       common.json ? in_a_line(seen_json(seen)) + '\n'
                                   : seen_text(seen, has_colours_here));
        std::fflush(stdout);
        if (shows_progress)
            fmt::print(stderr, "{} looks, {:.1f} a second", watch.looks(), watch.rate());
        next += options.every / 1e3;
        if (options.count == 0 || watch.looks() < options.count)
            sleep_until(next);
    }
    if (shows_progress)
        fmt::print(stderr, "\r\x1b[K");
    fmt::print("{}", common.json ? in_a_line(summary_json(watch)) + '\n' : summary_text(watch));
}

} // namespace

void add_watch(CLI::App& app, Common& common) {
    CLI::App* watch = app.add_subcommand("watch", "Read again and again, and print what changes");
    auto options = std::make_shared<WatchOptions>();
    watch
        ->add_option("LOCATION",
                     options->location,
                     "SPACE@REGISTER or SPACE@OFFSET; SPACE for all that can be read")
        ->required();
    watch->add_option("--map", options->map, "Which registers it has; `iov maps` lists them")
        ->type_name("MAP");
    watch->add_option("--width", options->width, "Of each access, in bits")->type_name("BITS");
    watch->add_option("--every", options->every, "Milliseconds from one look to the next")
        ->type_name("MS")
        ->capture_default_str();
    watch->add_option("--count", options->count, "So many looks; else until it is interrupted")
        ->type_name("N");
    watch->callback([&common, options] { run(*options, common); });
}

} // namespace iov
