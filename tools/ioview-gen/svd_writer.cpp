// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "svd_writer.hpp"

#include "words.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <pugixml.hpp>
#include <sstream>
#include <utility>
#include <vector>

namespace gen {
namespace {

void put(pugi::xml_node in, const char* name, const std::string& text) {
    if (!text.empty())
        in.append_child(name).text().set(text.c_str());
}
void put_hex(pugi::xml_node in, const char* name, std::uint64_t value) {
    put(in, name, fmt::format("0x{:x}", value));
}
void put_number(pugi::xml_node in, const char* name, std::uint64_t value) {
    put(in, name, fmt::format("{}", value));
}

void dim(pugi::xml_node in, const std::optional<Dim>& dim) {
    if (!dim)
        return;
    put_number(in, "dim", dim->count);
    put_hex(in, "dimIncrement", dim->increment);
    std::string index;
    for (const std::string& one : dim->index)
        index += (index.empty() ? "" : ",") + one;
    put(in, "dimIndex", index);
}

// What a field or a register does when it is accessed.
template <class T>
void accesses(pugi::xml_node in, const T& of) {
    put(in, "access", std::string(word_of(of.access)));
}
// Of what a reader makes of it in words; others have no element.
void constraint(pugi::xml_node in, const std::string& words) {
    const auto to = words.find(" to ");
    pugi::xml_node range;
    if (words == "write what was read")
        put(in.append_child("writeConstraint"), "writeAsRead", "true");
    else if (words == "write one of the enumerators")
        put(in.append_child("writeConstraint"), "useEnumeratedValues", "true");
    else if (words.starts_with("write ") && to != std::string::npos)
        range = in.append_child("writeConstraint").append_child("range");
    if (!range)
        return;
    put(range, "minimum", words.substr(6, to - 6));
    put(range, "maximum", words.substr(to + 4));
}

template <class T>
void actions(pugi::xml_node in, const T& of) {
    if (of.on_write != WriteAction::modify)
        put(in, "modifiedWriteValues", std::string(word_of(of.on_write)));
    constraint(in, of.constraint);
    if (of.on_read != ReadAction::none)
        put(in, "readAction", std::string(word_of(of.on_read)));
}

std::string value_text(const EnumValue& value, unsigned width) {
    if (value.any == 0)
        return fmt::format("{}", value.value);
    std::string bits = "0b";
    for (unsigned bit = width; bit-- != 0;)
        bits += (value.any >> bit & 1) != 0 ? 'x' : (value.value >> bit & 1) != 0 ? '1' : '0';
    return bits;
}

void enumeration(pugi::xml_node in, const Enumeration& from, unsigned width) {
    pugi::xml_node node = in.append_child("enumeratedValues");
    put(node, "name", from.name);
    put(node,
        "usage",
        from.usage == Enumeration::Usage::read    ? "read"
        : from.usage == Enumeration::Usage::write ? "write"
                                                  : "");
    for (const EnumValue& value : from.values) {
        pugi::xml_node one = node.append_child("enumeratedValue");
        put(one, "name", value.name);
        put(one, "description", value.description);
        put(one, "value", value_text(value, width));
    }
    if (from.for_all_others.empty())
        return;
    pugi::xml_node others = node.append_child("enumeratedValue");
    put(others, "name", from.for_all_others);
    put(others, "isDefault", "true");
}

void field(pugi::xml_node in, const Field& from) {
    pugi::xml_node node = in.append_child("field");
    dim(node, from.dim);
    put(node, "name", from.name);
    put(node, "description", from.description);
    put(node, "bitRange", fmt::format("[{}:{}]", from.high, from.low));
    accesses(node, from);
    actions(node, from);
    for (const Enumeration& one : from.enumerations)
        enumeration(node, one, from.high - from.low + 1);
}

void register_(pugi::xml_node in, const Register& from) {
    pugi::xml_node node = in.append_child("register");
    dim(node, from.dim);
    put(node, "name", from.name);
    put(node, "displayName", from.display_name);
    put(node, "description", from.description);
    put(node, "alternateGroup", from.alternate_group);
    put(node, "alternateRegister", from.alternate_register);
    put_hex(node, "addressOffset", from.offset);
    put_number(node, "size", from.size);
    accesses(node, from);
    put(node, "protection", from.protection);
    if (from.reset) {
        put_hex(node, "resetValue", *from.reset);
        if (from.reset_mask != ~std::uint64_t{0})
            put_hex(node, "resetMask", from.reset_mask);
    } else {
        put_hex(node, "resetMask", 0);
    }
    actions(node, from);
    if (from.fields.empty())
        return;
    pugi::xml_node fields = node.append_child("fields");
    for (const Field& one : from.fields)
        field(fields, one);
}

// As deep as the clusters of a description that was read.
void cluster(pugi::xml_node in, const Cluster& from) {
    pugi::xml_node node = in.append_child("cluster");
    dim(node, from.dim);
    put(node, "name", from.name);
    put(node, "description", from.description);
    put(node, "alternateCluster", from.alternate_cluster);
    put_hex(node, "addressOffset", from.offset);
    for (const Register& one : from.registers)
        register_(node, one);
    for (const Cluster& one : from.clusters)
        cluster(node, one);
}

void peripheral(pugi::xml_node in, const Peripheral& from) {
    pugi::xml_node node = in.append_child("peripheral");
    if (!from.same_as.empty())
        node.append_attribute("derivedFrom").set_value(from.same_as.c_str());
    dim(node, from.dim);
    put(node, "name", from.name);
    put(node, "version", from.version);
    put(node, "description", from.description);
    put(node, "alternatePeripheral", from.alternate_peripheral);
    put(node, "groupName", from.group);
    put(node, "headerStructName", from.header_struct_name);
    put_hex(node, "baseAddress", from.base);
    for (const AddressBlock& block : from.address_blocks) {
        pugi::xml_node one = node.append_child("addressBlock");
        put_hex(one, "offset", block.offset);
        put_hex(one, "size", block.size);
        put(one, "usage", block.usage.empty() ? "registers" : block.usage);
        put(one, "protection", block.protection);
    }
    for (const Interrupt& interrupt : from.interrupts) {
        pugi::xml_node one = node.append_child("interrupt");
        put(one, "name", interrupt.name);
        put(one, "description", interrupt.description);
        put(one, "value", fmt::format("{}", interrupt.value));
    }
    if (from.registers.empty() && from.clusters.empty())
        return;
    pugi::xml_node registers = node.append_child("registers");
    for (const Register& one : from.registers)
        register_(registers, one);
    for (const Cluster& one : from.clusters)
        cluster(registers, one);
}

// What has an order of bytes, with the path of each.
void ordered_registers(const std::vector<Register>& registers,
                       const std::vector<Cluster>& clusters,
                       const std::string& path,
                       std::vector<std::pair<std::string, const Register*>>& all) {
    for (const Register& one : registers)
        if (one.size > 8)
            all.emplace_back(path + '/' + one.name, &one);
    for (const Cluster& one : clusters)
        ordered_registers(one.registers, one.clusters, path + '/' + one.name, all);
}

// "big" or "little": that of most registers, where the word that the device has would be read as
// another than theirs. Else that word.
std::string endian_of(const Device& device, Report& report) {
    std::vector<std::pair<std::string, const Register*>> all;
    for (const Peripheral& one : device.peripherals)
        ordered_registers(one.registers, one.clusters, one.name, all);
    const auto big = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [](const auto& one) { return one.second->is_big_endian; }));
    const std::string stated = device.cpu ? device.cpu->endian : "";
    const bool is_big = all.empty() ? stated == "big" : 2 * big > all.size();
    for (const auto& [path, one] : all)
        if (one->is_big_endian != is_big)
            report.add(one->where,
                       path,
                       fmt::format("is {}-endian among others that are not, which CMSIS-SVD cannot "
                                   "say",
                                   is_big ? "little" : "big"),
                       fmt::format("written as {}-endian", is_big ? "big" : "little"));
    if (is_big)
        return "big";
    return stated == "big" ? "little" : stated;
}

