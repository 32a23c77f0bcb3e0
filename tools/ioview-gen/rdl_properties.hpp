// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The properties of SystemRDL: which component has them, and what they can be.
//
//   const RdlProperty* property = find_rdl_property("onread");

#include "rdl_scope.hpp"

#include <cstdint>
#include <string_view>

namespace gen {

struct RdlProperty {
    std::string_view name;
    std::uint8_t types;          // bits of RdlType
    std::uint8_t kinds;          // bits of RdlValue::Kind
    std::string_view words = {}; // of a keyword: " rw r w "; empty: any

    [[nodiscard]] bool is_of(RdlType type) const {
        return (types >> static_cast<unsigned>(type) & 1u) != 0;
    }
};

[[nodiscard]] const RdlProperty* find_rdl_property(std::string_view name);

// The value as the property has it: a number that is a boolean as one. Failure where it can be none
// of the property.
[[nodiscard]] RdlValue
checked_rdl_value(const RdlProperty& property, RdlValue value, const RdlPlace& place);

} // namespace gen
