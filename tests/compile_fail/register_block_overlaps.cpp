// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: these two registers of one block overlap
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Data : io::Register<Data, std::uint32_t, io::fixed<0x0>> {};
struct Flags : io::Register<Flags, std::uint16_t, io::fixed<0x2>> {};
#ifdef IOVIEW_FIXED
struct Uart : io::Region<0x20>, io::Registers<Data, io::overlay<Flags>> {};
#else
struct Uart : io::Region<0x20>, io::Registers<Data, Flags> {};
#endif
