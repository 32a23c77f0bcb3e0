// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run.time.values.go.through.try_new
#include <ioview/ioview.hpp>

namespace io = ioview;

int number = 3;
#ifdef IOVIEW_FIXED
auto value = io::Bounded<std::uint32_t, 4>::masked(number);
#else
io::Bounded<std::uint32_t, 4> value = number;
#endif
