// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "header_writer.hpp"

#include "cpp_text.hpp"
#include "names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace gen {
namespace {

std::string storage_of(const RegisterPlan& one) {
    const std::string plain = fmt::format("std::uint{}_t", one.bits);
    return one.is_big_endian ? fmt::format("io::be<{}>", plain) : plain;
}

std::string location_of(const RegisterPlan& one, const std::string& block) {
    const std::uint64_t size = one.bits / 8;
    if (one.steps.empty())
        return fmt::format("io::fixed<0x{:03x}, {}>", one.offset, block);
    if (one.steps.size() == 1)
        return fmt::format("io::array<0x{:03x}, {}, {}, {}>",
                           one.offset,
                           one.steps[0].count,
                           one.steps[0].stride == 0 ? size : one.steps[0].stride,
                           block);
    return fmt::format("io::banked<0x{:03x}, {}, 0x{:x}, {}, {}, {}>",
                       one.offset,
                       one.steps[0].count,
                       one.steps[0].stride,
                       one.steps[1].count,
                       one.steps[1].stride,
                       block);
}

// In hexadecimal where a decimal would be of no signed type.
std::string literal(std::uint64_t value) {
    return value >> 63 == 0 ? fmt::format("{}", value) : fmt::format("{:#x}", value);
}

std::string remark(const EnumeratorPlan& value) {
    std::string text = value.comment;
    const auto join = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
    if (value.any != 0)
        join(fmt::format("bits 0x{:x} may be either", value.any));
    if (value.usage != Enumeration::Usage::read_write)
        join(value.usage == Enumeration::Usage::read ? "as read" : "as written");
    return text;
}

std::string enumeration(const EnumPlan& plan, const std::string& indent) {
    std::string out =
        comment(plan.comment, indent) +
        fmt::format("{}enum class {} : std::uint{}_t {{\n", indent, plan.name, plan.bits);
    std::vector<Item> all;
    all.reserve(plan.values.size());
    for (const EnumeratorPlan& value : plan.values)
        all.push_back({fmt::format("{} = {}", value.name, literal(value.value)), remark(value)});
    out += items(indent + "    ", all, ",");
    return out + indent + "};\n";
}

std::string item(const FieldPlan& field) {
    const std::string type = field.type.empty() ? "" : ", " + field.type;
    const std::string kind = field.kind.empty() ? "" : ", io::" + field.kind;
    if (field.count != 0)
        return fmt::format("array({}, {}, {}, {}{}{})",
                           field.high,
                           field.low,
                           field.name,
                           field.count,
                           type,
                           kind);
    if (field.high == field.low && type.empty())
        return fmt::format("bit({}, {}{})", field.high, field.name, kind);
    return fmt::format("bits({}, {}, {}{}{})", field.high, field.low, field.name, type, kind);
}

// The manual's name, where it says more than the name here; and what it is.
std::string remark(const FieldPlan& field) {
    const bool is_new =
        value_name(field.source) != field.name || field.source.find('%') != std::string::npos;
    return is_new && field.kind != "wo" ? field.source + ": " + field.comment : field.comment;
}

std::string
register_text(const RegisterPlan& one, const std::string& block, const HeaderOptions& options) {
    std::string out = comment(
        one.comment.empty() ? one.source : fmt::format("{}: {}", one.source, one.comment), "");
    std::vector<std::string> arguments = {one.name, storage_of(one), location_of(one, block)};
    if (!one.kind.empty())
        arguments.push_back("io::" + one.kind);
    if (one.reset)
        arguments.push_back(fmt::format("io::reset<0x{:x}>", *one.reset));
    const char* const closing = one.fields.empty() ? "> {};" : "> {";
    std::string heading =
        call(fmt::format("struct {} : io::Register<", one.name), arguments, closing);
    if (heading.find('\n') != std::string::npos)
        heading = call(fmt::format("struct {}\n    : io::Register<", one.name), arguments, closing);
    if (one.fields.empty())
        return out + heading + '\n';
    out += heading + '\n';
    for (const EnumPlan& plan : one.enumerations)
        out += enumeration(plan, "    ");
    std::vector<Item> all;
    all.reserve(one.fields.size());
    for (const FieldPlan& field : one.fields)
        all.push_back({item(field), remark(field)});
    out += items(options.has_field_functions ? "    IO_FIELDS(" : "    IO_FIELD_TYPES(", all, ");");
    return out + "};\n";
}

std::string bases(const BlockPlan& block) {
    std::string out;
    for (const InstancePlan& one : block.instances) {
        if (one.bases.size() == 1) {
            out += fmt::format(
                "inline constexpr std::uint64_t {} = 0x{:x};\n", one.constant, one.bases[0]);
            continue;
        }
        std::vector<std::string> all;
        all.reserve(one.bases.size());
        for (const std::uint64_t base : one.bases)
            all.push_back(fmt::format("0x{:x}", base));
        out +=
            call(fmt::format("inline constexpr std::uint64_t {}[] = {{", one.constant), all, "};") +
            '\n';
    }
    return out;
}

std::string block_text(const Plan& plan, const BlockPlan& block, const HeaderOptions& options) {
    std::string out = fmt::format("namespace {} {{\n\nnamespace io = ioview;\n\n", plan.space);
    if (options.has_base_addresses)
        out += bases(block) + '\n';
    out += comment(block.description, "");
    out += fmt::format("struct {} : io::Region<0x{:x}{}> {{}};\n\nnamespace {} {{\n\n",
                       block.name,
                       block.size,
                       block.has_64_bits ? ", 8" : "",
                       block.space);
    for (const EnumPlan& one : block.enumerations)
        out += enumeration(one, "") + '\n';
    std::vector<std::string> names;
    for (const RegisterPlan& one : block.registers) {
        out += register_text(one, block.name, options) + '\n';
        names.push_back(one.is_overlay ? fmt::format("io::overlay<{}>", one.name) : one.name);
    }
    out += "// All of them, by offset; what lies where another does is an overlay.\n" +
           call("using Registers = io::Registers<", names, ">;") + "\n\n";
    return out + fmt::format("}} // namespace {}\n}} // namespace {}\n", block.space, plan.space);
}

std::string interrupts_text(const Plan& plan) {
    EnumPlan all{"Interrupt", 16, plan.interrupts, "The interrupts, by number."};
    for (const EnumeratorPlan& one : plan.interrupts)
        if (one.value > 0xffff)
            all.bits = one.value > 0xffff'ffff ? 64 : 32;
    return fmt::format("namespace {} {{\n\n{}\n}} // namespace {}\n",
                       plan.space,
                       enumeration(all, ""),
                       plan.space);
}

std::string opening(const Plan& plan, const HeaderOptions& options, const std::string& about) {
    return comment(
               fmt::format("Generated by ioview-gen from {}: change that, or a patch of it, and "
                           "run it again.",
                           options.source),
               "") +
           "#pragma once\n" + comment(fmt::format("{} of {}.", about, plan.device), "");
}

bool has_field_array(const BlockPlan& block) {
    return std::any_of(block.registers.begin(), block.registers.end(), [](const RegisterPlan& one) {
        return std::any_of(one.fields.begin(), one.fields.end(), [](const FieldPlan& field) {
            return field.count != 0;
        });
    });
}

std::string register_headers(const HeaderOptions& options, bool has_arrays) {
    std::string out = "\n#include <ioview/register.hpp>\n";
    if (has_arrays)
        out += "#include <ioview/register/field_array.hpp>\n";
    if (!options.has_field_functions)
        out += "#include <ioview/register/field_types.hpp>\n";
    return out + "\n#include <cstdint>\n\n";
}

// What the description says of the processor, for who programs its interrupt controller.
std::string cpu_text(const Plan& plan) {
    if (!plan.cpu)
        return {};
    const Cpu& cpu = *plan.cpu;
    const auto flag = [](const char* name, bool value) {
        return fmt::format("inline constexpr bool {} = {};\n", name, value);
    };
    std::string out = comment(
        fmt::format("The processor: {} {}, {}-endian.", cpu.name, cpu.revision, cpu.endian), "");
    out += fmt::format("namespace {}::cpu {{\n\n", plan.space);
    out += flag("has_mpu", cpu.has_mpu) + flag("has_fpu", cpu.has_fpu) +
           flag("has_vtor", cpu.has_vtor) + flag("has_vendor_systick", cpu.has_vendor_systick);
    out +=
        fmt::format("inline constexpr unsigned nvic_priority_bits = {};\n", cpu.nvic_priority_bits);
    if (cpu.interrupts)
        out += fmt::format("inline constexpr unsigned interrupts = {};\n", *cpu.interrupts);
    return out + fmt::format("\n}} // namespace {}::cpu\n", plan.space);
}

std::string names_of(const BlockPlan& block) {
    std::string names;
    for (const InstancePlan& one : block.instances)
        names += (names.empty() ? "" : ", ") + one.name;
    return names;
}

} // namespace

