// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// `iov read`, `iov write` and `iov update`: one register, or one word where nothing is known.
//
//   const Plan plan = plan_update(space, place, {"enable=0"}, {});
//   fmt::print("{}", plan.text);                // what will be written, and what that changes
//   carry_out(plan, space);

#include "json.hpp"
#include "location.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iov {

// The value there, in the order that fields are counted in: one access.
[[nodiscard]] std::uint64_t read_at(const Space& space, const Place& place);

// 0x00000001 Status {fatal: 0, ready: 1}
[[nodiscard]] std::string read_text(const Place& place, std::uint64_t raw);
[[nodiscard]] Json read_json(const Space& space, const Place& place, std::uint64_t raw);

// What a write is going to do.
struct Plan {
    Place place;
    std::uint64_t value = 0;
    std::optional<std::uint64_t> before; // where it could be read without an effect
    std::string text;                    // lines for people
};

// Failure for a value that does not fit, and for a register that is read only.
[[nodiscard]] Plan plan_write(const Space& space, const Place& place, std::uint64_t value);

// Settings are FIELD=VALUE, or one number of which the bits under mask are set. One read. Failure
// where reading has an effect, or means nothing.
[[nodiscard]] Plan plan_update(const Space& space,
                               const Place& place,
                               const std::vector<std::string>& settings,
                               std::optional<std::uint64_t> mask);

[[nodiscard]] Json plan_json(const Space& space, const Plan& plan);

// One write.
void carry_out(const Plan& plan, const Space& space);

} // namespace iov
