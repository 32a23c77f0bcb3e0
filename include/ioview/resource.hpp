// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Owners of what a system hands out, over a mapper that the user supplies: IoMem, ExclusiveIoMem,
// and Devres for what ends with its device.
//
//   auto regs = io::ExclusiveIoMem<io::Region<0x1000>, MyMapper>::map(mapper, resource);

// IWYU pragma: begin_exports
#include <ioview/resource/devres.hpp>
#include <ioview/resource/io_mem.hpp>
#include <ioview/resource/mapper.hpp>
// IWYU pragma: end_exports
