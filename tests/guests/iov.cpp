// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// iov, the tool, on a machine that has it beside lspci and setpci: what it lists, shows, reads and
// writes is what they say, and what it has to refuse it refuses.
#include "support/pci.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace io = ioview;

namespace {

using guest::Report;
using guest::Said;
using Words = std::vector<std::string>;

Said iov(Words words, ::uid_t user = 0) {
    words.insert(words.begin(), "/usr/bin/iov");
    return guest::run_program(std::move(words), user);
}
std::string setpci(const std::string& function, const Words& registers) {
    Words words{"/usr/bin/setpci", "-s", function};
    words.insert(words.end(), registers.begin(), registers.end());
    return guest::run_program(std::move(words)).out;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream{text};
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}
std::uint64_t number(const std::string& text) {
    return std::strtoull(text.c_str(), nullptr, 16);
}
// In the line of a check that has failed: why.
bool no(const std::string& why) {
    std::printf("%s ", std::regex_replace(why, std::regex{"[\n\t]+"}, " / ").c_str());
    return false;
}
bool is(const std::string& ours, const std::string& theirs) {
    return ours == theirs || no("iov: " + ours + ", and not: " + theirs);
}
// It ends with this exit code, and has this in what it says.
bool ends(const Said& said, int code, const std::string& part) {
    return (said.code == code && (said.out + said.err).find(part) != std::string::npos) ||
           no("exit code " + std::to_string(said.code) + ": " + said.out + said.err);
}

// ---- what lspci says ----

// A line of iov is the line of lspci, or what it begins with.
bool agrees(const std::string& ours, const std::string& theirs) {
    return theirs.compare(0, ours.size(), ours) == 0 &&
           (ours.size() == theirs.size() ||
            std::string(" ,:").find(theirs[ours.size()]) != std::string::npos);
}

bool shows_what_lspci_does(const std::string& function) {
    const Said shown = iov({"show", function});
    const Said said = guest::run_program({"/usr/bin/lspci", "-D", "-n", "-vv", "-s", function});
    if (shown.code != 0 || said.code != 0 || !shown.err.empty())
        return no(shown.err + said.err);
    auto theirs = lines_of(said.out);
    theirs[0] = std::regex_replace(theirs[0], std::regex{" \\(prog-if 00[^)]*\\)"}, "");
    // the width of a bridge's window lspci takes from the kernel, which does not tell it
    const auto ours = lines_of(
        std::regex_replace(shown.out,
                           std::regex{" 0{8}(\\w{8})-0{8}(\\w{8}) (\\[size=\\w+\\]) \\[64-bit\\]"},
                           " $1-$2 $3 [32-bit]"));
    auto next = theirs.begin();
    for (const std::string& line : ours) {
        next = std::find_if(
            next, theirs.end(), [&](const std::string& other) { return agrees(line, other); });
        if (next == theirs.end())
            return no("not in lspci: " + line + ": " + said.out);
        ++next;
    }
    // and these are in both
    const std::regex facts{
        "^\t(Subsystem|Control|Status|Latency|Interrupt|Region|Expansion ROM|Bus|"
        "I/O behind|Memory behind|Prefetchable|Secondary|BridgeCtl|Capabilities|"
        "Kernel driver).*"};
    for (const std::string& line : theirs) {
        if (std::regex_match(line, facts) &&
            std::none_of(
                ours.begin(), ours.end(), [&](const auto& our) { return agrees(our, line); }))
            return no("in lspci alone: " + line + ": " + shown.out);
    }
    return ours.size() > 3 || no(shown.out);
}

// ---- what setpci says ----

// Every register that iov shows of a function.
bool shows_what_setpci_reads(const std::string& function) {
    const std::regex row{"^0x([0-9a-f]{4}) (\\S+) +0x([0-9a-f]+).*"};
    Words registers;
    std::vector<std::uint64_t> values;
    Words names;
    for (const std::string& line : lines_of(iov({"show", function, "--fields"}).out)) {
        std::smatch part;
        if (!std::regex_match(line, part, row))
            return no("no register: " + line);
        const char width = part[3].length() == 2 ? 'b' : part[3].length() == 4 ? 'w' : 'l';
        registers.push_back(part[1].str() + '.' + width);
        names.push_back(part[2]);
        values.push_back(number(part[3]));
    }
    const auto read = lines_of(setpci(function, registers));
    if (read.size() != values.size() || values.size() < 20)
        return no(std::to_string(read.size()) + " and " + std::to_string(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (number(read[i]) != values[i])
            return no(names[i] + ": setpci has " + read[i]);
    }
    return true;
}

// The first so many of some; each takes a run of iov.
bool reads_what_setpci_reads(const std::string& function, std::size_t count) {
    const std::pair<const char*, const char*> registers[] = {{"command", "COMMAND"},
                                                             {"0x08", "8.l"},
                                                             {"vendor_id", "VENDOR_ID"},
                                                             {"status", "STATUS"},
                                                             {"bars[0]", "BASE_ADDRESS_0"},
                                                             {"interrupt_line", "INTERRUPT_LINE"},
                                                             {"0x2c", "2c.w"}};
    Words theirs;
    for (const auto& name : registers)
        theirs.emplace_back(name.second);
    const auto wanted = lines_of(setpci(function, theirs));
    for (std::size_t i = 0; i < std::min(count, std::size(registers)); ++i) {
        const Said said = iov({"read", function + "/config@" + registers[i].first});
        if (i >= wanted.size() || said.out.compare(0, 2 + wanted[i].size(), "0x" + wanted[i]) != 0)
            return no(registers[i].first + (": " + said.out) + said.err);
    }
    return true;
}

// ---- writing ----

void check_writing(Report& report, const std::string& edu) {
    const std::string line = edu + "/config@interrupt_line";
    const auto by_setpci = [&](const char* name) { return setpci(edu, {name}); };
    report.check("iov", "nothing is written that nobody has agreed to", [&] {
        const std::string before = by_setpci("INTERRUPT_LINE");
        return ends(iov({"write", line, "0x5a"}), 5, "") &&
               is(by_setpci("INTERRUPT_LINE"), before) && before != "5a\n";
    });
    report.check("iov", "nor by --dry-run", [&] {
        return ends(iov({"write", line, "0x5a", "--dry-run"}), 0, "0x5a") &&
               by_setpci("INTERRUPT_LINE") != "5a\n";
    });
    report.check("iov", "write --yes, read back by setpci and by iov", [&] {
        return ends(iov({"write", line, "0x5a", "--yes"}), 0, "0x5a") &&
               is(by_setpci("INTERRUPT_LINE"), "5a\n") && ends(iov({"read", line}), 0, "0x5a");
    });
    report.check("iov", "what setpci has written is read", [&] {
        setpci(edu, {"INTERRUPT_LINE=a5"});
        return ends(iov({"read", line}), 0, "0xa5");
    });
    report.check("iov", "update of one field, and no other bit", [&] {
        const std::uint64_t before = number(by_setpci("COMMAND"));
        const std::string command = edu + "/config@command";
        if (!ends(iov({"update", command, "bus_master=1", "memory_space=1", "--yes"}), 0, ""))
            return false;
        return number(by_setpci("COMMAND")) == (before | 0x6) || no(by_setpci("COMMAND"));
    });
}

// ---- edu's BAR ----

void check_bar(Report& report, const std::string& edu) {
    const std::string bar = edu + "/bar0";
    report.check("iov", "a BAR is not read while the function decodes no memory", [&] {
        setpci(edu, {"COMMAND=0:2"});
        const bool refused = ends(iov({"dump", bar}), 3, "memory_space=1");
        setpci(edu, {"COMMAND=2:2"});
        return refused;
    });
    report.check("iov", "edu by the names of its registers", [&] {
        const std::string text = iov({"dump", bar, "--map", "edu"}).out;
        return text.find("0x0000 Id ") == 0 &&
                       text.find("0x010000ed {major: 1, minor: 0, signature: 237}") <
                           text.find('\n') &&
                       text.find(" Factorial ") != std::string::npos
                   ? is(iov({"dump", bar}).out, text)
                   : no(text);
    });
    report.check("iov", "a factorial, by writing and reading", [&] {
        return ends(iov({"write", bar + "@Factorial", "5", "--yes"}), 0, "") &&
               ends(iov({"read", bar + "@Factorial"}), 0, "0x00000078");
    });
    report.check("iov", "a place that has no name, which complements what it is given", [&] {
        return ends(iov({"write", bar + "@0x4", "0x12345678", "--yes"}), 0, "") &&
               ends(iov({"read", bar + "@0x4"}), 0, "0xedcba987");
    });
}

// ---- what is refused ----

void check_refusals(Report& report, const std::string& edu) {
    const auto refuses = [&](const char* what, const Words& words, int code, const char* part) {
        report.check("iov", what, [&] { return ends(iov(words), code, part); });
    };
    refuses("past the end of a BAR", {"read", edu + "/bar0@0x100000"}, 2, "");
    refuses("over the end of a BAR", {"read", edu + "/bar0@0xffffe"}, 2, "");
    refuses("past the end of the configuration space", {"read", edu + "/config@0x1000"}, 2, "");
    refuses("a write past the end", {"write", edu + "/bar0@0x100000", "1", "--yes"}, 2, "");
    refuses("misaligned", {"read", edu + "/config@0x2", "--width", "32"}, 2, "");
    refuses("a BAR that there is not", {"read", edu + "/bar1@0"}, 3, "");
    refuses("a function that there is not", {"show", "00:1e.7"}, 3, "");
    report.check("iov", "another user reads what the kernel gives, and is told why no more", [&] {
        return ends(iov({"read", edu + "/config@command"}, 65'534), 0, "0x") &&
               ends(iov({"read", edu + "/config@0x40"}, 65'534), 4, "CAP_SYS_ADMIN") &&
               ends(iov({"dump", edu + "/bar0"}, 65'534), 4, "root");
    });
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        const std::string edu = io::pci::to_string(guest::find(0x1234, 0x11e8));
        report.check("iov", "list is what lspci -n says", [] {
            const std::string listed = iov({"list"}).out;
            return is(listed, guest::run_program({"/usr/bin/lspci", "-n"}).out) && !listed.empty();
        });
        for (const io::pci::Address& address : io::pci::sysfs_functions().value_or({})) {
            const std::string function = io::pci::to_string(address);
            const auto check = [&](const char* what, auto f) {
                report.check("iov", (function + ": " + what).c_str(), [&] { return f(function); });
            };
            check("shown as by lspci -vv", shows_what_lspci_does);
            check("shown with the values that setpci reads", shows_what_setpci_reads);
            check("read as by setpci", [&](const std::string& of) {
                return reads_what_setpci_reads(of, of == edu ? 7 : 1);
            });
        }
        check_writing(report, edu);
        check_bar(report, edu);
        check_refusals(report, edu);
    });
}
