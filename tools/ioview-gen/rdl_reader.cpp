// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_reader.hpp"

#include "rdl_layout.hpp"
#include "rdl_parser.hpp"
#include "rdl_register.hpp"
#include "xml_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

namespace gen {
namespace {

bool has_registers(const RdlNode& node) {
    return std::any_of(node.children.begin(), node.children.end(), [](const RdlNode& child) {
        return (child.type == RdlType::reg || child.type == RdlType::regfile) && child.is_present();
    });
}

bool is_complement(Access a, Access b) {
    return (a == Access::read_only && b == Access::write_only) ||
           (a == Access::write_only && b == Access::read_only);
}

class DeviceReader {
public:
    DeviceReader(const RdlLimits& limits, Report& report) : limits_(limits), report_(report) {}

    // An address map that is in nothing.
    void add_top(const RdlNode& node);

    Device device;

private:
    void add(const RdlNode& node, std::uint64_t base, const std::string& prefix, bool is_big);
    void bus(const RdlNode& node, std::uint64_t base, const std::string& prefix, bool is_big);
    void memory(const RdlNode& node, std::uint64_t base, const std::string& prefix);
    void peripheral(const RdlNode& node, std::uint64_t base, const std::string& name, bool is_big);
    template <class Holder>
    void fill(Holder& holder, const RdlNode& node, const std::string& path, bool is_big);
    [[nodiscard]] Cluster cluster(const RdlNode& node, const std::string& path, bool is_big);
    void alternates(std::vector<Register>& registers, const RdlNode& node) const;
    void buffer(const RdlNode& node, const std::string& path);
    [[nodiscard]] bool is_believed(const RdlNode& node, const std::string& element);
    void count(const RdlNode& node);

