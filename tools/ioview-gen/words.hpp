// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Words: what CMSIS-SVD calls the values of an enumeration of the model; the JSON form says the
// same.
//
//   word_of(Access::read_only)                  "read-only"
//   find_word<WriteAction>("oneToClear")        WriteAction::one_to_clear

#include "model.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace gen {

template <class Enum>
struct Words; // the words of an enumeration, and its value for each

template <>
struct Words<Access> {
    static constexpr std::array<std::pair<std::string_view, Access>, 5> all = {{
        {"read-write", Access::read_write},
        {"read-only", Access::read_only},
        {"write-only", Access::write_only},
        {"writeOnce", Access::write_once},
        {"read-writeOnce", Access::read_write_once},
    }};
};

template <>
struct Words<WriteAction> {
    static constexpr std::array<std::pair<std::string_view, WriteAction>, 9> all = {{
        {"modify", WriteAction::modify},
        {"oneToClear", WriteAction::one_to_clear},
        {"oneToSet", WriteAction::one_to_set},
        {"oneToToggle", WriteAction::one_to_toggle},
        {"zeroToClear", WriteAction::zero_to_clear},
        {"zeroToSet", WriteAction::zero_to_set},
        {"zeroToToggle", WriteAction::zero_to_toggle},
        {"clear", WriteAction::clear},
        {"set", WriteAction::set},
    }};
};

template <>
struct Words<ReadAction> {
    static constexpr std::array<std::pair<std::string_view, ReadAction>, 5> all = {{
        {"none", ReadAction::none},
        {"clear", ReadAction::clear},
        {"set", ReadAction::set},
        {"modify", ReadAction::modify},
        {"modifyExternal", ReadAction::modify_external},
    }};
};

template <>
struct Words<Enumeration::Usage> {
    static constexpr std::array<std::pair<std::string_view, Enumeration::Usage>, 3> all = {{
        {"read-write", Enumeration::Usage::read_write},
        {"read", Enumeration::Usage::read},
        {"write", Enumeration::Usage::write},
    }};
};

template <class Enum>
[[nodiscard]] constexpr std::string_view word_of(Enum value) {
    for (const auto& [word, meaning] : Words<Enum>::all)
        if (meaning == value)
            return word;
    return {};
}

// None for what is no word of it.
template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> find_word(std::string_view text) {
    for (const auto& [word, meaning] : Words<Enum>::all)
        if (word == text)
            return meaning;
    return std::nullopt;
}

} // namespace gen
