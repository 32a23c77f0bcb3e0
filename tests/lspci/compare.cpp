// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Compares what ioview reads and decodes of PCI functions with `lspci -D -n -vv -xxxx`:
//   compare machine       every word and every decoded field of this machine's functions
//   compare simulated     those of examples/pci_simulated.hpp, which lspci reads from a dump
//   compare random [seed] functions with random registers and capability lists
// Exits with 77 where there is nothing to compare with.

#include <ioview/linux/sysfs_config.hpp>
#include <ioview/pci/bus.hpp>
#include <ioview/testing/pci.hpp>

#include "pci_print.hpp"
#include "pci_simulated.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace io = ioview;
namespace pci = ioview::pci;

constexpr int skip = 77;

// ---- what lspci says ----

struct Listed {
    std::vector<std::string> lines;
    std::map<unsigned, std::uint8_t> bytes;
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// The functions by address, as "0000:00:03.0"; nothing when lspci is not there.
std::map<std::string, Listed> run_lspci(const std::string& options) {
    const std::string command = "LC_ALL=C lspci -D -n -vv -xxxx " + options + " 2>/dev/null";
    std::string text;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr)
        return {};
    std::array<char, 4'096> part{};
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), pipe))
        text.append(part.data(), count);
    ::pclose(pipe);

    std::map<std::string, Listed> all;
    Listed* listed = nullptr;
    for (const std::string& line : lines_of(text)) {
        if (line.empty()) {
            listed = nullptr;
        } else if (listed == nullptr) {
            listed = &all[line.substr(0, line.find(' '))];
            // names of the database, and what is zero
            listed->lines.push_back(std::regex_replace(
                line, std::regex(R"( \[[^\]]*\]|( \(prog-if 00( \[[^\]]*\])?\)))"), ""));
        } else if (line[0] == '\t') {
            listed->lines.push_back(line);
        } else {
            const auto start = static_cast<unsigned>(std::strtoul(line.c_str(), nullptr, 16));
            std::size_t at = line.find(':') + 2;
            for (unsigned i = 0; i < 16; ++i, at += 3)
                listed->bytes[start + i] =
                    static_cast<std::uint8_t>(std::strtoul(&line.at(at), nullptr, 16));
        }
    }
    return all;
}

// ---- the comparison ----

// lspci's line says what ours does, and perhaps more after it.
bool agrees(std::string_view ours, std::string_view lspci) {
    return lspci.substr(0, ours.size()) == ours &&
           (lspci.size() == ours.size() ||
            std::string_view(" ,:").find(lspci[ours.size()]) != std::string_view::npos);
}

// What we decode, and so may not leave out.
bool is_decoded(std::string_view line) {
    if (line.substr(0, 17) == "\tInterrupt: pin ?") // no pin, a line all the same
        return false;
    static constexpr std::string_view starts[] = {
        "\tControl:",       "\tStatus:",       "\tSubsystem:",      "\tLatency:",
        "\tInterrupt: pin", "\tRegion ",       "\tExpansion ROM",   "\tBus:",
        "\tI/O behind",     "\tMemory behind", "\tPrefetchable",    "\tSecondary status",
        "\tBridgeCtl",      "\tCapabilities:", "\t\tFlags: PMEClk", "\t\tStatus: D",
        "\t\tAddress:",     "\t\tMasking:",    "\t\tVector table",  "\t\tPBA",
        "\t\tDevSta",       "\t\tLnkSta:"};
    for (const std::string_view start : starts) {
        if (line.substr(0, start.size()) == start)
            return true;
    }
    return false;
}

// Of a dump, lspci lists the second half of a 64-bit register as a region of its own.
void drop_second_halves(const pci::Bars& bars, std::vector<std::string>& lines) {
    for (unsigned i = 0; i + 1 < bars.count; ++i) {
        const std::string start = fmt::format("\tRegion {}:", i + 1);
        if (bars.bar[i].kind == pci::BarKind::memory64)
            std::erase_if(lines, [&](const std::string& l) { return l.rfind(start, 0) == 0; });
    }
}

