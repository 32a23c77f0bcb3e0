// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A missing include has the text, in both variants.
// expect: the_reason
#include <the_reason.hpp>
#ifndef IOVIEW_FIXED
#error misuse
#endif
