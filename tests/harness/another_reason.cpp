// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the reason
#include <ioview/ioview.hpp>
#ifndef IOVIEW_FIXED
#error something else
#endif
