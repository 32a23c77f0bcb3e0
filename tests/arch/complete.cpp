// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What each file of include/ioview/arch/ has, and a message of its own for what one lacks.
// docs/porting_to_a_cpu.md says what is promised by each; compiled for every target.
#include <cstddef>
#include <cstdint>
#include <type_traits>

// name, type, use; ANY is called for each width
#define PROMISES(CONSTANT, FUNCTION, ANY)                                                          \
    CONSTANT(widest_access, std::size_t)                                                           \
    CONSTANT(dma_barriers_reach_devices, bool)                                                     \
    CONSTANT(loads_are_waited_for, bool)                                                           \
    CONSTANT(has_move_memory, bool)                                                                \
    ANY(load, W, load<W>(std::uintptr_t{}))                                                        \
    ANY(store, void, store<W>(std::uintptr_t{}, W{}))                                              \
    FUNCTION(compiler_barrier, void, compiler_barrier())                                           \
    FUNCTION(before_device_load, void, before_device_load())                                       \
    ANY(after_device_load, void, after_device_load(W{}))                                           \
    FUNCTION(after_device_loads, void, after_device_loads())                                       \
    FUNCTION(before_device_store, void, before_device_store())                                     \
    FUNCTION(before_relaxed, void, before_relaxed())                                               \
    FUNCTION(mb, void, mb())                                                                       \
    FUNCTION(rmb, void, rmb())                                                                     \
    FUNCTION(wmb, void, wmb())                                                                     \
    FUNCTION(dma_mb, void, dma_mb())                                                               \
    FUNCTION(dma_rmb, void, dma_rmb())                                                             \
    FUNCTION(dma_wmb, void, dma_wmb())                                                             \
    FUNCTION(mmiowb, void, mmiowb())                                                               \
    FUNCTION(relax, void, relax())

// Found where arch/ has none of the name.
namespace ioview {
struct Missing {};
#define MISSING_CONSTANT(name, ...) inline constexpr Missing name;
#define MISSING_FUNCTION(name, ...)                                                                \
    template <class W = int, class... A>                                                           \
    Missing name(A...);
PROMISES(MISSING_CONSTANT, MISSING_FUNCTION, MISSING_FUNCTION)
MISSING_FUNCTION(move_memory)
MISSING_FUNCTION(fill_memory)
} // namespace ioview

#include <ioview/arch/select.hpp>

namespace ioview::arch {

#define IS_AS_PROMISED "is not as docs/porting_to_a_cpu.md promises, or is missing"
#define CHECK_CONSTANT(name, type)                                                                 \
    static_assert(std::is_same_v<decltype(name), const type>,                                      \
                  "arch/: `inline constexpr " #type " " #name "` " IS_AS_PROMISED);
#define CHECK_FUNCTION(name, type, use)                                                            \
    static_assert(std::is_same_v<decltype(use), type>,                                             \
                  "arch/: `" #type " " #name "()` " IS_AS_PROMISED);                               \
    static_assert(noexcept(use), "arch/: `" #name "()` is not noexcept");
#define CHECK_ANY(name, type, use)                                                                 \
    template <class W>                                                                             \
    constexpr bool has_##name = std::is_same_v<decltype(use), type>&& noexcept(use);               \
    static_assert(                                                                                 \
        has_##name<std::uint8_t> && has_##name<std::uint16_t> && has_##name<std::uint32_t> &&      \
            has_##name<std::conditional_t<sizeof(void*) == 8, std::uint64_t, std::uint8_t>>,       \
        "arch/: `template <class W> " #type " " #name "` " IS_AS_PROMISED);
PROMISES(CHECK_CONSTANT, CHECK_FUNCTION, CHECK_ANY)

template <class Byte>
concept Moves = requires(Byte* to, const Byte* from) {
    { move_memory(to, from, std::size_t{1}) } noexcept;
};
template <class Byte>
concept MissesMove = requires(Byte* to, const Byte* from) {
    requires std::is_same_v<decltype(move_memory(to, from, std::size_t{1})), Missing>;
};
static_assert(
    Moves<std::byte> == has_move_memory && !MissesMove<std::byte>,
    "arch/: `void move_memory(std::byte*, const std::byte*, std::size_t)` " IS_AS_PROMISED);

template <class Byte>
concept Fills = requires(Byte* to, Byte value) {
    { fill_memory(to, value, std::size_t{1}) } noexcept;
};
template <class Byte>
concept MissesFill = requires(Byte* to, Byte value) {
    requires std::is_same_v<decltype(fill_memory(to, value, std::size_t{1})), Missing>;
};
static_assert(Fills<std::byte> == has_move_memory && !MissesFill<std::byte>,
              "arch/: `void fill_memory(std::byte*, std::byte, std::size_t)` " IS_AS_PROMISED);

static_assert(widest_access == 4 || widest_access == 8, "arch/: `widest_access` is 4 or 8 bytes");

} // namespace ioview::arch
