// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a failed system call means for who runs iov: which permission or kernel option is missing,
// and how to get it.
//
//   throw cannot_open(path, errno);

#include "failure.hpp"

#include <string>

namespace iov {

// A file, of sysfs or any other, could not be opened or read.
[[nodiscard]] Failure cannot_open(const std::string& path, int error);
// A configuration space could not be read at this offset. Of 64 bytes on, that is CAP_SYS_ADMIN.
[[nodiscard]] Failure cannot_read_config(const std::string& function, std::uint64_t offset);
// Configuration space, or a BAR, could not be written, or a BAR not be mapped.
[[nodiscard]] Failure cannot_write_config(const std::string& function, int error);
[[nodiscard]] Failure cannot_map(const std::string& path, int error);

} // namespace iov
