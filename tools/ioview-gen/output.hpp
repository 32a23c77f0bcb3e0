// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Files and standard output, written whole or not at all.
//
//   write_file(directory / "uart.hpp", text);

#include <filesystem>
#include <string>

namespace gen {

// Leaves a file alone that has this text already, so that nothing that includes it is built again.
// Failure(Exit::unwritable) with the reason.
void write_file(const std::filesystem::path& path, const std::string& text);

// Makes the directory where it is missing.
void make_directory(const std::filesystem::path& path);

void write_standard_output(const std::string& text);

} // namespace gen
