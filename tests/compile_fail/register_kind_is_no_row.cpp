// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a field takes a value type, then one access kind
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Kind = io::ro;
#else
struct Kind {
    static constexpr io::Access io_access = io::Access::ro;
};
#endif
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(7, 4, level), reserved(3, 0, Kind));
};
