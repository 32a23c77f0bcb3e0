// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A warning has the text, and the file compiles.
// expect: the reason
#include <ioview/ioview.hpp>
#ifndef IOVIEW_FIXED
#warning the reason
#endif
