// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Doubles for driver tests: simulated memory, devices and DMA, scripts of expected accesses,
// faults, posted writes, and a log of accesses. Not part of the umbrella.
//
//   io::testing::Memory<sizeof(Pl011)> mem;
//   put(mem.view<Pl011>(), 'A');

#if !__STDC_HOSTED__
#error "ioview/testing.hpp needs a hosted implementation"
#endif

// IWYU pragma: begin_exports
#include <ioview/testing/cached_fake_dma.hpp>
#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/posted.hpp>
#include <ioview/testing/recorder.hpp>
#include <ioview/testing/script.hpp>
// IWYU pragma: end_exports
