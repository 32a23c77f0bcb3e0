// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: an error becomes a Result by `return io::fail.error.;`
#include <ioview/error.hpp>

ioview::Result<int> length(bool known) {
    if (known)
        return 4;
#ifdef IOVIEW_FIXED
    return ioview::fail(ioview::Error::unsupported);
#else
    return ioview::Error::unsupported;
#endif
}
