// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Text of C++ of at most 100 columns.
//
//   comment("UARTDR: the data register", "")          // UARTDR: the data register

#include <string>
#include <string_view>
#include <vector>

namespace gen {

inline constexpr std::size_t columns = 100;

// Words in lines of at most so many columns; a longer word is a line of its own.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view said, std::size_t width);

// Lines of a comment; nothing for no text.
[[nodiscard]] std::string comment(std::string_view text, std::string_view indent);

// "opening(a, b, c)closing", with the arguments one below the other where they are too long.
[[nodiscard]] std::string call(const std::string& opening,
                               const std::vector<std::string>& arguments,
                               const std::string& closing);

// Items of a macro, one a line, each with its remark behind it.
struct Item {
    std::string code;
    std::string remark;
};
[[nodiscard]] std::string
items(const std::string& opening, const std::vector<Item>& all, const std::string& closing);

} // namespace gen
