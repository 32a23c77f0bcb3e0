// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run.time.values.wider.than.the.access.need.a.static_cast
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::SysMem<io::le<std::uint16_t>> index, std::size_t next) {
#ifdef IOVIEW_FIXED
    io::publish(index, static_cast<std::uint16_t>(next));
#else
    io::publish(index, next);
#endif
}
