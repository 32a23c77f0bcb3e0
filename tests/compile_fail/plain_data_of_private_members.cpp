// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: copy_read.. needs plain data of known size
#include <ioview/ioview.hpp>

namespace io = ioview;

class Vertex {
public:
    float x() const noexcept { return x_ * scale_; }

private:
    float x_, scale_;
};
template <>
#ifdef IOVIEW_FIXED
inline constexpr auto io::enable_plain_data<Vertex> = io::members<float, float>;
#else
inline constexpr bool io::enable_plain_data<Vertex> = true;
#endif
auto f(io::SysMem<Vertex> vertex) {
    return vertex.copy_read();
}
