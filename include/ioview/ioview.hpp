// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The umbrella: everything that needs neither a heap nor an operating system. Doubles for tests are
// in testing.hpp, formatting in format.hpp.
//
//   #include <ioview/ioview.hpp>
//   namespace io = ioview;

// IWYU pragma: begin_exports
#include <ioview/backend/config_space.hpp>
#include <ioview/backend/io_sys_map.hpp>
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/port_io.hpp>
#include <ioview/backend/relaxed_mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/backend/write_combining.hpp>
#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/dma.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/flush.hpp>
#include <ioview/io.hpp>
#include <ioview/lo_hi.hpp>
#include <ioview/mmio_lock.hpp>
#include <ioview/pci.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/project.hpp>
#include <ioview/region.hpp>
#include <ioview/register.hpp>
#include <ioview/resource.hpp>
#include <ioview/span.hpp>
#include <ioview/version.hpp>
// IWYU pragma: end_exports
