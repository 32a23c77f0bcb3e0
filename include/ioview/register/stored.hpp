// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The former name of register/stored_bits.hpp.

#include <ioview/register/stored_bits.hpp> // IWYU pragma: export
