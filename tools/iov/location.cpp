// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "location.hpp"

#include "bar_medium.hpp"
#include "config_map.hpp"
#include "saved_config.hpp"
#include "text.hpp"

#include <algorithm>
#include <utility>

namespace iov {
namespace {

std::string names_of_maps() {
    std::string names;
    for (const RegisterMap& each : all_maps())
        names += (names.empty() ? "" : ", ") + each.name;
    return names;
}

std::optional<RegisterMap> map_named(const std::string& name) {
    if (name.empty())
        return {};
    if (const RegisterMap* map = find_map(name))
        return *map;
    throw Failure(Exit::usage, "{}: no such map; there are {}", name, names_of_maps());
}

// Of devices that say what they are: by class, or by vendor and device.
std::optional<RegisterMap>
guessed(const Machine& machine, const pci::Address& address, unsigned bar) {
    const Summary is = machine.summary(address);
    const auto interface = machine.config(address).read<std::uint8_t>(0x09);
    if (bar == 0 && is.class_code == 0x0108 && interface == std::uint8_t{0x02})
        return map_named("nvme");
    if (bar == 0 && is.vendor == 0x1234 && is.device == 0x11e8)
        return map_named("edu");
    return {};
}

Space config_space(const Machine& machine, const pci::Address& address, bool to_write) {
    using Mode = pci::SysfsConfig::Mode;
    auto file = machine.config(address, to_write ? Mode::read_write : Mode::read_only);
    RegisterMap map = with_config(file, [](const auto& cfg) { return config_map(layout_of(cfg)); });
    return {std::make_unique<ConfigMedium<pci::SysfsConfig>>(to_string(address) + "/config",
                                                             std::move(file)),
            std::move(map)};
}

// Other bytes are as many as a configuration space has.
bool is_text(const std::string& bytes) {
    return bytes.size() != 64 && bytes.size() != 256 && bytes.size() != 4'096;
}

Space file_space(const std::string& path, const SpaceOptions& options) {
    auto map = map_named(options.map);
    const std::string bytes = map ? std::string() : read_file(path);
    auto saved = saved_functions(bytes);
    if (saved.size() > 1)
        throw Failure(Exit::usage,
                      "{}: {} functions are in it; `iov show --file` shows one of them",
                      path,
                      saved.size());
    if (!saved.empty() && options.to_write && is_text(bytes))
        throw Failure(Exit::usage, "{}: a text of lspci, which iov does not change", path);
    if (!saved.empty())
        map = with_config(saved[0].config,
                          [](const auto& cfg) { return config_map(layout_of(cfg)); });
    if (saved.empty() || options.to_write)
        return {std::make_unique<FileMedium>(path, options.to_write), std::move(map)};
    return {std::make_unique<ConfigMedium<SavedConfig>>(path, std::move(saved[0].config)),
            std::move(map)};
}

} // namespace

const RegisterMap& Space::known_map() const {
    if (!map)
        throw Failure(Exit::usage,
                      "{}: which registers has it? Say --map: {}. Reading registers of which "
                      "nothing is known could change them",
                      medium->name(),
                      names_of_maps());
    return *map;
}

Space open_space(const std::string& text, const Machine& machine, const SpaceOptions& options) {
    const std::size_t slash = text.find('/');
    const std::string rest = slash == text.npos ? "" : text.substr(slash + 1);
    if (!try_address(text.substr(0, slash)))
        return file_space(text, options);
    const pci::Address address = machine.find(text.substr(0, slash));
    if (rest.empty() || rest == "config") {
        if (!options.map.empty())
            throw Failure(Exit::usage, "--map is for BARs and files; {} has its own", text);
        return config_space(machine, address, options.to_write);
    }
    const auto number = rest.starts_with("bar") ? try_number(rest.substr(3)) : std::nullopt;
    if (!number || *number > 5)
        throw Failure(
            Exit::usage, "{}: a function has /config and /bar0 to /bar5, not /{}", text, rest);
    const auto bar = static_cast<unsigned>(*number);
    auto map = options.map.empty() ? guessed(machine, address, bar) : map_named(options.map);
    const bool is_open = !options.to_write || options.is_shared;
    return {open_bar(machine, address, bar, {is_open, is_open}), std::move(map)};
}

SplitLocation split_location(const std::string& text) {
    const std::size_t at = text.rfind('@');
    if (at == text.npos || at == 0 || at + 1 == text.size())
        throw Failure(Exit::usage,
                      "{}: no location; write SPACE@OFFSET or SPACE@REGISTER, as 00:04.0/bar0@0x14",
                      text);
    return {text.substr(0, at), text.substr(at + 1)};
}

Place place_in(const Space& space, const std::string& text, std::optional<unsigned> width) {
    Place made;
    if (const auto offset = try_number(text)) {
        made.offset = *offset;
        const unsigned bytes = width.value_or(0) / 8;
        for (const MappedRegister& each :
             space.map ? space.map->registers : std::vector<MappedRegister>{})
            if (each.offset == *offset && (!width || each.type.bytes == bytes))
                made.bytes = each.type.bytes;
    } else {
        const RegisterMap& map = space.known_map();
        made.which = map.find(text);
        if (made.which == nullptr) {
            std::string names;
            for (const MappedRegister& each : map.registers)
                names += (names.empty() ? "" : ", ") + each.name;
            throw Failure(
                Exit::usage, "{}: no register of {}, which has {}", text, map.name, names);
        }
        made.offset = made.which->offset;
        made.bytes = made.which->type.bytes;
        if (width && *width != 8 * made.bytes)
            throw Failure(
                Exit::usage, "{}: a register of {} bits, not {}", text, 8 * made.bytes, *width);
    }
    if (width && *width % 8 != 0)
        throw Failure(Exit::usage, "{} is no width; take 8, 16, 32 or 64", *width);
    if (width)
        made.bytes = *width / 8;
    space.medium->check(made.offset, made.bytes);
    if (made.which == nullptr && space.map)
        for (const MappedRegister& each : space.map->registers)
            if (made.which == nullptr && each.offset == made.offset &&
                each.type.bytes == made.bytes)
                made.which = &each;
    return made;
}

void check_reading(const Space& space, const Place& place, const std::string& text) {
    if (!space.map || !try_number(text))
        return;
    for (const MappedRegister& each : space.map->registers)
        if (each.type.reading_acts && each.offset < place.offset + place.bytes &&
            place.offset < each.offset + each.type.bytes)
            throw Failure(Exit::usage,
                          "{} at {:#x}: reading it has an effect; name it, if you mean that: @{}",
                          each.name,
                          each.offset,
                          each.name);
}

} // namespace iov
