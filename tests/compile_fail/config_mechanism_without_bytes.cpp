// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a configuration mechanism has read<W>
#include <ioview/ioview.hpp>

#include <concepts>

namespace io = ioview;

struct Words {
#ifdef IOVIEW_FIXED
    template <class W>
#else
    template <std::same_as<std::uint32_t> W>
#endif
    io::Result<W> read(std::uint16_t) const {
        return static_cast<W>(~W{0});
    }
    template <class W>
    io::Result<> write(std::uint16_t, W) const {
        return {};
    }
    std::size_t size() const { return 256; }
};
auto f(const Words& words) {
    return io::ConfigSpace<Words, io::pci::Normal>::of(words);
}