// Faults found, one a line; each of our lines is in lspci's text, in order, and none is missing.
std::string compare_text(const std::string& ours, const Listed& listed) {
    std::string faults;
    std::size_t next = 0;
    for (const std::string& line : lines_of(ours)) {
        std::size_t at = next;
        while (at < listed.lines.size() && !agrees(line, listed.lines[at]))
            ++at;
        if (at == listed.lines.size()) {
            faults += "  lspci does not have: " + line + '\n';
            continue;
        }
        for (; next < at; ++next) {
            if (is_decoded(listed.lines[next]))
                faults += "  only lspci has:      " + listed.lines[next] + '\n';
        }
        ++next;
    }
    for (; next < listed.lines.size(); ++next) {
        if (is_decoded(listed.lines[next]))
            faults += "  only lspci has:      " + listed.lines[next] + '\n';
    }
    return faults;
}

template <class Fn>
std::string compare_words(const Fn& function, const Listed& listed) {
    std::string faults;
    for (const auto& [offset, byte] : listed.bytes) {
        if (offset % 4 != 0)
            continue;
        std::uint32_t theirs = 0;
        for (unsigned i = 0; i < 4; ++i)
            theirs |= std::uint32_t{listed.bytes.at(offset + i)} << 8 * i;
        const auto ours = function.template read<std::uint32_t>(static_cast<std::uint16_t>(offset));
        if (!ours || *ours != theirs)
            faults += fmt::format("  word {:#x}: lspci has {:08x}, ioview {}\n",
                                  offset,
                                  theirs,
                                  ours ? fmt::format("{:08x}", *ours) : to_string(ours.error()));
    }
    return faults;
}

template <class Fn>
io::Result<pci_list::Function> decode(const Fn& function) {
    if (const auto cfg = io::ConfigSpace<Fn, pci::Extended>::of(function))
        return pci_list::decode(*cfg);
    const auto cfg = io::ConfigSpace<Fn, pci::Normal>::of(function);
    return cfg ? pci_list::decode(*cfg) : io::fail(cfg.error());
}

template <class Fn>
std::string compare(const pci::Address& address,
                    const Fn& function,
                    Listed listed,
                    const std::string& directory = {}) {
    auto decoded = decode(function);
    if (!decoded)
        return fmt::format("  not decoded: {}\n", to_string(decoded.error()));
    drop_second_halves(decoded->bars, listed.lines);
    if (const auto resources = pci::sysfs_resources(directory)) {
        for (unsigned i = 0; i < decoded->bars.count && i < resources->size(); ++i)
            decoded->bars.bar[i].size = (*resources)[i].size();
    }
    std::string text = pci_list::to_text(address, *decoded);
    if (listed.bytes.size() == 64) { // an ordinary user is shown no more; both say so, differently
        text = std::regex_replace(text, std::regex("\tCapabilities: <io_error>\n"), "");
        std::erase(listed.lines, "\tCapabilities: <access denied>");
    }
    return compare_words(function, listed) + compare_text(text, listed);
}

// ---- subjects ----

std::string compare_machine(const std::vector<pci::Address>& addresses) {
    const auto listed = run_lspci("");
    std::string faults;
    if (listed.size() != addresses.size())
        faults +=
            fmt::format("lspci has {} functions, ioview {}\n", listed.size(), addresses.size());
    for (const pci::Address& address : addresses) {
        const std::string name = to_string(address);
        const std::string directory = std::string(pci::sysfs_devices) + '/' + name;
        const auto function = pci::SysfsConfig::open(directory);
        const auto theirs = listed.find(name);
        if (!function || theirs == listed.end()) {
            faults += name + ": not in both\n";
            continue;
        }
        const std::string found = compare(address, *function, theirs->second, directory);
        if (!found.empty())
            faults += name + '\n' + found;
    }
    return faults;
}

using Functions = std::map<pci::Address, const io::testing::PciFunction*>;

