// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the function given to update_by_companions\(\) takes and returns a value
#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>

namespace io = ioview;

struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(1, led), bit(0, relay));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
};

void f(io::Mmio<io::Region<0x100>> bar) {
    io::update_by_companions<Out>(bar, [](Out o) {
#ifdef IOVIEW_FIXED
        return o.with_led(true);
#else
        o = o.with_led(true);
#endif
    });
}
