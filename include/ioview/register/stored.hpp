// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The former name of register/stored_bits.hpp.

#include <ioview/register/stored_bits.hpp> // IWYU pragma: export
