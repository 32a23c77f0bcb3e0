// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "svd_reader.hpp"

#include "failure.hpp"
#include "number.hpp"
#include "svd_properties.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gen {
namespace {

// A comment that is longer is no comment, and is in each of many registers.
constexpr std::size_t longest_description = 4'000;

std::string description(const Element& element) {
    std::string text = element.text("description");
    if (text.size() <= longest_description)
        return text;
    text.resize(longest_description);
    while (first_not_utf8(text) != std::string::npos)
        text.pop_back();
    return text + " …";
}

class SvdReader {
public:
    SvdReader(const XmlFile& file, Report& report)
        : root_(file.root()), tree_(file), words_(tree_, report), report_(&report) {}

    Device device();

private:
    Cpu cpu(const Element& element);
    std::optional<Peripheral> peripheral(pugi::xml_node node, const Properties& above);
    void share(std::vector<std::pair<pugi::xml_node, Peripheral>>& all, const Properties& above);
    std::optional<Cluster> cluster(pugi::xml_node node, const Properties& above);
    std::optional<Register> register_(pugi::xml_node node, const Properties& above);
    std::optional<Field> field(pugi::xml_node node, const Properties& above);
    bool place(const Element& element, Field& field);
    std::vector<Enumeration> enumerations(const Element& element, const Field& field);
    Enumeration enumeration(pugi::xml_node node, const Field& field);
    std::optional<EnumValue> value(pugi::xml_node node, const Field& field);
    void interrupts(const Element& element, Peripheral& into);
    void address_blocks(const Element& element, Peripheral& into);

    // The name, what it is several of, and where it begins; false where it must be left out.
    template <class T>
    bool common(const Element& element, const char* offset, std::uint64_t T::*place, T& into);
    template <class T>
    void items(const Element& element, const char* list, const Properties& properties, T& into);

