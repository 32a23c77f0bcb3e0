// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RdlNode: an instance in the tree of a SystemRDL description, with its properties as they are in
// the end; an array is one. And how the tree is made of what the text says.
//
//   RdlNode top = elaborate_rdl(description, limits, report);

#include "rdl_properties.hpp"
#include "report.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gen {

struct RdlNode {
    RdlType type = RdlType::addrmap;
    std::string name;
    std::string alias_of; // another register beside it; may be empty
    RdlPlace place;
    std::vector<std::pair<const RdlProperty*, RdlValue>> properties;
    std::vector<RdlNode> children;

    // As they are written, then as lay_out_rdl finds them.
    std::vector<std::uint64_t> dims;
    std::optional<std::uint64_t> left;
    std::optional<std::uint64_t> right;
    std::optional<std::uint64_t> at;
    std::optional<std::uint64_t> stride;
    std::optional<std::uint64_t> align;

    // By lay_out_rdl: of addressed components in bytes, of fields in bits.
    std::uint64_t offset = 0;
    std::uint64_t size = 0;  // of one
    std::uint64_t count = 1; // of an array
    bool is_outside = false; // a field that is not in its register

    [[nodiscard]] const RdlValue* find(std::string_view property) const;
    [[nodiscard]] bool flag(std::string_view property) const;
    [[nodiscard]] std::string text(std::string_view property) const;
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view property) const;
    [[nodiscard]] bool is_present() const;
    void set(const RdlProperty& property, RdlValue value);
    [[nodiscard]] RdlNode* child(std::string_view wanted);
    // Of an array, all of it, with what is behind its last element as behind each.
    [[nodiscard]] std::uint64_t total() const {
        return dims.empty() ? size : std::max(size, count * stride.value_or(size));
    }
};

struct RdlLimits {
    std::size_t elements = 1'000'000; // components in the whole device
};

// The address maps that are put into nothing, or else the last that is defined: one, then. Failure
// where there is none, or something is not of the language.
[[nodiscard]] std::vector<RdlNode>
elaborate_rdl(const RdlDescription& description, const RdlLimits& limits, Report& report);

} // namespace gen
