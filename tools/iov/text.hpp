// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Numbers and addresses as people write them, and files as a whole.
//
//   try_number("0x40")             // 64; nothing for what is no number
//   try_address("00:1f.3")         // 0000:00:1f.3

#include <ioview/pci/address.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iov {

// Decimal, or hexadecimal after 0x; ' separates digits as in C++. The whole text is the number.
[[nodiscard]] std::optional<std::uint64_t> try_number(std::string_view text);

// 0000:00:1f.3, or 00:1f.3 in segment 0, as sysfs and lspci write it.
[[nodiscard]] std::optional<ioview::pci::Address> try_address(std::string_view text);

// 0x0000002a, with two digits for each of so many bytes.
[[nodiscard]] std::string hex(std::uint64_t value, unsigned bytes);

[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

// The bytes of a file, which may be a pipe or one of sysfs; Failure with what is missing. - is the
// standard input.
[[nodiscard]] std::string read_file(const std::string& path);
// The same without the line's end; nothing where there is no such file.
[[nodiscard]] std::optional<std::string> try_read_line(const std::string& path);

} // namespace iov
