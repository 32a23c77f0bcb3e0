// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: an enumeration with a fixed underlying type
#include <ioview/endian.hpp>

// Without a fixed underlying type its size is the compiler's choice, and most bit patterns are no
// value of it.
#ifdef IOVIEW_FIXED
enum Kind : std::uint16_t { first, second };
#else
enum Kind { first, second };
#endif
ioview::le<Kind> kind;
