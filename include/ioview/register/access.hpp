// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The former name of register/access_kind.hpp.

#include <ioview/register/access_kind.hpp> // IWYU pragma: export
