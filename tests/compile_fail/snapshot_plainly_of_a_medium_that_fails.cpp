// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an access to this medium can fail; use try_snapshot
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

#include "config_function.hpp"

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};
using Config = io::ConfigSpace<Function, io::pci::Normal>;

#ifdef IOVIEW_FIXED
auto f(Config config) {
    return io::try_snapshot<Status>(config);
}
#else
auto f(Config config) {
    return io::snapshot<Status>(config);
}
#endif
