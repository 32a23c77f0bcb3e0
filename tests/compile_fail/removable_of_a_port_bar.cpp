// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: SIGBUS is raised by mapped memory
#include <ioview/linux/removable.hpp>
#include <ioview/linux/sysfs_bar.hpp>
#include <ioview/linux/sysfs_port_bar.hpp>

namespace io = ioview;

using Regs = io::Region<0x20>;
#ifdef IOVIEW_FIXED
using Owner = io::pci::SysfsBar<Regs>;
#else
using Owner = io::pci::SysfsPortBar<Regs>;
#endif
static_assert(sizeof(io::Removable<Owner>) != 0);
