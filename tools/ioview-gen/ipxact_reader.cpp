// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ipxact_reader.hpp"

#include "failure.hpp"
#include "ipxact_register.hpp"

#include <limits>

namespace gen {
namespace {

// Register files in each other are limited by the levels of an XmlFile. The names of the elements
// of arrays are not, so that they are counted.
constexpr std::uint64_t most_elements = 1'000'000;

constexpr std::string_view map_children =
    " name displayName description isPresent addressBlock addressUnitBits shared parameters "
    "vendorExtensions ";
constexpr std::string_view block_children =
    " name displayName description accessHandles isPresent baseAddress typeIdentifier range width "
    "usage volatile access parameters register registerFile vendorExtensions ";
constexpr std::string_view file_children =
    " name displayName description accessHandles isPresent dim addressOffset typeIdentifier range "
    "register registerFile parameters vendorExtensions ";

class ComponentReader {
public:
    ComponentReader(const XmlFile& file, Report& report) : file_(file), words_(file, report) {}

    Device device();

private:
    void map(pugi::xml_node node, const std::string& prefix, Device& device);
    void block(pugi::xml_node node, const std::string& prefix, std::uint64_t unit, Device& device);
    void fill(pugi::xml_node node,
              IpxactRegisters& read,
              Access access,
              std::vector<Register>& registers,
              std::vector<Cluster>& clusters);
    void cluster(pugi::xml_node node,
                 IpxactRegisters& read,
                 Access access,
                 std::vector<Cluster>& clusters);
    void count(pugi::xml_node node, const std::optional<Dim>& dim);

    const XmlFile& file_;
    IpxactWords words_;
    std::uint64_t elements_ = 0;
};

Device ComponentReader::device() {
    const pugi::xml_node root = file_.root();
    const Where where = file_.where(root);
    if (local_name(root) != "component")
        throw Failure(Exit::refused,
                      "{}:{}: <{}> is no component of IP-XACT",
                      where.file,
                      where.line,
                      root.name());
    Device made;
    made.name = words_.text(root, "name");
    if (made.name.empty())
        throw Failure(Exit::refused, "{}:{}: the component has no name", where.file, where.line);
    made.vendor = words_.text(root, "vendor");
    made.series = words_.text(root, "library");
    made.version = words_.text(root, "version");
    made.description = words_.text(root, "description");
    made.where = where;
    const auto maps = local_children(local_child(root, "memoryMaps"), "memoryMap");
    for (const pugi::xml_node one : maps)
        if (words_.is_present(one))
            map(one, maps.size() == 1 ? "" : words_.text(one, "name") + "_", made);
    if (made.peripherals.empty())
        words_.add(root, "there is no address block in it", "nothing is made of it");
    return made;
}

void ComponentReader::map(pugi::xml_node node, const std::string& prefix, Device& device) {
    words_.look_at_children(node, map_children);
    const std::uint64_t bits = words_.number(node, "addressUnitBits").value_or(8);
    if (bits == 0 || bits % 8 != 0 || bits > 64) {
        words_.add(node, fmt::format("addresses count units of {} bits", bits), "left out");
        return;
    }
    for (const pugi::xml_node one : local_children(node, "addressBlock")) {
        words_.set_peripheral(prefix + words_.text(one, "name"));
        if (words_.is_present(one))
            block(one, prefix, bits / 8, device);
    }
    words_.set_peripheral("");
}

void ComponentReader::block(pugi::xml_node node,
                            const std::string& prefix,
                            std::uint64_t unit,
                            Device& device) {
    IpxactRegisters read(words_, unit);
    words_.look_at_children(node, block_children);
    Peripheral made;
    const std::string name = read.name(node);
    const auto base = name.empty() ? std::nullopt : read.address(node, "baseAddress");
    if (!base)
        return;
    const std::string usage = words_.text(node, "usage");
    if (usage == "reserved") {
        words_.add(node, "a reserved address block", "left out");
        return;
    }
    made.name = prefix + name;
    made.base = *base;
    made.description = read.description(node);
    made.where = words_.where(node);
    if (const auto range = read.address(node, "range"))
        made.address_blocks.push_back({0, *range, usage == "memory" ? "buffer" : "registers", ""});
    count(node, std::nullopt);
    fill(node, read, read.access(node, Access::read_write), made.registers, made.clusters);
    device.peripherals.push_back(std::move(made));
}

void ComponentReader::fill(pugi::xml_node node,
                           IpxactRegisters& read,
                           Access access,
                           std::vector<Register>& registers,
                           std::vector<Cluster>& clusters) {
    for (const pugi::xml_node child : local_children(node, "register"))
        for (Register& one : read.registers(child, access)) {
            count(child, one.dim);
            registers.push_back(std::move(one));
        }
    for (const pugi::xml_node child : local_children(node, "registerFile"))
        if (words_.is_present(child))
            cluster(child, read, access, clusters);
}

void ComponentReader::cluster(pugi::xml_node node,
                              IpxactRegisters& read,
                              Access access,
                              std::vector<Cluster>& clusters) {
    words_.look_at_children(node, file_children);
    Cluster made;
    made.name = read.name(node);
    const auto offset = made.name.empty() ? std::nullopt : read.address(node, "addressOffset");
    const auto range = offset ? read.address(node, "range") : std::nullopt;
    if (!range)
        return;
    made.offset = *offset;
    made.description = read.description(node);
    made.where = words_.where(node);
    if (!read.dim(node, *range, made.name, made.dim))
        return;
    count(node, made.dim);
    fill(node, read, access, made.registers, made.clusters);
    clusters.push_back(std::move(made));
}

void ComponentReader::count(pugi::xml_node node, const std::optional<Dim>& dim) {
    elements_ += dim ? dim->count : 1;
    const Where where = words_.where(node);
    if (elements_ > most_elements)
        throw Failure(
            Exit::refused, "{}:{}: more than {} registers", where.file, where.line, most_elements);
}

} // namespace

Device read_ipxact(const XmlFile& file, Report& report) {
    return ComponentReader(file, report).device();
}

} // namespace gen
