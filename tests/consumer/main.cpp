// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The program of another project.
#include <ioview/ioview.hpp>

#include <cstdint>

namespace io = ioview;

int main() {
    std::uint32_t word = 0;
    auto view = io::SysMem<std::uint32_t>::from_pointer(&word);
    view.write(42);
    return view.read() == 42 ? 0 : 1;
}
