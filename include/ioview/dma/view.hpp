// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The former place of backend/coherent.hpp.

#include <ioview/backend/coherent.hpp> // IWYU pragma: export
