// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: index and event are views of one value
#include "fake_device.hpp"

auto f(io::CoherentView<Ring> ring) {
#ifdef IOVIEW_FIXED
    return io::publish_and_observe(IO_PROJECT(ring, head), 1u, IO_PROJECT(ring, tail));
#else
    return io::publish_and_observe(IO_PROJECT(ring, head), 1u, ring);
#endif
}
