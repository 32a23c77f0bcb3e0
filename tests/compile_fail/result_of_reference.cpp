// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a Result holds an object; return a pointer or a view instead of a reference or an array
#include <ioview/error.hpp>

struct Queue {
    int head;
#ifdef IOVIEW_FIXED
    ioview::Result<int*> first() { return &head; }
#else
    ioview::Result<int&> first() { return head; }
#endif
};