// lspci reads a text of the form that its -x prints.
std::string compare_dump(const Functions& functions) {
    char name[] = "/tmp/ioview-lspci-XXXXXX";
    const int file = ::mkstemp(name);
    if (file < 0)
        return "no temporary file\n";
    std::FILE* dump = ::fdopen(file, "w");
    for (const auto& [address, function] : functions) {
        fmt::print(dump, "{} Class\n", to_string(address));
        for (std::size_t at = 0; at < function->size(); ++at) {
            if (at % 16 == 0)
                fmt::print(dump, "{:02x}:", at);
            const auto byte = function->read<std::uint8_t>(static_cast<std::uint16_t>(at));
            fmt::print(dump, " {:02x}{}", *byte, at % 16 == 15 ? "\n" : "");
        }
        fmt::print(dump, "\n");
    }
    std::fclose(dump);
    const auto listed = run_lspci(std::string("-F ") + name);
    std::string faults;
    for (const auto& [address, function] : functions) {
        const auto theirs = listed.find(to_string(address));
        const std::string found = theirs == listed.end()
                                      ? "  lspci does not list it\n"
                                      : compare(address, *function, theirs->second);
        if (!found.empty())
            faults += to_string(address) + '\n' + found;
    }
    ::unlink(name);
    return faults;
}

