// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// CacheOps: which lines an operation on a range takes, and what is done to each.
#include <ioview/dma/cache.hpp>
#include <ioview/dma/cache_instructions.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace io = ioview;

namespace {

using Step = std::pair<char, std::uintptr_t>;
using Steps = std::vector<Step>;

// A policy of lines of 32 bytes that notes what it is to do: ( before, ) after.
struct Lines : io::detail::CacheByLine<Lines> {
    Steps* steps;
    explicit Lines(Steps& to) : steps(&to) {}
    static std::size_t line_size() noexcept { return 32; }
    static std::size_t step() noexcept { return 32; }
    void note(char what, std::uintptr_t line) const noexcept { steps->push_back({what, line}); }
    void before() const noexcept { note('(', 0); }
    void after() const noexcept { note(')', 0); }
    void clean_line(std::uintptr_t line) const noexcept { note('c', line); }
    void invalidate_line(std::uintptr_t line) const noexcept { note('i', line); }
    void clean_and_invalidate_line(std::uintptr_t line) const noexcept { note('b', line); }
};

const void* at(std::uintptr_t address) {
    return reinterpret_cast<const void*>(address);
}

struct NoInvalidate {
    static std::size_t line_size() noexcept;
    void clean(const void*, std::size_t) const noexcept;
    void clean_and_invalidate(const void*, std::size_t) const noexcept;
};

} // namespace

TEST_CASE("what CacheOps are", "[dma]") {
    STATIC_REQUIRE(io::CacheOps<io::NoCacheOps>);
    STATIC_REQUIRE(io::CacheOps<io::CacheFunctions>);
    STATIC_REQUIRE(io::CacheOps<Lines>);
    STATIC_REQUIRE_FALSE(io::CacheOps<NoInvalidate>);
    STATIC_REQUIRE_FALSE(io::CacheOps<int>);
#if IOVIEW_ARCH_ARM64
    STATIC_REQUIRE(io::CacheOps<io::Arm64CacheOps>);
#elif IOVIEW_ARCH_ARM && __ARM_ARCH >= 7 && __ARM_ARCH_PROFILE != 'M'
    STATIC_REQUIRE(io::CacheOps<io::ArmCacheOps>);
#elif IOVIEW_ARCH_ARM && __ARM_ARCH_PROFILE == 'M'
    STATIC_REQUIRE(io::CacheOps<io::CortexMCacheOps>);
#elif IOVIEW_ARCH_RISCV
    STATIC_REQUIRE(io::CacheOps<io::ZicbomCacheOps>);
#endif
}

TEST_CASE("a clean takes every line of its range, between the barriers", "[dma]") {
    Steps steps;
    const Lines cache{steps};
    cache.clean(at(0x100), 64);
    CHECK(steps == Steps{{'(', 0}, {'c', 0x100}, {'c', 0x120}, {')', 0}});
    steps.clear();
    cache.clean(at(0x11f), 2); // one byte each of two lines
    CHECK(steps == Steps{{'(', 0}, {'c', 0x100}, {'c', 0x120}, {')', 0}});
    steps.clear();
    cache.clean_and_invalidate(at(0x13f), 1);
    CHECK(steps == Steps{{'(', 0}, {'b', 0x120}, {')', 0}});
    steps.clear();
    cache.clean(at(0x100), 0);
    cache.invalidate(at(0x100), 0);
    CHECK(steps.empty());
}

TEST_CASE("an invalidate throws nothing away that lies beside its range", "[dma]") {
    Steps steps;
    const Lines cache{steps};
    cache.invalidate(at(0x100), 64);
    CHECK(steps == Steps{{'(', 0}, {'i', 0x100}, {'i', 0x120}, {')', 0}});
    steps.clear();
    cache.invalidate(at(0x101), 94); // from the second byte to the last but one
    CHECK(steps == Steps{{'(', 0}, {'b', 0x100}, {'i', 0x120}, {'b', 0x140}, {')', 0}});
    steps.clear();
    cache.invalidate(at(0x104), 8);
    CHECK(steps == Steps{{'(', 0}, {'b', 0x100}, {')', 0}});
}

TEST_CASE("the last line of the address space is a line", "[dma]") {
    constexpr std::uintptr_t last = ~std::uintptr_t{31};
    Steps steps;
    const Lines cache{steps};
    cache.invalidate(at(last - 32), 64);
    CHECK(steps == Steps{{'(', 0}, {'i', last - 32}, {'i', last}, {')', 0}});
}

TEST_CASE("functions of the user's get their context and the range", "[dma]") {
    std::string calls;
    const io::CacheFunctions cache{
        64,
        [](void* to, const void* first, std::size_t bytes) noexcept {
            *static_cast<std::string*>(to) +=
                "clean " + std::to_string(reinterpret_cast<std::uintptr_t>(first)) + " " +
                std::to_string(bytes) + ";";
        },
        [](void* to, const void*, std::size_t bytes) noexcept {
            *static_cast<std::string*>(to) += "invalidate " + std::to_string(bytes) + ";";
        },
        [](void* to, const void*, std::size_t bytes) noexcept {
            *static_cast<std::string*>(to) += "both " + std::to_string(bytes) + ";";
        },
        &calls};
    CHECK(cache.line_size() == 64);
    cache.clean(at(640), 65);
    cache.invalidate(at(640), 1);
    cache.clean_and_invalidate(at(640), 2);
    cache.clean(at(640), 0);
    cache.invalidate(at(640), 0);
    cache.clean_and_invalidate(at(640), 0);
    CHECK(calls == "clean 640 65;invalidate 1;both 2;");
}
