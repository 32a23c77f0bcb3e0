// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Where a register is: the third argument of Register. Each form is a file.
//
//   io::fixed<0x10>                                 // offset
//   io::array<0x80, 64, 8>                          // offset, count, stride
//   io::banked<0x2000, 64, 0x80, 32>                // offset, banks, their stride, count in each
//   io::relative<CpuBase, 0x10>                     // family of bases, offset
//   io::relative_array<CpuBase, 0x20, 4, 4>         // family, offset, count, stride
//   io::alias<Scratch, 3>                           // another register in the same place
//
// Each takes the block it belongs to as its last argument, if any: io::fixed<0x10, Pl011>.

#include <ioview/register/alias.hpp>          // IWYU pragma: export
#include <ioview/register/array.hpp>          // IWYU pragma: export
#include <ioview/register/banked.hpp>         // IWYU pragma: export
#include <ioview/register/fixed.hpp>          // IWYU pragma: export
#include <ioview/register/relative.hpp>       // IWYU pragma: export
#include <ioview/register/relative_array.hpp> // IWYU pragma: export
#include <ioview/register/unlocated.hpp>      // IWYU pragma: export
