// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The register of a SystemRDL tree that is laid out as a register of the model.
//
//   if (auto one = rdl_register(node, false, "UART", report)) …

#include "model.hpp"
#include "rdl_tree.hpp"

#include <optional>
#include <string>

namespace gen {

// None, and reported, for what ioview cannot reach: of more than 64 bits. `path` is what holds it.
[[nodiscard]] std::optional<Register>
rdl_register(const RdlNode& node, bool is_big_endian, const std::string& path, Report& report);

// None for what is no array. The name gets its [%s].
[[nodiscard]] std::optional<Dim>
rdl_dim(const RdlNode& node, std::string& name, const std::string& path, Report& report);

// Its description, or else the name that is for people.
[[nodiscard]] std::string rdl_description(const RdlNode& node);

} // namespace gen
