// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the reason
#ifndef IOVIEW_FIXED
#error something else
#endif
