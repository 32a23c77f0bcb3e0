// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Numbers as CMSIS-SVD writes them: 16, 0x10, 0X10, #10000, 0b10000; enumerated values with bits
// that may be either: 0b1x0, #1X.
//
//   if (const auto size = parse_number("0x1000")) …

#include <cstdint>
#include <optional>
#include <string_view>

namespace gen {

// So many low bits; all for 64 and more.
[[nodiscard]] constexpr std::uint64_t mask_of(std::uint64_t bits) {
    return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
}

// Of ASCII, whatever the locale.
[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct Pattern {
    std::uint64_t value = 0;
    std::uint64_t any = 0; // bits that are written as x
};

// None where the text is no number of at most 64 bits; blanks around it do not matter, nor do
// leading zeros, a sign + and the suffixes k, m, g, t for powers of 1024.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);
[[nodiscard]] std::optional<Pattern> parse_pattern(std::string_view text);
// With a sign: values of interrupts and enumerations that are negative on paper.
[[nodiscard]] std::optional<std::int64_t> parse_signed(std::string_view text);

} // namespace gen
