// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the.constant.is.too.wide
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
io::Bounded<std::uint32_t, 4> value = 15;
#else
io::Bounded<std::uint32_t, 4> value = 16;
#endif
