// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is precompiled for other files has the header that this one forgets.
// expect: the reason
#include <ioview/ioview.hpp>
#ifdef IOVIEW_FIXED
ioview::testing::Memory<4>* memory;
#else
#error the reason
#endif
