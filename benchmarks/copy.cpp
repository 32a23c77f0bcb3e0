// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bulk accesses of each backend and direction against the best that is written by hand: memcpy and
// memset where the memory is the CPU's, loops of volatile words where it is a device's. The devices
// are memory here: what is measured is the code around the accesses.
#include <ioview/ioview.hpp>

#include "compare.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

namespace io = ioview;

namespace {

using Bytes = std::span<std::byte>;
using ConstBytes = std::span<const std::byte>;
using U32 = std::uint32_t;
constexpr std::size_t most = 4ul << 20;
constexpr std::size_t room = most + 4'096;

struct alignas(4'096) Buffer {
    std::byte bytes[room];
};

// Calls through these cannot be merged or known by the caller, as those of drivers in other files.
template <class View>
[[gnu::noinline]] void copy_to(View from, Bytes to) {
    from.copy_to(to);
}
template <class View>
[[gnu::noinline]] void copy_from(View to, ConstBytes from) {
    to.copy_from(from);
}
template <class View>
[[gnu::noinline]] void fill(View to, std::byte value) {
    to.fill(value);
}
template <class View>
[[gnu::noinline]] void read_fifo(View from, std::span<U32> to) {
    from.read_fifo(to);
}
template <class View>
[[gnu::noinline]] void write_fifo(View to, std::span<const U32> from) {
    to.write_fifo(from);
}

// What a careful programmer writes: the widest words, four to a round, and for what is left, bytes.
struct Words {
    [[gnu::noinline]] static void copy_to(std::byte* to, const std::byte* from, std::size_t bytes) {
        std::size_t i = 0;
#pragma GCC unroll 4
        for (; i + 8 <= bytes; i += 8) {
            const std::uint64_t word = *reinterpret_cast<const volatile std::uint64_t*>(from + i);
            std::memcpy(to + i, &word, 8);
        }
        for (; i < bytes; ++i)
            to[i] = *static_cast<const volatile std::byte*>(from + i);
    }
    [[gnu::noinline]] static void
    copy_from(std::byte* to, const std::byte* from, std::size_t bytes) {
        std::size_t i = 0;
#pragma GCC unroll 4
        for (; i + 8 <= bytes; i += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, from + i, 8);
            *reinterpret_cast<volatile std::uint64_t*>(to + i) = word;
        }
        for (; i < bytes; ++i)
            *static_cast<volatile std::byte*>(to + i) = from[i];
    }
    [[gnu::noinline]] static void fill(std::byte* to, std::byte value, std::size_t bytes) {
        const std::uint64_t word = 0x0101'0101'0101'0101 * static_cast<std::uint64_t>(value);
        std::size_t i = 0;
#pragma GCC unroll 4
        for (; i + 8 <= bytes; i += 8)
            *reinterpret_cast<volatile std::uint64_t*>(to + i) = word;
        for (; i < bytes; ++i)
            *static_cast<volatile std::byte*>(to + i) = value;
    }
};
struct Plain {
    [[gnu::noinline]] static void copy_to(std::byte* to, const std::byte* from, std::size_t bytes) {
        std::memcpy(to, from, bytes);
    }
    [[gnu::noinline]] static void
    copy_from(std::byte* to, const std::byte* from, std::size_t bytes) {
        std::memcpy(to, from, bytes);
    }
    [[gnu::noinline]] static void fill(std::byte* to, std::byte value, std::size_t bytes) {
        std::memset(to, static_cast<int>(value), bytes);
    }
};
[[gnu::noinline]] void read_words(const volatile U32* from, U32* to, std::size_t count) {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < count; ++i)
        to[i] = *from;
}
[[gnu::noinline]] void write_words(volatile U32* to, const U32* from, std::size_t count) {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < count; ++i)
        *to = from[i];
}

template <class Hand, class View>
void bulk(const char* medium, View view, std::byte* device, Bytes buffer) {
    const std::size_t bytes = buffer.size();
    std::byte* const plain = buffer.data();
    bench::compare(
        "copy_to",
        medium,
        bytes,
        [&] { copy_to(view, buffer); },
        [&] { Hand::copy_to(plain, device, bytes); });
    bench::compare(
        "copy_from",
        medium,
        bytes,
        [&] { copy_from(view, buffer); },
        [&] { Hand::copy_from(device, plain, bytes); });
    bench::compare(
        "fill",
        medium,
        bytes,
        [&] { fill(view, std::byte{0x5a}); },
        [&] { Hand::fill(device, std::byte{0x5a}, bytes); });
}

template <class View>
void fifo(const char* medium, View view, std::byte* device, Bytes buffer) {
    U32* const plain = reinterpret_cast<U32*>(buffer.data());
    U32* const reg = reinterpret_cast<U32*>(device);
    const std::size_t count = buffer.size() / sizeof(U32);
    const std::span<U32> words(plain, count);
    bench::compare(
        "read_fifo",
        medium,
        buffer.size(),
        [&] { read_fifo(view, words); },
        [&] { read_words(reg, plain, count); });
    bench::compare(
        "write_fifo",
        medium,
        buffer.size(),
        [&] { write_fifo(view, words); },
        [&] { write_words(reg, plain, count); });
}

} // namespace

int main() {
    const auto shared = std::make_unique<Buffer>();
    const auto plain = std::make_unique<Buffer>();
    std::memset(shared->bytes, 1, room);
    std::memset(plain->bytes, 2, room);
    std::byte* const device = shared->bytes;
    const auto address = reinterpret_cast<std::uintptr_t>(device);

    bench::heading();
    for (const std::size_t bytes :
         {8ul, 16ul, 64ul, 256ul, 1'024ul, 4'096ul, 65'536ul, 1ul << 20, most}) {
        // Half a page off, or loads would be taken for those of what was stored just now.
        const Bytes buffer(plain->bytes + 2'112, bytes);
        const auto ram = *io::SysMem<io::Region<8>>::from_bytes(device, bytes);
        const auto raw = *io::MmioRaw<io::Region<8>>::region(address, bytes);
        const auto bar = io::Mmio<io::Region<8>>::from_raw(raw);
        const auto memory = ram.bytes();
        const auto mmio = bar.bytes();
        const auto map_of_memory = io::IoSysMap<std::byte[]>{memory};
        const auto map_of_device = io::IoSysMap<std::byte[]>{mmio};
        const auto combining = io::WriteCombining<io::Region<8>>::from_raw(raw).bytes();
        bulk<Plain>("SysMem", memory, device, buffer);
        bulk<Plain>("IoSysMap, memory", map_of_memory, device, buffer);
        bulk<Words>("Mmio", mmio, device, buffer);
        bulk<Words>("RelaxedMmio", mmio.relaxed(), device, buffer);
        bulk<Words>("WriteCombining", combining, device, buffer);
        bulk<Words>("IoSysMap, device", map_of_device, device, buffer);
        if (bytes > 65'536)
            continue;
        fifo("SysMem", ram.subview<U32>(0), device, buffer);
        fifo("Mmio", bar.subview<U32>(0), device, buffer);
        fifo("RelaxedMmio", bar.relaxed().subview<U32>(0), device, buffer);
    }
}