    pugi::xml_node root_;
    SvdTree tree_;
    SvdWords words_;
    Report* report_;
    std::vector<pugi::xml_node> shares_; // peripherals that have another's registers
    bool is_big_endian_ = false;
};

template <class T>
bool SvdReader::common(const Element& element,
                       const char* offset,
                       std::uint64_t T::*place,
                       T& into) {
    into.where = tree_.where(element.own());
    into.name = element.text("name");
    into.description = description(element);
    if (into.name.empty()) {
        words_.add(element.own(), "has no name", "left out");
        return false;
    }
    into.dim = words_.dim(element, into.name);
    if (into.dim && into.dim->count == 0)
        return false;
    const auto at = words_.number(element, offset);
    if (!at) {
        words_.add(element.own(), fmt::format("has no <{}>", offset), "left out");
        return false;
    }
    into.*place = *at;
    return true;
}

template <class T>
void SvdReader::items(const Element& element,
                      const char* list,
                      const Properties& properties,
                      T& into) {
    for (const pugi::xml_node node : SvdTree::members(element, list, {"register", "cluster"})) {
        if (std::string_view(node.name()) == "register") {
            if (auto one = register_(node, properties))
                into.registers.push_back(std::move(*one));
        } else if (auto one = cluster(node, properties)) {
            into.clusters.push_back(std::move(*one));
        }
    }
}

Device SvdReader::device() {
    if (std::string_view(root_.name()) != "device")
        throw Failure(Exit::refused,
                      "{}:{}: <{}> is no CMSIS-SVD: that is one <device>",
                      tree_.where(root_).file,
                      tree_.where(root_).line,
                      root_.name());
    words_.look_at_children(root_);
    report_->set_peripheral("");
    const Element element({root_});
    Device device;
    device.where = tree_.where(root_);
    device.vendor = element.text("vendor");
    device.name = element.text("name");
    device.series = element.text("series");
    device.version = element.text("version");
    device.description = element.text("description");
    if (device.name.empty())
        words_.add(root_, "has no name", "called device");
    if (const auto unit = words_.number(element, "addressUnitBits"); unit && *unit != 8)
        words_.add(element.child("addressUnitBits"),
                   fmt::format("addresses are of {} bits", *unit),
                   "offsets are taken as bytes");
    if (!root_.child("cpu").empty())
        device.cpu = cpu(Element({root_.child("cpu")}));
    const Properties properties = words_.properties(element, {});
    std::vector<std::pair<pugi::xml_node, Peripheral>> all;
    for (const pugi::xml_node node : root_.child("peripherals").children("peripheral")) {
        report_->set_peripheral(SvdTree::path(node));
        if (auto one = peripheral(node, properties)) {
            all.emplace_back(node, std::move(*one));
            report_->rename(SvdTree::path(node), all.back().second.name);
        }
    }
    share(all, properties);
    report_->set_peripheral("");
    for (auto& [node, one] : all)
        device.peripherals.push_back(std::move(one));
    if (device.peripherals.empty())
        words_.add(root_, "has no peripherals", "nothing is written");
    return device;
}

Cpu SvdReader::cpu(const Element& element) {
    Cpu cpu;
    cpu.name = element.text("name");
    cpu.revision = element.text("revision");
    cpu.endian = element.text("endian");
    is_big_endian_ = cpu.endian == "big";
    if (cpu.endian == "selectable" || cpu.endian == "other")
        words_.add(element.child("endian"),
                   fmt::format("the order of bytes is {}", cpu.endian),
                   "registers are taken as little-endian");
    cpu.has_mpu = words_.flag(element, "mpuPresent");
    cpu.has_fpu = words_.flag(element, "fpuPresent");
    cpu.has_vtor = words_.flag(element, "vtorPresent");
    cpu.has_vendor_systick = words_.flag(element, "vendorSystickConfig");
    const auto small = [&](const char* name, std::uint64_t most) -> std::optional<unsigned> {
        const auto value = words_.number(element, name);
        if (value && *value > most)
            words_.add(element.child(name),
                       fmt::format("<{}> is {}, and at most {} is believed", name, *value, most),
                       "ignored");
        return value && *value <= most ? std::optional(static_cast<unsigned>(*value))
                                       : std::nullopt;
    };
    cpu.nvic_priority_bits = small("nvicPrioBits", 8).value_or(0);
    cpu.interrupts = small("deviceNumInterrupts", 65'536);
    return cpu;
}

void SvdReader::address_blocks(const Element& element, Peripheral& into) {
    const pugi::xml_node holder = element.with_one_of({"addressBlock"});
    for (const pugi::xml_node node : holder.children("addressBlock")) {
        const Element block({node});
        const auto offset = words_.number(block, "offset");
        const auto size = words_.number(block, "size");
        if (offset && size)
            into.address_blocks.push_back(
                {*offset, *size, block.text("usage"), block.text("protection")});
    }
}

void SvdReader::interrupts(const Element& element, Peripheral& into) {
    for (const pugi::xml_node node : element.own().children("interrupt")) {
        const Element one({node});
        const auto number = parse_signed(one.text("value"));
        if (!number || one.text("name").empty())
            words_.add(node,
                       fmt::format(
                           R"(interrupt "{}" of number "{}")", one.text("name"), one.text("value")),
                       "left out");
        else
            into.interrupts.push_back(
                {one.text("name"), one.text("description"), *number, tree_.where(node)});
    }
}

std::optional<Peripheral> SvdReader::peripheral(pugi::xml_node node, const Properties& above) {
    const Element element = tree_.element(node, *report_);
    Peripheral one;
    if (!common(element, "baseAddress", &Peripheral::base, one))
        return std::nullopt;
    one.version = element.text("version");
    one.group = element.text("groupName");
    one.header_struct_name = element.text("headerStructName");
    one.alternate_peripheral = element.text("alternatePeripheral");
    address_blocks(element, one);
    interrupts(element, one);
    // Derived and nothing changed: the registers are those of the other.
    const bool states_properties =
        !Element({node})
             .with_one_of({"registers", "size", "access", "resetValue", "resetMask", "protection"})
             .empty();
    if (element.is_derived() && !states_properties) {
        shares_.push_back(node);
        return one;
    }
    items(element, "registers", words_.properties(element, above), one);
    return one;
}

// Registers are shared with what was read, by the name that it has there; of what was left out they
// are read here.
void SvdReader::share(std::vector<std::pair<pugi::xml_node, Peripheral>>& all,
                      const Properties& above) {
    for (auto& [node, one] : all) {
        if (std::find(shares_.begin(), shares_.end(), node) == shares_.end())
            continue;
        const Element element = tree_.element(node, *report_);
        report_->set_peripheral(one.name);
        const auto base = std::find_if(all.begin(), all.end(), [&](const auto& other) {
            return other.first == element.chain()[1];
        });
        // By its name, which must not be an earlier one's.
        const auto is_so_called = [&](const auto& other) {
            return other.second.name == base->second.name;
        };
        if (base != all.end() && base == std::find_if(all.begin(), all.end(), is_so_called))
            one.same_as = base->second.name;
        else
            items(element, "registers", words_.properties(element, above), one);
    }
}

std::optional<Cluster> SvdReader::cluster(pugi::xml_node node, const Properties& above) {
    const Element element = tree_.element(node, *report_);
    Cluster one;
    if (!common(element, "addressOffset", &Cluster::offset, one))
        return std::nullopt;
    one.alternate_cluster = element.text("alternateCluster");
    items(element, nullptr, words_.properties(element, above), one);
    return one;
}

std::optional<Register> SvdReader::register_(pugi::xml_node node, const Properties& above) {
    const Element element = tree_.element(node, *report_);
    Register one;
    if (!common(element, "addressOffset", &Register::offset, one))
        return std::nullopt;
    const Properties properties = words_.properties(element, above);
    one.display_name = element.text("displayName");
    one.size = properties.size;
    one.is_big_endian = is_big_endian_;
    one.access = properties.access;
    one.on_write = properties.on_write;
    one.on_read = properties.on_read;
    one.constraint = words_.constraint(element);
    one.protection = properties.protection;
    one.reset = properties.reset;
    one.reset_mask = properties.reset_mask;
    one.alternate_register = element.text("alternateRegister");
    one.alternate_group = element.text("alternateGroup");
    for (const pugi::xml_node child : SvdTree::members(element, "fields", {"field"}))
        if (auto made = field(child, properties))
            one.fields.push_back(std::move(*made));
    return one;
}

// By the first spelling of a bit range in what it is derived from; a width may be further off.
bool SvdReader::place(const Element& element, Field& field) {
    const pugi::xml_node stated = element.with_one_of({"bitOffset", "lsb", "bitRange"});
    std::optional<std::uint64_t> low;
    std::optional<std::uint64_t> high;
    if (!stated.child("bitRange").empty()) {
        const std::string text = tidy(stated.child_value("bitRange"));
        const auto colon = text.find(':');
        if (text.size() > 4 && text.front() == '[' && text.back() == ']' &&
            colon != std::string::npos) {
            high = parse_number(text.substr(1, colon - 1));
            low = parse_number(text.substr(colon + 1, text.size() - colon - 2));
        }
    } else if (!stated.child("lsb").empty()) {
        low = words_.number(element, "lsb");
        high = words_.number(element, "msb");
    } else if (stated) {
        low = words_.number(element, "bitOffset");
        const auto width = element.child("bitWidth") ? words_.number(element, "bitWidth")
                                                     : std::optional<std::uint64_t>{1};
        if (low && width && *width != 0 && *width <= 64 && *low <= 4'096)
            high = *low + *width - 1;
    }
    if (!low || !high || *low > *high || *high > 4'096) {
        words_.add(element.own(), "has no range of bits that can be understood", "left out");
        return false;
    }
    field.low = static_cast<unsigned>(*low);
    field.high = static_cast<unsigned>(*high);
    return true;
}

std::optional<Field> SvdReader::field(pugi::xml_node node, const Properties& above) {
    const Element element = tree_.element(node, *report_);
    Field one;
    one.where = tree_.where(node);
    one.name = element.text("name");
    one.description = description(element);
    if (one.name.empty()) {
        words_.add(node, "has no name", "left out");
        return std::nullopt;
    }
    one.dim = words_.dim(element, one.name);
    if ((one.dim && one.dim->count == 0) || !place(element, one))
        return std::nullopt;
    const Properties properties = words_.properties(element, above);
    one.access = properties.access;
    one.on_write = properties.on_write;
    one.on_read = properties.on_read;
    one.constraint = words_.constraint(element);
    one.enumerations = enumerations(element, one);
    return one;
}

std::vector<Enumeration> SvdReader::enumerations(const Element& element, const Field& field) {
    std::vector<Enumeration> all;
    const pugi::xml_node holder = element.with_one_of({"enumeratedValues"});
    for (const pugi::xml_node node : holder.children("enumeratedValues"))
        if (Enumeration one = enumeration(node, field);
            !one.values.empty() || !one.for_all_others.empty())
            all.push_back(std::move(one));
    return all;
}

Enumeration SvdReader::enumeration(pugi::xml_node node, const Field& field) {
    const Element element = tree_.element(node, *report_);
    Enumeration one;
    one.where = tree_.where(node);
    one.name = element.text("headerEnumName");
    if (one.name.empty())
        one.name = element.text("name");
    const std::string usage = element.text("usage");
    if (usage == "read")
        one.usage = Enumeration::Usage::read;
    else if (usage == "write")
        one.usage = Enumeration::Usage::write;
    else if (!usage.empty() && usage != "read-write")
        words_.add(
            element.child("usage"), fmt::format("<usage> is \"{}\"", usage), "taken as read-write");
    const pugi::xml_node holder = element.with_one_of({"enumeratedValue"});
    for (const pugi::xml_node child : holder.children("enumeratedValue")) {
        const Element said({child});
        if (words_.flag(said, "isDefault")) {
            if (!one.for_all_others.empty())
                words_.add(child, "is a second default", "left out");
            else
                one.for_all_others = said.text("name");
            if (!said.child("value")) // and else that value's name, too
                continue;
        }
        if (auto made = value(child, field))
            one.values.push_back(std::move(*made));
    }
    return one;
}

std::optional<EnumValue> SvdReader::value(pugi::xml_node node, const Field& field) {
    const Element element({node});
    EnumValue one;
    one.where = tree_.where(node);
    one.name = element.text("name");
    one.description = element.text("description");
    const std::string text = element.text("value");
    const unsigned width = field.high - field.low + 1;
    const std::uint64_t mask = width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
    if (const auto pattern = parse_pattern(text)) {
        one.value = pattern->value;
        one.any = pattern->any;
    } else if (const auto negative = parse_signed(text)) {
        one.value = static_cast<std::uint64_t>(*negative) & mask;
        words_.add(node,
                   fmt::format("value {} is negative", text),
                   fmt::format("taken as 0x{:x}", one.value));
    } else {
        words_.add(node, fmt::format("value \"{}\" is no number", text), "left out");
        return std::nullopt;
    }
    if (one.name.empty()) {
        words_.add(node, "an enumerated value has no name", "left out");
        return std::nullopt;
    }
    if ((one.value | one.any) & ~mask) {
        words_.add(node,
                   fmt::format("{} is {}, past the {} bits of the field", one.name, text, width),
                   "left out");
        return std::nullopt;
    }
    return one;
}

} // namespace

Device read_svd(const XmlFile& file, Report& report) {
    return SvdReader(file, report).device();
}

} // namespace gen
