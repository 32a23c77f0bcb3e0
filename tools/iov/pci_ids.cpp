// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pci_ids.hpp"

#include "text.hpp"

#include <fmt/format.h>

namespace iov {

// Lines of vendors, a tab before their devices; lines of classes begin with C.
PciIds PciIds::parse(std::string_view text) {
    PciIds made;
    std::string above; // the vendor or class whose lines these are
    bool is_class = false;
    for (const std::string& line : lines_of(text)) {
        const bool is_below = line.starts_with('\t');
        if (line.empty() || line[0] == '#' || line.starts_with("\t\t"))
            continue;
        const std::size_t start = is_below ? 1 : line.starts_with("C ") ? 2 : 0;
        const std::size_t gap = line.find("  ", start);
        if (gap == line.npos)
            continue;
        const std::string id = line.substr(start, gap - start);
        const std::string name = line.substr(gap + 2);
        if (!is_below) {
            above = id;
            is_class = start == 2;
            made.names_[(is_class ? 'c' : 'v') + id] = name;
        } else if (is_class) {
            made.names_[fmt::format("s{}{}", above, id)] = name;
        } else {
            made.names_[fmt::format("d{}:{}", above, id)] = name;
        }
    }
    return made;
}

PciIds PciIds::of_this_machine() {
    for (const char* path :
         {"/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids", "/usr/share/pci.ids"}) {
        if (const auto text = try_read_line(path))
            return parse(*text);
    }
    return {};
}

std::string PciIds::name(const std::string& key) const {
    const auto found = names_.find(key);
    return found == names_.end() ? std::string() : found->second;
}
std::string PciIds::vendor_name(std::uint16_t vendor) const {
    return name(fmt::format("v{:04x}", vendor));
}
std::string PciIds::device_name(std::uint16_t vendor, std::uint16_t device) const {
    return name(fmt::format("d{:04x}:{:04x}", vendor, device));
}
std::string PciIds::class_name(std::uint16_t class_code) const {
    const std::string sub_class = name(fmt::format("s{:04x}", class_code));
    return sub_class.empty() ? name(fmt::format("c{:02x}", class_code >> 8)) : sub_class;
}

std::string PciIds::class_text(std::uint16_t class_code) const {
    const std::string known = class_name(class_code);
    return fmt::format("{} [{:04x}]", known.empty() ? "Class" : known, class_code);
}

std::string PciIds::device_text(std::uint16_t vendor, std::uint16_t device) const {
    const std::string maker = vendor_name(vendor);
    const std::string model = device_name(vendor, device);
    return fmt::format("{}{}{} [{:04x}:{:04x}]",
                       maker,
                       maker.empty() ? "" : " ",
                       model.empty() ? "Device" : model,
                       vendor,
                       device);
}

} // namespace iov