// One random function. Lists are sound here: what each side makes of others is its own affair.
std::unique_ptr<io::testing::PciFunction> random_function(std::mt19937& random) {
    const auto number = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
    const auto word = [&] { return static_cast<std::uint32_t>(random()); };
    const bool has_extended = number(2) == 0;
    auto made = std::make_unique<io::testing::PciFunction>(has_extended ? 4'096 : 256, random());
    auto& f = *made;
    // vendors and classes that lspci has nothing special for
    f.identify(static_cast<std::uint16_t>(0x8087 + number(0x1000)),
               static_cast<std::uint16_t>(word()),
               0x02'0000 - number(2) * 0x01'0000 + number(0x100) * 0x100,
               static_cast<std::uint8_t>(number(256)));
    f.put(0x04, word() & 0x07ff, 2).put(0x06, word() & 0xffef, 2).put(0x0c, word(), 2);
    const bool is_bridge = number(3) == 0;
    if (is_bridge) {
        f.bridge(0, static_cast<std::uint8_t>(number(8)), static_cast<std::uint8_t>(number(8)));
        f.put(0x08, 0x0604'0000 | number(256), 4);
        f.put(0x1b, word(), 1).put(0x1c, (word() & 0xf0f0) | (number(2) * 0x0101), 2);
        f.put(0x1e, word(), 2).put(0x20, word() & 0xfff0'fff0, 4);
        f.put(0x24, (word() & 0xfff0'fff0) | (number(2) * 0x0001'0001), 4);
        f.put(0x28, number(4), 4).put(0x2c, number(4), 4).put(0x30, word() & 0x0003'0003, 4);
        f.put(0x38, (word() & 0xffff'f800) | number(2), 4);
        f.put(0x3e, word() & 0xffff, 2);
    } else {
        f.put(0x2c, word(), 4).put(0x30, (word() & 0xffff'f800) | number(2), 4);
        f.put(0x3e, word(), 2);
    }
    f.put(0x3c, word(), 1).put(0x3d, number(5), 1);
    const unsigned bars = is_bridge ? 2 : 6;
    for (unsigned i = 0; i < bars; ++i) {
        const unsigned kind = number(5);
        if (kind == 0)
            f.io_bar(i, word() & 0xfffc, 4);
        else if (kind == 1)
            f.memory_bar(i, word() & 0xffff'f000, 4'096, number(2) == 0);
        else if (kind == 2)
            f.memory_bar(i, (word() & 0x000f'f000) | 2, 4'096);
        else if (kind == 3 && i + 1 < bars)
            f.memory64_bar(i, std::uint64_t{word()} << 32 | (word() & 0xffff'f000), 4'096), ++i;
    }
    if (has_extended || number(4) != 0) {
        unsigned at = 0x40;
        const auto room = [&](unsigned bytes) { return at + bytes <= 0x100; };
        const auto fill = [&](unsigned id, unsigned bytes) {
            f.capability(at, static_cast<std::uint8_t>(id), bytes);
            for (unsigned i = 2; i < bytes; ++i)
                f.put(at + i, word(), 1);
            at += bytes + 4 * number(2);
        };
        const unsigned express = at;
        if (has_extended) {
            fill(0x10, 0x3c);
            f.put(express + 2, (word() & 0x3f0f) | number(11) << 4, 2);
        }
        for (unsigned i = number(6); i > 0 && at < 0xd0; --i) {
            switch (number(5)) {
            case 0:
                fill(0x01, 8);
                break;
            case 1:
                fill(0x05, 0x18);
                break;
            case 2:
                fill(0x11, 12);
                break;
            case 3:
                fill(0x09, 8);
                break;
            default: // by name only; the others of lspci look further
                static constexpr unsigned others[] = {0x06, 0x0b, 0x0c, 0x0e, 0x0f, 0x16, 0x47};
                fill(others[number(std::size(others))], 8);
                break;
            }
            if (!room(0x18))
                break;
        }
    }
    if (has_extended) {
        unsigned at = 0x100;
        for (unsigned i = number(6); i > 0; --i) {
            static constexpr unsigned ids[] = {0x01,
                                               0x03,
                                               0x04,
                                               0x0d,
                                               0x0e,
                                               0x0f,
                                               0x13,
                                               0x16,
                                               0x18,
                                               0x19,
                                               0x1b,
                                               0x1d,
                                               0x1e,
                                               0x1f,
                                               0x25,
                                               0x26,
                                               0x27,
                                               0x40,
                                               0x1234};
            f.extended_capability(at,
                                  static_cast<std::uint16_t>(ids[number(std::size(ids))]),
                                  static_cast<std::uint8_t>(1 + number(15)),
                                  0x60);
            at += 0x60 + 4 * number(20);
        }
    }
    return made;
}

std::string compare_random(std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<std::unique_ptr<io::testing::PciFunction>> made;
    Functions functions;
    for (unsigned i = 0; i < 256; ++i) {
        made.push_back(random_function(random));
        const pci::Address address{.bus = static_cast<std::uint8_t>(i / 32),
                                   .device = static_cast<std::uint8_t>(i % 32)};
        functions[address] = made.back().get();
    }
    return compare_dump(functions);
}

int report(const std::string& faults) {
    if (faults.empty())
        return 0;
    fmt::print("{}", faults);
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::string subject = argc > 1 ? argv[1] : "";
    if (std::system("lspci --version >/dev/null 2>&1") != 0) {
        fmt::print("no lspci\n");
        return skip;
    }
    if (subject == "machine") {
        const auto addresses = pci::sysfs_functions();
        if (!addresses || addresses->empty()) {
            fmt::print("no PCI\n");
            return skip;
        }
        // devices change their registers while they work: three looks
        std::string faults = compare_machine(*addresses);
        for (int again = 0; again < 2 && !faults.empty(); ++again)
            faults = compare_machine(*addresses);
        return report(faults);
    }
    if (subject == "simulated") {
        pci_list::SimulatedMachine machine;
        return report(compare_dump({{{.bus = 0, .device = 3}, &machine.network},
                                    {{.bus = 0, .device = 0x1c}, &machine.bridge},
                                    {{.bus = 1, .device = 0}, &machine.disk}}));
    }
    if (subject == "random") {
        const auto seed =
            static_cast<std::uint32_t>(argc > 2 ? std::strtoul(argv[2], nullptr, 0) : 1);
        fmt::print("seed {}\n", seed);
        return report(compare_random(seed));
    }
    fmt::print(stderr, "usage: compare machine|simulated|random [seed]\n");
    return 2;
}
