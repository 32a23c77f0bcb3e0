// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/backend/coherent.hpp>
// Part of <ioview/backend/coherent.hpp>, which is the one to include.
#pragma once
// The former place of backend/coherent.hpp.

#include <ioview/backend/coherent.hpp> // IWYU pragma: export
