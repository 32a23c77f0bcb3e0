// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of cache maintenance: that its instructions are the machine's, and lose nothing. (QEMU
// has no caches; what stale data looks like, tests/testing/cached_fake_dma.test.cpp asks.)

#include <ioview/dma/cache.hpp>
#include <ioview/dma/non_coherent.hpp>
#include <ioview/dma/streaming.hpp>

#include "../support/report.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace hardware {

template <io::CacheOps Cache>
void check_cache(Report& report, const Cache& cache) {
    report.check("cache", "a line of a power of two bytes", [&] {
        const std::size_t line = cache.line_size();
        return line >= 16 && line <= 2'048 && (line & (line - 1)) == 0;
    });
    report.check("cache", "memory lent and taken back", [&] {
        static constinit io::StreamingBuffer<std::uint32_t[300], 256> buffer;
        io::NonCoherentDma<Cache> dma{cache};
        auto mine = io::stream_both(dma, buffer);
        if (!mine)
            return false;
        for (std::uint32_t i = 0; i < 300; ++i)
            (**mine)[i] = 0x0101'0101u * i;
        auto lent = std::move(*mine).sync_for_device();
        const bool is_there = lent.dma_address() != 0;
        const auto again = std::move(lent).sync_for_cpu();
        for (std::uint32_t i = 0; i < 300; ++i) {
            if ((*again)[i] != 0x0101'0101u * i)
                return false;
        }
        return is_there;
    });
    report.check("cache", "what lies beside an invalidated byte stays", [&] {
        alignas(256) static std::uint32_t words[64];
        for (std::uint32_t i = 0; i < 64; ++i)
            words[i] = i;
        cache.invalidate(&words[1], 4);
        cache.clean_and_invalidate(words, sizeof words);
        for (std::uint32_t i = 0; i < 64; ++i) {
            if (words[i] != i)
                return false;
        }
        return true;
    });
}

} // namespace hardware
