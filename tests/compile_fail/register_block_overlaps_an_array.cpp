// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: these two registers of one block overlap
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Even : io::Register<Even, std::uint32_t, io::array<0x0, 16, 8>> {};
struct Odd : io::Register<Odd, std::uint32_t, io::array<0x4, 16, 8>> {};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x44>> {};
#ifdef IOVIEW_FIXED
struct Block : io::Region<0x100>, io::Registers<Even, Odd> {};
#else
struct Block : io::Region<0x100>, io::Registers<Even, Odd, Control> {};
#endif
