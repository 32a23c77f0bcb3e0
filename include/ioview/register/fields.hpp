// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The former name of register/macros.hpp, from when that included what its macros stand for.

#include <ioview/register.hpp> // IWYU pragma: export
