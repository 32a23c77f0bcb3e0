// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: read-only|const
#include "streaming.hpp"

#ifdef IOVIEW_FIXED
void f(Mine<to_device>& mine) {
#else
void f(Mine<from_device>& mine) {
#endif
#ifdef IOVIEW_FIXED
    mine->length = 4;
#else
    mine->length = 4;
#endif
}
