// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// Picks the instruction set's file; all of them have the same names.
//
//   #include <ioview/arch/select.hpp>

#include <ioview/config.hpp>

#if IOVIEW_ARCH_X86
#include <ioview/arch/x86.hpp> // IWYU pragma: export
#elif IOVIEW_ARCH_ARM64
#include <ioview/arch/arm64.hpp> // IWYU pragma: export
#elif IOVIEW_ARCH_RISCV
#include <ioview/arch/riscv.hpp> // IWYU pragma: export
#elif IOVIEW_ARCH_ARM
#include <ioview/arch/arm.hpp> // IWYU pragma: export
#elif IOVIEW_ARCH_POWERPC
#include <ioview/arch/powerpc.hpp> // IWYU pragma: export
#elif IOVIEW_ARCH_MIPS
#include <ioview/arch/mips.hpp> // IWYU pragma: export
#else
#include <ioview/arch/generic.hpp> // IWYU pragma: export
#endif
