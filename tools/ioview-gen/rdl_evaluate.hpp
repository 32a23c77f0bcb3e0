// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What an expression of SystemRDL is, with the parameters that are seen from where it stands.
//
//   const std::uint64_t offset = rdl_number(*instance.at, view);
//
// Numbers are of 64 bits and never negative: a result that does not fit is refused.

#include "rdl_scope.hpp"

namespace gen {

[[nodiscard]] RdlValue rdl_value(const RdlExpression& expression, const RdlView& view);
// Failure where it is no number, nor what can be taken as one.
[[nodiscard]] std::uint64_t rdl_number(const RdlExpression& expression, const RdlView& view);
[[nodiscard]] std::string rdl_text(const RdlExpression& expression, const RdlView& view);

// "a number", for messages.
[[nodiscard]] std::string_view rdl_kind(const RdlValue& value);

} // namespace gen
