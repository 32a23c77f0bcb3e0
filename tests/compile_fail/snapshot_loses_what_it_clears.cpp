// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: what a snapshot clears by reading it is the last of the list
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

#include "config_function.hpp"

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};
struct Events : io::Register<Events, std::uint32_t, io::fixed<0x4>, io::rc> {};
using Config = io::ConfigSpace<Function, io::pci::Normal>;

#ifdef IOVIEW_FIXED
auto f(Config config) {
    return io::try_snapshot<Status, io::with_side_effects<Events>>(config);
}
#else
auto f(Config config) {
    return io::try_snapshot<io::with_side_effects<Events>, Status>(config);
}
#endif
