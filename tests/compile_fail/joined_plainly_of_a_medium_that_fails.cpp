// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an access to this medium can fail between two parts
#include <ioview/backend/config_space.hpp>
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

#include "config_function.hpp"

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
using Value = io::Joined<std::uint64_t, io::low_first, High, Low>;

using Config = io::ConfigSpace<Function, io::pci::Normal>;

#ifdef IOVIEW_FIXED
io::Result<std::uint64_t> f(Config config) {
    return io::try_read_joined<Value>(config);
}
#else
std::uint64_t f(Config config) {
    return io::read_joined<Value>(config);
}
#endif
