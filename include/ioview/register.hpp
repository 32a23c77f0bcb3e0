// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Registers: their places, fields and access kinds, declared as the manual prints them.
//
//   struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
//       IO_FIELDS(bits(31, 16, divisor), bits(6, 4, mode, Mode), bit(1, overrun, io::w1c));
//   };
//   bar.update<Control>([](Control r) { return r.with_divisor(12); });

// IWYU pragma: begin_exports
// First, so that what compilers say of a place or a value is lines shorter.
// clang-format off
#include <ioview/register/location.hpp>
#include <ioview/register/in_place.hpp>
// clang-format on
#include <ioview/project/outcome.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/block.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/register/field.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/for_each_field.hpp>
#include <ioview/register/macros.hpp>
#include <ioview/register/modify_macros.hpp>
#include <ioview/register/names.hpp>
#include <ioview/register/register.hpp>
// IWYU pragma: end_exports
