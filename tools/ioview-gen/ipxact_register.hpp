// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers and fields of an IP-XACT file.
//
//   IpxactRegisters read(words, 1);
//   for (Register& one : read.registers(node, Access::read_write)) …

#include "ipxact_words.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gen {

class IpxactRegisters {
public:
    // `unit` is how many bytes a step of an address is.
    IpxactRegisters(IpxactWords& words, std::uint64_t unit) : words_(words), unit_(unit) {}

    // Of a <register>: itself, and its alternates.
    [[nodiscard]] std::vector<Register> registers(pugi::xml_node node, Access from_above);
    [[nodiscard]] Access access(pugi::xml_node node, Access from_above);
    // In bytes; none, and reported, where it is missing or cannot be.
    [[nodiscard]] std::optional<std::uint64_t> address(pugi::xml_node node, std::string_view name);
    // Of elements of so many bytes. The name gets its [%s]; false where there are too many.
    [[nodiscard]] bool
    dim(pugi::xml_node node, std::uint64_t size, std::string& name, std::optional<Dim>& dim);
    // Of what has none: reported.
    [[nodiscard]] std::string name(pugi::xml_node node);
    [[nodiscard]] std::string description(pugi::xml_node node) const;

private:
    [[nodiscard]] std::optional<Register> alternate(pugi::xml_node node, const Register& of);
    void fill(pugi::xml_node node, Register& one, Access from_above);
    [[nodiscard]] std::optional<Field> field(pugi::xml_node node, const Register& of);
    [[nodiscard]] WriteAction on_write(pugi::xml_node node, Field& field);
    [[nodiscard]] std::string constraint(pugi::xml_node node);
    void reset(pugi::xml_node node, unsigned low, unsigned width, Register& one);
    [[nodiscard]] std::vector<Enumeration> enumerations(pugi::xml_node node);

    IpxactWords& words_;
    std::uint64_t unit_;
};

} // namespace gen
