// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One line of the cache, by each instruction set's policy: cache.sh reads what comes of it.
#include <ioview/dma/cache_instructions.hpp>

namespace io = ioview;

#if IOVIEW_ARCH_ARM64
constexpr io::Arm64CacheOps policy{};
#elif IOVIEW_ARCH_RISCV
constexpr io::ZicbomCacheOps policy{64};
#elif IOVIEW_ARCH_ARM && __ARM_ARCH_PROFILE == 'M'
constexpr io::CortexMCacheOps policy{};
#elif IOVIEW_ARCH_ARM
constexpr io::ArmCacheOps policy{};
#else
constexpr io::NoCacheOps policy{};
#endif

extern "C" {
void clean_line(const void* place) {
    policy.clean(place, 1);
}
void clean_and_invalidate_line(const void* place) {
    policy.clean_and_invalidate(place, 1);
}
void invalidate(const void* place, unsigned bytes) {
    policy.invalidate(place, bytes);
}
}
