// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The macros alone, which a module cannot export: IO_PROJECT, IO_READ, IO_WRITE, IO_UPDATE,
// IO_FIELDS, IO_SELF, IO_MODIFY, IO_VALUE with their long forms, and IOVIEW_VERSION.
//
//   #include <ioview/macros.hpp>
//   import ioview;
//
// Where IOVIEW_NO_SHORT_MACROS is defined before the first header, only the long forms are: a
// program that has an IO_READ of its own writes IOVIEW_READ.

// IWYU pragma: begin_exports
#include <ioview/project/macros.hpp>
#include <ioview/register/macros.hpp>
#include <ioview/register/modify_macros.hpp>
#include <ioview/version.hpp>
// IWYU pragma: end_exports
