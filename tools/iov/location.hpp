// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Where registers are, as people write it: a space, and a place in it.
//
//   00:04.0  00:04.0/config  00:04.0/bar0  saved.bin      // spaces
//   00:04.0/bar0@0x14  00:04.0/bar0@Config  00:04.0/config@command
//
//   Space space = open_space("00:04.0/bar0", machine, {.map = "nvme"});
//   const Place place = place_in(space, "Config", {});

#include "machine.hpp"
#include "medium.hpp"
#include "register_map.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iov {

struct SpaceOptions {
    std::string map;       // by name; empty: what the device says that it is
    bool to_write = false; // else writes fail
    bool is_shared =
        false; // a driver or another program may have it, and it is written all the same
};

struct Space {
    std::unique_ptr<Medium> medium;
    std::optional<RegisterMap> map;

    // Failure that says which maps there are.
    [[nodiscard]] const RegisterMap& known_map() const;
};

[[nodiscard]] Space
open_space(const std::string& text, const Machine& machine, const SpaceOptions& options);

// The part before the last @, and what is behind it; Failure without one.
struct SplitLocation {
    std::string space;
    std::string place;
};
[[nodiscard]] SplitLocation split_location(const std::string& text);

struct Place {
    std::uint64_t offset = 0;
    unsigned bytes = 4;
    const MappedRegister* which = nullptr; // the map's register there, of that width
};

// An offset, or the name of a register. width: in bits; without it as wide as the register, or 32.
// Failure for what is not in the map, and for an access that cannot be made.
[[nodiscard]] Place
place_in(const Space& space, const std::string& text, std::optional<unsigned> width);

// Failure for a read that changes something, unless its register is named.
void check_reading(const Space& space, const Place& place, const std::string& text);

} // namespace iov