void cpu(pugi::xml_node in, const Cpu& from, const std::string& endian) {
    pugi::xml_node node = in.append_child("cpu");
    put(node, "name", from.name);
    put(node, "revision", from.revision);
    put(node, "endian", endian);
    put(node, "mpuPresent", from.has_mpu ? "true" : "false");
    put(node, "fpuPresent", from.has_fpu ? "true" : "false");
    put(node, "vtorPresent", from.has_vtor ? "true" : "false");
    put_number(node, "nvicPrioBits", from.nvic_priority_bits);
    put(node, "vendorSystickConfig", from.has_vendor_systick ? "true" : "false");
    if (from.interrupts)
        put_number(node, "deviceNumInterrupts", *from.interrupts);
}

} // namespace

std::string to_svd(const Device& device, Report& report) {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("utf-8");
    pugi::xml_node root = document.append_child("device");
    root.append_attribute("schemaVersion").set_value("1.3");
    root.append_attribute("xmlns:xs").set_value("http://www.w3.org/2001/XMLSchema-instance");
    root.append_attribute("xs:noNamespaceSchemaLocation").set_value("CMSIS-SVD.xsd");
    put(root, "vendor", device.vendor);
    put(root, "name", device.name);
    put(root, "series", device.series);
    put(root, "version", device.version);
    put(root, "description", device.description);
    const std::string endian = endian_of(device, report);
    if (device.cpu || !endian.empty()) {
        Cpu unnamed; // the order of bytes is the processor's, in CMSIS-SVD
        unnamed.name = "other";
        unnamed.revision = "r0p0";
        cpu(root, device.cpu.value_or(unnamed), endian);
    }
    put_number(root, "addressUnitBits", 8);
    put_number(root, "width", 32);
    pugi::xml_node peripherals = root.append_child("peripherals");
    for (const Peripheral& one : device.peripherals)
        peripheral(peripherals, one);
    std::ostringstream out;
    document.save(out, "  ");
    return std::move(out).str();
}

} // namespace gen
