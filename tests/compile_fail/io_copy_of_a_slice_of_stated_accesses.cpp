// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a slice of objects that state their accesses is copied one by one
#include <ioview/ioview.hpp>

namespace io = ioview;

using Word = io::lo_hi<std::uint64_t>;
void f(io::SysMem<Word[]> from, io::SysMem<Word[]> to) {
#ifdef IOVIEW_FIXED
    io::copy(from.at(0), to.at(0));
#else
    io::copy(from, to);
#endif
}