std::vector<OutputFile> headers_of(const Plan& plan, const HeaderOptions& options) {
    if (!options.is_split) {
        std::string text =
            opening(plan, options, "Registers") +
            register_headers(options,
                             std::any_of(plan.blocks.begin(), plan.blocks.end(), has_field_array));
        for (const BlockPlan& block : plan.blocks)
            text += block_text(plan, block, options) + '\n';
        if (!plan.interrupts.empty())
            text += interrupts_text(plan) + '\n';
        text += cpu_text(plan);
        while (text.ends_with("\n\n"))
            text.pop_back();
        return {{plan.header + ".hpp", text}};
    }
    std::vector<OutputFile> files;
    std::string includes;
    for (const BlockPlan& block : plan.blocks) {
        const std::string name = block.space + ".hpp";
        files.push_back({name,
                         opening(plan, options, names_of(block)) +
                             register_headers(options, has_field_array(block)) +
                             block_text(plan, block, options)});
        includes += fmt::format("#include \"{}\"\n", name);
    }
    if (!plan.interrupts.empty()) {
        files.push_back({"interrupts.hpp",
                         opening(plan, options, "Interrupts") + "\n#include <cstdint>\n\n" +
                             interrupts_text(plan)});
        includes += "#include \"interrupts.hpp\"\n";
    }
    files.push_back({plan.header + ".hpp",
                     opening(plan, options, "All peripherals") + '\n' + includes +
                         (plan.cpu ? "\n" : "") + cpu_text(plan)});
    return files;
}

} // namespace gen
