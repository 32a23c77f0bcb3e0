// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bulk copies against memcpy (SysMem) and against a loop of volatile 64-bit words (Mmio): prints
// the ratio of the two speeds, both measured in this run; 1.00 is as fast, 2.00 twice as fast.

#include <ioview/ioview.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <span>

namespace io = ioview;

namespace {

using Bytes = std::span<std::byte>;
constexpr std::size_t room = (4u << 20) + 64;

struct alignas(4'096) Buffer {
    std::byte bytes[room];
};

// Best of several rounds, in nanoseconds a call.
template <class F>
double best_time(std::size_t bytes, F&& call) {
    using Clock = std::chrono::steady_clock;
    const std::size_t calls = 40'000'000 / (bytes + 400) + 1;
    double best = 1e18;
    for (int round = 0; round < 15; ++round) {
        const auto start = Clock::now();
        for (std::size_t i = 0; i < calls; ++i) {
            call();
            asm volatile("" ::: "memory");
        }
        const std::chrono::duration<double, std::nano> time = Clock::now() - start;
        best = time.count() / static_cast<double>(calls) < best
                   ? time.count() / static_cast<double>(calls)
                   : best;
    }
    return best;
}

// Calls through these cannot be merged or known by the caller, as those of drivers in other files.
[[gnu::noinline]] void copy_to(io::SysMem<std::byte[]> from, Bytes to) {
    from.copy_to(to);
}
[[gnu::noinline]] void copy_from(io::SysMem<std::byte[]> to, Bytes from) {
    to.copy_from(from);
}
[[gnu::noinline]] void copy_to(io::Mmio<std::byte[]> from, Bytes to) {
    from.copy_to(to);
}
[[gnu::noinline]] void copy_from(io::Mmio<std::byte[]> to, Bytes from) {
    to.copy_from(from);
}
[[gnu::noinline]] void by_memcpy(std::byte* to, const std::byte* from, std::size_t bytes) {
    std::memcpy(to, from, bytes);
}
[[gnu::noinline]] void by_words_to(std::byte* to, const std::byte* from, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; i += 8)
        *reinterpret_cast<std::uint64_t*>(to + i) =
            *reinterpret_cast<const volatile std::uint64_t*>(from + i);
}
[[gnu::noinline]] void by_words_from(std::byte* to, const std::byte* from, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; i += 8)
        *reinterpret_cast<volatile std::uint64_t*>(to + i) =
            *reinterpret_cast<const std::uint64_t*>(from + i);
}

} // namespace

int main() {
    const auto shared = std::make_unique<Buffer>();
    const auto plain = std::make_unique<Buffer>();
    std::memset(shared->bytes, 1, room);
    std::memset(plain->bytes, 2, room);
    std::byte* const device = shared->bytes;

    std::puts("   bytes   SysMem copy_to  copy_from   Mmio copy_to  copy_from");
    for (const std::size_t bytes :
         {16ul, 64ul, 256ul, 1'024ul, 4'096ul, 65'536ul, 1ul << 20, 4ul << 20}) {
        const Bytes buffer(plain->bytes, bytes);
        const auto memory = io::SysMem<io::Region<>>::from_bytes(device, bytes)->bytes();
        const auto mmio =
            io::Mmio<io::Region<>>::from_raw(
                *io::MmioRaw<io::Region<>>::region(reinterpret_cast<std::uintptr_t>(device), bytes))
                .bytes();
        const double to = best_time(bytes, [&] { by_memcpy(buffer.data(), device, bytes); }) /
                          best_time(bytes, [&] { copy_to(memory, buffer); });
        const double from = best_time(bytes, [&] { by_memcpy(device, buffer.data(), bytes); }) /
                            best_time(bytes, [&] { copy_from(memory, buffer); });
        const double mmio_to =
            best_time(bytes, [&] { by_words_to(buffer.data(), device, bytes); }) /
            best_time(bytes, [&] { copy_to(mmio, buffer); });
        const double mmio_from =
            best_time(bytes, [&] { by_words_from(device, buffer.data(), bytes); }) /
            best_time(bytes, [&] { copy_from(mmio, buffer); });
        std::printf("%8zu %16.2f %10.2f %14.2f %10.2f\n", bytes, to, from, mmio_to, mmio_from);
    }
}
