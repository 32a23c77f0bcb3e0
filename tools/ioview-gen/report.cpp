// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report.hpp"

#include <fmt/format.h>

namespace gen {
namespace {

// A path without the places of indices, which readers put into names that lack them.
std::string bare(std::string_view path) {
    std::string out(path);
    for (const std::string_view index : {"[%s]", "%s"})
        for (std::size_t at = 0; (at = out.find(index, at)) != std::string::npos;)
            out.erase(at, index.size());
    return out;
}

bool is_in(std::string_view inner, std::string_view path) {
    return inner.size() > path.size() && inner.starts_with(path) && inner[path.size()] == '/';
}

bool is_at_or_in(std::string_view inner, std::string_view path) {
    return inner == path || is_in(inner, path);
}

} // namespace

void Report::add(const Where& where,
                 std::string_view element,
                 std::string what,
                 std::string done,
                 std::string member) {
    findings_.push_back({where,
                         std::string(element),
                         std::move(what),
                         std::move(done),
                         peripheral_,
                         std::move(member),
                         bare(element)});
}

void Report::keep_only(const std::set<std::string>& peripherals) {
    std::erase_if(findings_, [&](const Finding& one) {
        return !one.peripheral.empty() && !peripherals.contains(one.peripheral);
    });
}

void Report::rename(std::string_view from, std::string_view to) {
    const std::string before = bare(from);
    const std::string after = bare(to);
    for (Finding& one : findings_)
        if (is_at_or_in(one.key, before))
            one.key.replace(0, before.size(), after);
    const bool is_peripheral = from.find('/') == std::string_view::npos;
    for (Finding& one : findings_)
        if (is_peripheral && one.peripheral == from)
            one.peripheral = to;
}

void Report::remove(std::string_view path) {
    std::erase_if(findings_, [&, path = bare(path)](const Finding& one) {
        return is_at_or_in(one.key, path);
    });
}

void Report::mend(std::string_view path, std::string_view member) {
    std::erase_if(findings_, [&, path = bare(path)](const Finding& one) {
        // Enumerations are elements in that which they are a member of.
        return one.member == member &&
               (one.key == path || (member == "enumerations" && is_in(one.key, path)));
    });
}

void Report::replace(std::string_view path) {
    std::erase_if(findings_, [&, path = bare(path)](const Finding& one) {
        return one.key == path && one.done == "left out";
    });
}

std::string to_text(const Finding& finding) {
    return fmt::format("{}:{}: {}: {}; {}",
                       finding.where.file,
                       finding.where.line,
                       finding.element,
                       finding.what,
                       finding.done);
}

} // namespace gen
