// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "failure.hpp"
#include "header_writer.hpp"
#include "plan.hpp"
#include "svd_reader.hpp"

#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <fstream>

int main(int argc, char** argv) {
    try {
        gen::Report report;
        const gen::Device device = gen::read_svd(gen::XmlFile::read(argv[1]), report);
        const gen::Plan plan = gen::plan_of(device, {}, report);
        for (const auto& file : gen::headers_of(plan, {.source = "x.svd"}))
            if (argc > 2)
                std::ofstream(std::string(argv[2]) + "/" + file.name) << file.text;
        for (const auto& finding : report.findings())
            fmt::print(stderr, "{}\n", to_text(finding));
        return 0;
    } catch (const gen::Failure& failure) {
        fmt::print(stderr, "ioview-gen: {}\n", failure.what());
        return static_cast<int>(failure.code());
    }
}
