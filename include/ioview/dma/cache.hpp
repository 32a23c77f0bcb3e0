// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// CacheOps: what a CPU does to its data caches for a device that does not look into them; and two
// policies: NoCacheOps, for where devices do, and CacheFunctions, for a user's own functions. Those
// of an instruction set: dma/cache_instructions.hpp.
//
//   const io::CacheFunctions cache{32, my_clean, my_invalidate, my_clean_and_invalidate};
//   cache.clean(&message, sizeof message);
//
// Drivers do not call them: Streaming does, with the direction known and the lines its own.

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview {

// C maintains the caches between the CPU and the point where devices look, by address.
// Semantics: line_size() is a power of two, in bytes: the most that one operation on one byte may
// take with it. clean: what the CPU has stored in the range is in memory. invalidate: what the CPU
// loads from then on is what memory has; stores of the CPU to a line that is only partly in the
// range are not lost. Each is complete when it returns, for the CPU's accesses to devices too. No
// bytes are no operation. Optional members: `static constexpr std::size_t known_line_size`, where
// it is the same on every machine, so that the compiler can refuse; `static constexpr bool
// is_coherent = true`, where all of this is nothing.
template <class C>
concept CacheOps = requires(const C& cache, const void* first, std::size_t bytes) {
    { cache.line_size() } noexcept -> std::same_as<std::size_t>;
    { cache.clean(first, bytes) } noexcept;
    { cache.invalidate(first, bytes) } noexcept;
    { cache.clean_and_invalidate(first, bytes) } noexcept;
};

// x86, and any interconnect through which devices see the caches. Emits nothing.
struct NoCacheOps {
    static constexpr bool is_coherent = true;
    [[nodiscard]] static constexpr std::size_t line_size() noexcept { return 1; }
    static constexpr void clean(const void*, std::size_t) noexcept {}
    static constexpr void invalidate(const void*, std::size_t) noexcept {}
    static constexpr void clean_and_invalidate(const void*, std::size_t) noexcept {}
};

// Functions of the user's: an outer cache's controller, firmware, an operating system's calls.
// None is null; context is passed on.
struct CacheFunctions {
    using Function = void (*)(void* context, const void* first, std::size_t bytes) noexcept;

    std::size_t line;
    Function on_clean;
    Function on_invalidate;
    Function on_clean_and_invalidate;
    void* context = nullptr;

    // What is asked of CacheOps: the functions, called for ranges that are not empty.
    [[nodiscard]] constexpr std::size_t line_size() const noexcept { return line; }
    void clean(const void* first, std::size_t bytes) const noexcept {
        if (bytes != 0)
            on_clean(context, first, bytes);
    }
    void invalidate(const void* first, std::size_t bytes) const noexcept {
        if (bytes != 0)
            on_invalidate(context, first, bytes);
    }
    void clean_and_invalidate(const void* first, std::size_t bytes) const noexcept {
        if (bytes != 0)
            on_clean_and_invalidate(context, first, bytes);
    }
};

namespace detail {

// A policy out of operations on one line: Self has step() (the least line of any level),
// clean_line, invalidate_line, clean_and_invalidate_line, before() and after().
template <class Self>
class CacheByLine {
public:
    void clean(const void* first, std::size_t bytes) const noexcept {
        over(first, bytes, [this](std::uintptr_t line) { self().clean_line(line); });
    }
    // What lies beside the range in its first and last line is cleaned, not thrown away.
    void invalidate(const void* first, std::size_t bytes) const noexcept {
        const auto begin = reinterpret_cast<std::uintptr_t>(first);
        const std::size_t step = self().step();
        over(first, bytes, [&](std::uintptr_t line) {
            const bool is_whole = line >= begin && bytes - (line - begin) >= step;
            if (is_whole)
                self().invalidate_line(line);
            else
                self().clean_and_invalidate_line(line);
        });
    }
    void clean_and_invalidate(const void* first, std::size_t bytes) const noexcept {
        over(first, bytes, [this](std::uintptr_t line) { self().clean_and_invalidate_line(line); });
    }

private:
    const Self& self() const noexcept { return static_cast<const Self&>(*this); }

    // Ends with the last line, and not before the one behind it, whose address may be 0.
    template <class F>
    void over(const void* first, std::size_t bytes, const F& f) const noexcept {
        if (bytes == 0)
            return;
        const std::size_t step = self().step();
        const auto begin = reinterpret_cast<std::uintptr_t>(first);
        const std::uintptr_t last = (begin + (bytes - 1)) & ~(step - 1);
        self().before();
        for (std::uintptr_t line = begin & ~(step - 1);; line += step) {
            f(line);
            if (line == last)
                break;
        }
        self().after();
    }
};

} // namespace detail
} // namespace ioview
