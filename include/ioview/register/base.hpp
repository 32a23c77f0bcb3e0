// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The former name of register/register.hpp.

#include <ioview/register/register.hpp> // IWYU pragma: export
