// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The former name of register/place_checks.hpp.

#include <ioview/register/place_checks.hpp> // IWYU pragma: export
