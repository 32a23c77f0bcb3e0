// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The former name of register/place_checks.hpp.

#include <ioview/register/place_checks.hpp> // IWYU pragma: export
