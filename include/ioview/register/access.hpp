// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The former name of register/access_kind.hpp.

#include <ioview/register/access_kind.hpp> // IWYU pragma: export