    const RdlLimits& limits_;
    Report& report_;
    std::size_t elements_ = 0;
};

bool endian_of(const RdlNode& node, bool outer) {
    return !node.flag("littleendian") && (outer || node.flag("bigendian"));
}

// Buses in arrays are written out, and each time count; each element of an array has a name.
void DeviceReader::count(const RdlNode& node) {
    elements_ += node.children.size() + node.count;
    if (elements_ > limits_.elements)
        rdl_fail(node.place, "more than {} components", limits_.elements);
}

bool DeviceReader::is_believed(const RdlNode& node, const std::string& element) {
    if (node.count <= most_of_a_dim)
        return true;
    report_.add(
        node.place.where(),
        element,
        fmt::format("an array of {}, and at most {} are believed", node.count, most_of_a_dim),
        "left out");
    return false;
}

// Its name is the device's, and not in those of peripherals.
void DeviceReader::add_top(const RdlNode& node) {
    if (has_registers(node) || !node.dims.empty())
        return add(node, 0, "", false);
    count(node);
    bus(node, node.offset, "", endian_of(node, false));
}

void DeviceReader::add(const RdlNode& node,
                       std::uint64_t base,
                       const std::string& prefix,
                       bool is_big_endian) {
    if (!node.is_present() || !is_believed(node, prefix + node.name))
        return;
    const bool is_big = endian_of(node, is_big_endian);
    if (has_registers(node))
        return peripheral(node, base + node.offset, prefix + node.name, is_big);
    for (std::uint64_t i = 0; i != node.count; ++i) {
        count(node);
        const std::string name = node.dims.empty() ? node.name : fmt::format("{}_{}", node.name, i);
        bus(node,
            base + node.offset + i * node.stride.value_or(node.size),
            prefix + name + "_",
            is_big);
    }
}

void DeviceReader::bus(const RdlNode& node,
                       std::uint64_t base,
                       const std::string& prefix,
                       bool is_big) {
    const std::size_t before = device.peripherals.size();
    for (const RdlNode& child : node.children) {
        if (child.type == RdlType::addrmap)
            add(child, base, prefix, is_big);
        else if (child.type == RdlType::mem && child.is_present() &&
                 is_believed(child, prefix + child.name))
            memory(child, base, prefix);
    }
    if (device.peripherals.size() == before)
        report_.add(node.place.where(), node.name, "an addrmap without registers", "left out");
}

// Without registers, but drivers want its address.
void DeviceReader::memory(const RdlNode& node, std::uint64_t base, const std::string& prefix) {
    if (!node.children.empty())
        report_.add(node.place.where(),
                    prefix + node.name,
                    "registers in a memory",
                    "left out; the memory is a peripheral");
    Peripheral made;
    made.name = prefix + node.name;
    made.description = rdl_description(node);
    made.base = base + node.offset;
    made.address_blocks.push_back({0, node.total(), "buffer", ""});
    made.where = node.place.where();
    device.peripherals.push_back(std::move(made));
}

void DeviceReader::peripheral(const RdlNode& node,
                              std::uint64_t base,
                              const std::string& name,
                              bool is_big) {
    report_.set_peripheral(name);
    Peripheral made;
    made.name = name;
    made.description = rdl_description(node);
    made.base = base;
    made.address_blocks.push_back({0, node.size, "registers", ""});
    made.where = node.place.where();
    made.dim = rdl_dim(node, made.name, "", report_);
    fill(made, node, name, is_big);
    report_.rename(name, made.name);
    report_.set_peripheral("");
    device.peripherals.push_back(std::move(made));
}

template <class Holder>
void DeviceReader::fill(Holder& holder, const RdlNode& node, const std::string& path, bool is_big) {
    count(node);
    for (const RdlNode& child : node.children) {
        if (!child.is_present() || child.type == RdlType::signal ||
            !is_believed(child, path + "/" + child.name))
            continue;
        if (child.type == RdlType::reg) {
            count(child);
            if (auto one = rdl_register(child, is_big, path, report_))
                holder.registers.push_back(std::move(*one));
        } else if (child.type == RdlType::mem) {
            buffer(child, path);
        } else {
            holder.clusters.push_back(cluster(child, path, endian_of(child, is_big)));
        }
    }
    alternates(holder.registers, node);
}

Cluster DeviceReader::cluster(const RdlNode& node, const std::string& path, bool is_big) {
    Cluster made;
    made.name = node.name;
    made.description = rdl_description(node);
    made.offset = node.offset;
    made.where = node.place.where();
    made.dim = rdl_dim(node, made.name, path, report_);
    fill(made, node, path + "/" + node.name, is_big);
    return made;
}

void DeviceReader::buffer(const RdlNode& node, const std::string& path) {
    report_.add(node.place.where(),
                path + "/" + node.name,
                fmt::format("a memory of {} bytes among registers", node.total()),
                "left out; its addresses are of the peripheral");
}

// What lies where another does, one to be read and one to be written, or as an alias.
void DeviceReader::alternates(std::vector<Register>& registers, const RdlNode& node) const {
    std::map<std::uint64_t, const Register*> first;
    for (Register& one : registers) {
        const auto [found, is_first] = first.emplace(one.offset, &one);
        if (is_first)
            continue;
        const Register& other = *found->second;
        const std::string name = one.name.substr(0, one.name.find('['));
        const auto said = std::find_if(node.children.begin(),
                                       node.children.end(),
                                       [&](const RdlNode& child) { return child.name == name; });
        const bool is_alias = said != node.children.end() && !said->alias_of.empty();
        if (is_alias || is_complement(one.access, other.access))
            one.alternate_register = other.name;
    }
}

std::optional<std::string> on_disk(const std::string& path) {
    try {
        return file_text(path);
    } catch (const Failure&) {
        return std::nullopt;
    }
}

} // namespace

Device
read_rdl(const std::string& path, RdlSource::Files files, const RdlLimits& limits, Report& report) {
    RdlSource source(std::move(files));
    const RdlDescription description = parse_rdl(source.words(path), report);
    std::vector<RdlNode> tops = elaborate_rdl(description, limits, report);
    if (tops.empty())
        throw Failure(Exit::refused, "{}: there is no addrmap in it", path);
    DeviceReader reader(limits, report);
    reader.device.name =
        tops.size() == 1 ? tops.front().name : std::filesystem::path(path).stem().string();
    reader.device.where = {path, tops.front().place.line};
    if (tops.size() == 1)
        reader.device.description = rdl_description(tops.front());
    for (RdlNode& top : tops) {
        lay_out_rdl(top, report);
        top.offset = top.at.value_or(0);
        if (top.offset > ~std::uint64_t{0} - top.total())
            rdl_fail(top.place, "{} ends past 64 bits of address", top.name);
        reader.add_top(top);
    }
    return std::move(reader.device);
}

Device read_rdl(const std::string& path, Report& report) {
    // Of what is asked for, why it cannot be read; of what is included, by which line it is.
    const auto files = [&](const std::string& file) {
        return file == path ? std::optional(file_text(path)) : on_disk(file);
    };
    return read_rdl(path, files, {}, report);
}

} // namespace gen
