// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "number.hpp"

#include <limits>

namespace gen {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The digits behind a prefix of either case; whether it was there.
bool take_prefix(std::string_view& text, std::string_view lower, std::string_view upper) {
    if (!text.starts_with(lower) && !text.starts_with(upper))
        return false;
    text.remove_prefix(lower.size());
    return true;
}

int digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

std::optional<std::uint64_t> digits(std::string_view text, unsigned base) {
    if (text.empty())
        return std::nullopt;
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t value = 0;
    for (const char c : text) {
        const auto next = static_cast<unsigned>(digit(c));
        if (next >= base || value > (most - next) / base)
            return std::nullopt;
        value = value * base + next;
    }
    return value;
}

// What a last letter multiplies by; 1 where there is none.
std::uint64_t take_unit(std::string_view& text) {
    if (text.empty())
        return 1;
    constexpr std::string_view units = "kmgtKMGT";
    const auto at = units.find(text.back());
    if (at == std::string_view::npos)
        return 1;
    text.remove_suffix(1);
    return std::uint64_t{1} << (10 * (at % 4 + 1));
}

} // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    if (take_prefix(text, "0x", "0X"))
        return digits(text, 16);
    if (take_prefix(text, "0b", "0B") || take_prefix(text, "#", "#"))
        return digits(text, 2);
    const std::uint64_t unit = take_unit(text);
    const auto value = digits(text, 10);
    if (!value || *value > std::numeric_limits<std::uint64_t>::max() / unit)
        return std::nullopt;
    return *value * unit;
}

std::optional<Pattern> parse_pattern(std::string_view text) {
    text = trimmed(text);
    std::string_view bits = text;
    if ((take_prefix(bits, "0b", "0B") || take_prefix(bits, "#", "#")) &&
        bits.find_first_of("xX") != std::string_view::npos) {
        if (bits.size() > 64)
            return std::nullopt;
        Pattern pattern;
        for (const char c : bits) {
            const bool is_any = c == 'x' || c == 'X';
            if (!is_any && c != '0' && c != '1')
                return std::nullopt;
            pattern.value = pattern.value << 1 | (c == '1' ? 1u : 0u);
            pattern.any = pattern.any << 1 | (is_any ? 1u : 0u);
        }
        return pattern;
    }
    const auto value = parse_number(text);
    if (!value)
        return std::nullopt;
    return Pattern{*value, 0};
}

std::optional<std::int64_t> parse_signed(std::string_view text) {
    text = trimmed(text);
    const bool is_negative = text.starts_with('-');
    if (is_negative)
        text.remove_prefix(1);
    const auto value = parse_number(text);
    if (!value || *value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    const auto as_signed = static_cast<std::int64_t>(*value);
    return is_negative ? -as_signed : as_signed;
}

} // namespace gen
