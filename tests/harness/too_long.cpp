// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the reason
#include <ioview/ioview.hpp>
#ifndef IOVIEW_FIXED
#error the reason
#error line 1
#error line 2
#error line 3
#error line 4
#error line 5
#error line 6
#error line 7
#error line 8
#error line 9
#endif
