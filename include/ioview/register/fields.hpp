// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The former name of register/macros.hpp.

#include <ioview/register/macros.hpp> // IWYU pragma: export
