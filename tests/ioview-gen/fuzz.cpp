// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Attacks on what reads text that others wrote: with IOVIEW_FUZZ_TARGET=rdl a target for libFuzzer,
// otherwise a replay of files by name of the attack:
//
//   ioview_gen_fuzz rdl tests/ioview-gen/corpus/rdl/*
//
// Whatever the text is, there is a device or a Failure; a device is the same after JSON, and has
// headers.
#include "failure.hpp"
#include "header_writer.hpp"
#include "ipxact_reader.hpp"
#include "json.hpp"
#include "patch.hpp"
#include "rdl_reader.hpp"
#include "svd_reader.hpp"
#include "svd_writer.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace gen;

void require_same_after_json(const Device& device) {
    if (device.name.empty()) // of no file
        return;
    if (!(read_json(to_json(device).dump(), "again.json") == device))
        std::abort();
}

// Other files are this one, or one that has something in it, or are not there.
Device rdl(const std::string& text) {
    const auto files = [&](const std::string& path) -> std::optional<std::string> {
        if (path == "a.rdl" || path == "a")
            return text;
        if (path == "b")
            return "reg b_t { field {} f[4] = 5; };\n";
        return std::nullopt;
    };
    RdlLimits limits;
    limits.elements = 5'000;
    Report report;
    return read_rdl("a.rdl", files, limits, report);
}

Device ipxact(const std::string& text) {
    Report report;
    return read_ipxact(XmlFile::parse(text, "a.xml"), report);
}

Device svd(const std::string& text) {
    Report report;
    return read_svd(XmlFile::parse(text, "a.svd"), report);
}

// A patch of a device that has something to change.
Device patch(const std::string& text) {
    Device device;
    device.name = "D";
    device.where.file = "a.svd";
    Register one;
    one.name = "R";
    one.fields.resize(2);
    one.fields[0].name = "A";
    one.fields[1].name = "B";
    one.fields[1].low = one.fields[1].high = 1;
    Peripheral peripheral;
    peripheral.name = "P";
    peripheral.registers = {one, one};
    peripheral.registers[1].name = "S";
    peripheral.registers[1].offset = 4;
    device.peripherals = {peripheral};
    Report ignored;
    return apply_patch(device, text, "p.json", ignored);
}

using Attack = Device (*)(const std::string& text);

Attack find_attack(std::string_view name) {
    if (name == "rdl")
        return rdl;
    if (name == "ipxact")
        return ipxact;
    if (name == "svd")
        return svd;
    if (name == "patch")
        return patch;
    if (name == "json")
        return [](const std::string& text) { return read_json(text, "a.json"); };
    return nullptr;
}

void run(Attack attack, const std::string& text) {
    try {
        const Device device = attack(text);
        require_same_after_json(device);
        Report report;
        if (headers_of(plan_of(device, {}, report), {}).empty() || to_svd(device, report).empty())
            std::abort();
    } catch (const Failure&) {
    }
}

} // namespace

#ifdef IOVIEW_FUZZ_TARGET
#define IOVIEW_FUZZ_NAME(x) #x
#define IOVIEW_FUZZ_STRING(x) IOVIEW_FUZZ_NAME(x)

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t count) {
    run(find_attack(IOVIEW_FUZZ_STRING(IOVIEW_FUZZ_TARGET)),
        std::string(reinterpret_cast<const char*>(bytes), count));
    return 0;
}
#else
int main(int argc, char** argv) {
    const Attack attack = argc > 2 ? find_attack(argv[1]) : nullptr;
    if (attack == nullptr)
        return std::fputs("usage: ioview_gen_fuzz <attack> <file>...\n", stderr), 2;
    for (int i = 2; i < argc; ++i)
        run(attack, file_text(argv[i]));
    std::printf("%d inputs of %s\n", argc - 2, argv[1]);
}
#endif
