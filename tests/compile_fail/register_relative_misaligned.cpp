// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the offset of a register is misaligned for its storage
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Cpu;
#ifdef IOVIEW_FIXED
using Place = io::relative<Cpu, 4>;
#else
using Place = io::relative<Cpu, 2>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
