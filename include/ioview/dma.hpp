// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Memory shared with a device: owners, views with a DMA address, handing over by an index.
//
//   auto ring = io::Coherent<Ring, MyDma>::zeroed(dma);
//   IO_WRITE(*ring, entries, at(0), length, 64u);
//   io::publish(IO_PROJECT(*ring, head), 1u);

// IWYU pragma: begin_exports
#include <ioview/backend/coherent.hpp>
#include <ioview/dma/borrow.hpp>
#include <ioview/dma/box.hpp>
#include <ioview/dma/coherent.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/dma/handle.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/dma/identity.hpp>
#include <ioview/dma/ring.hpp>
// IWYU pragma: end_exports
