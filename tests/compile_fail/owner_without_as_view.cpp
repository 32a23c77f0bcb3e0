// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the first argument of a projection is a view or an owner
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
class Owner : public io::Io<Owner, io::MmioBackend, Uart> {
public:
    explicit Owner(io::Mmio<Uart> uart) : uart_(uart) {}
#ifdef IOVIEW_FIXED
    io::Mmio<Uart> as_view() const noexcept { return uart_; }
#else
    io::Mmio<Uart> get() const noexcept { return uart_; }
#endif

private:
    io::Mmio<Uart> uart_;
};
auto f(Owner& owner) {
    return IO_READ(owner, fr);
}
