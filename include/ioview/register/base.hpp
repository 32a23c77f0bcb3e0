// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The former name of register/register.hpp.

#include <ioview/register/register.hpp> // IWYU pragma: export
