// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "saved_config.hpp"

#include "text.hpp"

#include <charconv>

namespace iov {
namespace {

using Bytes = std::vector<std::optional<std::uint8_t>>;

// "40: 05 00 …", as lspci prints sixteen bytes; false for any other line.
bool take_bytes(const std::string& line, Bytes& into) {
    const char* at = line.data();
    const char* const last = at + line.size();
    unsigned offset = 0;
    const auto start = std::from_chars(at, last, offset, 16);
    if (start.ec != std::errc{} || start.ptr == last || *start.ptr != ':' || offset % 16 != 0 ||
        offset >= 4'096)
        return false;
    at = start.ptr + 1;
    Bytes row;
    while (at != last && *at == ' ' && at + 1 != last && *(at + 1) != ' ') {
        unsigned byte = 0;
        const auto digits = std::from_chars(at + 1, last, byte, 16);
        if (digits.ec != std::errc{} || digits.ptr != at + 3)
            return false;
        row.emplace_back(static_cast<std::uint8_t>(byte));
        at = digits.ptr;
    }
    if (row.size() != 16)
        return false;
    if (into.size() < offset + 16)
        into.resize(offset + 16);
    std::copy(row.begin(), row.end(), into.begin() + offset);
    return true;
}

std::vector<SavedFunction> of_text(std::string_view text) {
    std::vector<SavedFunction> found;
    Bytes bytes;
    ioview::pci::Address address;
    bool has_address = false;
    const auto end_function = [&] {
        if (!bytes.empty())
            found.push_back({address, has_address, SavedConfig(std::move(bytes))});
        bytes = {};
        has_address = false;
    };
    for (const std::string& line : lines_of(text)) {
        if (take_bytes(line, bytes))
            continue;
        if (const auto named = try_address(line.substr(0, line.find(' ')))) {
            end_function();
            address = *named;
            has_address = true;
        } else if (line.empty()) {
            end_function();
        }
    }
    end_function();
    return found;
}

} // namespace

std::vector<SavedFunction> saved_functions(std::string_view bytes) {
    auto found = of_text(bytes);
    if (!found.empty() || (bytes.size() != 64 && bytes.size() != 256 && bytes.size() != 4'096))
        return found;
    Bytes all;
    for (const char byte : bytes)
        all.emplace_back(static_cast<std::uint8_t>(byte));
    found.push_back({{}, false, SavedConfig(std::move(all))});
    return found;
}

} // namespace iov
