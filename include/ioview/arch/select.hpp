// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Picks the instruction set's file; all of them have the same names.
//
//   #include <ioview/arch/select.hpp>

#include <ioview/config.hpp>

#if IOVIEW_ARCH_X86
#include <ioview/arch/x86.hpp>
#elif IOVIEW_ARCH_ARM64
#include <ioview/arch/arm64.hpp>
#elif IOVIEW_ARCH_RISCV
#include <ioview/arch/riscv.hpp>
#elif IOVIEW_ARCH_ARM
#include <ioview/arch/arm.hpp>
#elif IOVIEW_ARCH_POWERPC
#include <ioview/arch/powerpc.hpp>
#else
#include <ioview/arch/generic.hpp>
#endif
