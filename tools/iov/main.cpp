// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// iov: looks at PCI functions, their registers, and what was saved of them. iov.1 is its manual.
#include "commands.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fmt/format.h>

namespace {

const char* const more =
    "A FUNCTION is an address as lspci prints it: 00:1f.3 or 0000:00:1f.3.\n"
    "Exit codes: 0 done, 1 a difference found, 2 a wrong command line, 3 not there or not\n"
    "readable, 4 a permission or a kernel option missing, 5 not written. See iov(1).";

int run(int argc, char** argv) {
    CLI::App app("Looks at PCI functions and their registers; writes only when told to.", "iov");
    app.footer(more);
    app.set_version_flag("--version", "iov " IOV_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    iov::Common common;
    app.add_flag("--json", common.json, "Print JSON");
    app.add_option("--sysfs", common.sysfs, "Where sysfs is")
        ->type_name("ROOT")
        ->capture_default_str();
    iov::add_list(app, common);
    iov::add_show(app, common);
    iov::add_dump(app, common);
    iov::add_access(app, common);
    iov::add_watch(app, common);
    iov::add_trace(app, common);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(iov::Exit::usage);
    }
    return static_cast<int>(common.exit);
}

} // namespace

int main(int argc, char** argv) {
    try {
        const int code = run(argc, argv);
        if (std::fflush(stdout) != 0) {
            std::perror("iov: standard output");
            return static_cast<int>(iov::Exit::unreadable);
        }
        return code;
    } catch (const iov::Failure& failure) {
        std::fflush(stdout);
        fmt::print(stderr, "iov: {}\n", failure.what());
        return static_cast<int>(failure.code());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "iov: %s\n", error.what());
        return static_cast<int>(iov::Exit::unreadable);
    }
}
