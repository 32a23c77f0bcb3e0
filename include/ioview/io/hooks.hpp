// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/concepts.hpp>
// Part of <ioview/concepts.hpp>, which is the one to include.
#pragma once
// Which members a backend's tag has, and whether they have the right form. What each is for stands
// in concepts.hpp.
//
//   static_assert(wrong_hook<MmioBackend>() == Hook::none);

#include <ioview/error.hpp>
#include <ioview/fwd.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// The address space of backends whose addresses are this CPU's (tag `Space`), so that copies
// between them can tell an overlap.
struct CpuAddresses;

template <class B, class T>
using ViewOf = typename B::template View<T>;

// These look at signatures only: a view may still be incomplete when they are asked. A view is
// taken by value or by reference to const. Each in one piece, or compilers print all of it when a
// width is not there.
template <class B, class W>
inline constexpr bool reads_word = requires {
    static_cast<W (*)(ViewOf<B, W>)>(&B::template io_read<W>);
} || requires { static_cast<W (*)(const ViewOf<B, W>&)>(&B::template io_read<W>); };
template <class B, class W>
inline constexpr bool writes_word = requires {
    static_cast<void (*)(ViewOf<B, W>, W)>(&B::template io_write<W>);
} || requires { static_cast<void (*)(const ViewOf<B, W>&, W)>(&B::template io_write<W>); };
template <class B, class W>
inline constexpr bool tries_read_word = requires {
    static_cast<Result<W> (*)(ViewOf<B, W>)>(&B::template try_io_read<W>);
} || requires { static_cast<Result<W> (*)(const ViewOf<B, W>&)>(&B::template try_io_read<W>); };
template <class B, class W>
inline constexpr bool tries_write_word = requires {
    static_cast<Result<> (*)(ViewOf<B, W>, W)>(&B::template try_io_write<W>);
} || requires { static_cast<Result<> (*)(const ViewOf<B, W>&, W)>(&B::template try_io_write<W>); };
template <class B, class W>
concept ReadsWord = reads_word<B, W>;
template <class B, class W>
concept WritesWord = writes_word<B, W>;
template <class B, class W>
concept TriesReadWord = tries_read_word<B, W>;
template <class B, class W>
concept TriesWriteWord = tries_write_word<B, W>;

// Constants: as template arguments, since a constraint that is none is an error.
template <class B>
concept HasOrder = requires {
    typename std::integral_constant<std::endian, B::order>;
    typename std::bool_constant<B::order == std::endian::little>;
    requires std::is_same_v<decltype(B::order), const std::endian>;
};
template <class B>
concept HasMixedOrder = requires {
    typename std::bool_constant<B::mixed_order>;
    requires std::is_same_v<decltype(B::mixed_order), const bool>;
};
template <class B>
concept HasOrdered = requires {
    typename std::bool_constant<B::ordered>;
    requires std::is_same_v<decltype(B::ordered), const bool>;
};
template <class B>
concept HasGathers = requires {
    typename std::bool_constant<B::gathers>;
    requires std::is_same_v<decltype(B::gathers), const bool>;
};
template <class B>
concept HasBulkCopy = requires {
    typename std::bool_constant<B::bulk_copy>;
    requires std::is_same_v<decltype(B::bulk_copy), const bool>;
};
template <class B>
concept HasSpace = requires { typename std::type_identity<typename B::Space>::type; };
template <class B>
concept HasMemory = requires {
    static_cast<std::byte* (*)(ViewOf<B, std::byte[]>)>(&B::memory);
} || requires { static_cast<std::byte* (*)(const ViewOf<B, std::byte[]>&)>(&B::memory); };
template <class B, class T>
concept HasFence = requires { static_cast<void (*)(ViewOf<B, T>, Fence)>(&B::io_fence); } ||
                   requires { static_cast<void (*)(const ViewOf<B, T>&, Fence)>(&B::io_fence); };
template <class B>
concept CopiesOut = requires {
    static_cast<void (*)(ViewOf<B, std::byte[]>, std::byte*)>(&B::copy_from_io);
} || requires {
    static_cast<void (*)(const ViewOf<B, std::byte[]>&, std::byte*)>(&B::copy_from_io);
};
template <class B>
concept CopiesIn = requires {
    static_cast<void (*)(ViewOf<B, std::byte[]>, const std::byte*)>(&B::copy_to_io);
} || requires {
    static_cast<void (*)(const ViewOf<B, std::byte[]>&, const std::byte*)>(&B::copy_to_io);
};
template <class B>
concept TriesCopyOut = requires {
    static_cast<Result<> (*)(ViewOf<B, std::byte[]>, std::byte*)>(&B::try_copy_from_io);
} || requires {
    static_cast<Result<> (*)(const ViewOf<B, std::byte[]>&, std::byte*)>(&B::try_copy_from_io);
};
template <class B>
concept TriesCopyIn = requires {
    static_cast<Result<> (*)(ViewOf<B, std::byte[]>, const std::byte*)>(&B::try_copy_to_io);
} || requires {
    static_cast<Result<> (*)(const ViewOf<B, std::byte[]>&, const std::byte*)>(&B::try_copy_to_io);
};

// The byte order in which a backend's words are numbers: `order` of the tag, else the CPU's.
template <class B>
consteval std::endian order_of() noexcept {
    if constexpr (HasOrder<B>)
        return B::order;
    else
        return std::endian::native;
}

// A backend whose words have no one byte order (an IoSysMap on a big-endian CPU) takes only values
// that bring their own.
template <class B>
consteval bool has_mixed_order() noexcept {
    if constexpr (HasMixedOrder<B>)
        return B::mixed_order;
    else
        return false;
}

// A backend whose accesses are ordered with memory by themselves.
template <class B>
consteval bool is_ordered() noexcept {
    if constexpr (HasOrdered<B>)
        return B::ordered;
    else
        return false;
}

// A backend whose stores may wait to be gathered until wc_flush().
template <class B>
consteval bool gathers_stores() noexcept {
    if constexpr (HasGathers<B>)
        return B::gathers;
    else
        return false;
}

// The widths in bytes that a backend has for a direction, as a sum.
template <class B>
inline constexpr unsigned read_widths =
    ReadsWord<B, std::uint8_t> * 1u + ReadsWord<B, std::uint16_t> * 2u +
    ReadsWord<B, std::uint32_t> * 4u + ReadsWord<B, std::uint64_t> * 8u;
template <class B>
inline constexpr unsigned write_widths =
    WritesWord<B, std::uint8_t> * 1u + WritesWord<B, std::uint16_t> * 2u +
    WritesWord<B, std::uint32_t> * 4u + WritesWord<B, std::uint64_t> * 8u;
template <class B>
inline constexpr unsigned try_read_widths =
    TriesReadWord<B, std::uint8_t> * 1u + TriesReadWord<B, std::uint16_t> * 2u +
    TriesReadWord<B, std::uint32_t> * 4u + TriesReadWord<B, std::uint64_t> * 8u;
template <class B>
inline constexpr unsigned try_write_widths =
    TriesWriteWord<B, std::uint8_t> * 1u + TriesWriteWord<B, std::uint16_t> * 2u +
    TriesWriteWord<B, std::uint32_t> * 4u + TriesWriteWord<B, std::uint64_t> * 8u;

// Whether bytes are copied out of a medium, or into it.
template <class B>
consteval bool has_bulk_copy() noexcept {
    if constexpr (HasBulkCopy<B>)
        return B::bulk_copy;
    else
        return true;
}
template <class B>
inline constexpr bool is_copyable_out =
    has_bulk_copy<B>() && (read_widths<B> != 0 || CopiesOut<B> || TriesCopyOut<B>);
template <class B>
inline constexpr bool is_copyable_in =
    has_bulk_copy<B>() && (write_widths<B> != 0 || CopiesIn<B> || TriesCopyIn<B>);

enum class Hook : std::uint8_t {
    none,
    is_final,
    misspelt,
    io_read,
    io_write,
    try_io_read,
    try_io_write,
    order,
    mixed_order,
    ordered,
    gathers,
    space,
    memory,
    reading,
    writing,
    io_fence,
    copy_from_io,
    copy_to_io,
    try_copy_from_io,
    try_copy_to_io,
    bulk_copy,
};

// A name that the tag has too is ambiguous here, whatever it is there.
struct HookNames {
    char try_io_read, try_io_write, order, mixed_order, Space, memory, reading, writing, io_fence;
    char ordered, gathers;
    char copy_from_io, copy_to_io, try_copy_from_io, try_copy_to_io, bulk_copy;
    char byte_order, io_try_read, io_try_write; // none of the library's
};
template <class B>
struct Named : B, HookNames {};
template <class B>
concept NamesFence = !requires { &Named<B>::io_fence; };
template <class B>
concept NamesReading = !requires { &Named<B>::reading; };
template <class B>
concept NamesWriting = !requires { &Named<B>::writing; };

// The first thing wrong of a tag; of its functions for words, in one width. A template that is
// constrained away has no address. Of reading and writing only the kind is looked at: what they
// return is known where they are called.
// clang-format off
template <class B, class W>
consteval Hook wrong_of_width() noexcept {
    if (!ReadsWord<B, W> &&
        (TriesReadWord<B, W> || requires { &B::template io_read<W>; } || requires { static_cast<W (*)(ViewOf<B, W>)>(&B::io_read); })) return Hook::io_read;
    if (!WritesWord<B, W> &&
        (TriesWriteWord<B, W> || requires { &B::template io_write<W>; } || requires { static_cast<void (*)(ViewOf<B, W>, W)>(&B::io_write); })) return Hook::io_write;
    if (!TriesReadWord<B, W> &&
        (requires { &B::template try_io_read<W>; } || requires { static_cast<Result<W> (*)(ViewOf<B, W>)>(&B::try_io_read); })) return Hook::try_io_read;
    if (!TriesWriteWord<B, W> &&
        (requires { &B::template try_io_write<W>; } || requires { static_cast<Result<> (*)(ViewOf<B, W>, W)>(&B::try_io_write); })) return Hook::try_io_write;
    return Hook::none;
}
template <class B>
consteval Hook wrong_hook() noexcept {
    if constexpr (!std::is_class_v<B> || std::is_final_v<B>) {
        return Hook::is_final;
    } else {
        using N = Named<B>;
        if (!requires { &N::byte_order; } && requires { &N::order; }) return Hook::misspelt;
        if (!requires { &N::io_try_read; } && requires { &N::try_io_read; }) return Hook::misspelt;
        if (!requires { &N::io_try_write; } && requires { &N::try_io_write; }) return Hook::misspelt;
        if (requires { &B::io_read; } || requires { typename B::io_read; }) return Hook::io_read;
        if (requires { &B::io_write; } || requires { typename B::io_write; }) return Hook::io_write;
        if (requires { &B::try_io_read; } || requires { typename B::try_io_read; }) return Hook::try_io_read;
        if (requires { &B::try_io_write; } || requires { typename B::try_io_write; }) return Hook::try_io_write;
        for (const Hook wrong : {wrong_of_width<B, std::uint8_t>(), wrong_of_width<B, std::uint16_t>(),
                                 wrong_of_width<B, std::uint32_t>(), wrong_of_width<B, std::uint64_t>()})
            if (wrong != Hook::none) return wrong;
        if (try_read_widths<B> != 0 && try_read_widths<B> != read_widths<B>) return Hook::try_io_read;
        if (try_write_widths<B> != 0 && try_write_widths<B> != write_widths<B>) return Hook::try_io_write;
        if (!requires { &N::order; } && !HasOrder<B>) return Hook::order;
        if (!requires { &N::mixed_order; } && !HasMixedOrder<B>) return Hook::mixed_order;
        if (!requires { &N::ordered; } && !HasOrdered<B>) return Hook::ordered;
        if (!requires { &N::gathers; } && !HasGathers<B>) return Hook::gathers;
        if (!requires { &N::Space; } && !HasSpace<B>) return Hook::space;
        if (!requires { &N::memory; } && !HasMemory<B>) return Hook::memory;
        if (requires { &B::reading; } || requires { typename B::reading; }) return Hook::reading;
        if (requires { &B::writing; } || requires { typename B::writing; }) return Hook::writing;
        if (NamesFence<B> && !HasFence<B, std::uint32_t>) return Hook::io_fence;
        if (!requires { &N::copy_from_io; } && !CopiesOut<B>) return Hook::copy_from_io;
        if (!requires { &N::copy_to_io; } && !CopiesIn<B>) return Hook::copy_to_io;
        if (!requires { &N::try_copy_from_io; } && !TriesCopyOut<B>) return Hook::try_copy_from_io;
        if (!requires { &N::try_copy_to_io; } && !TriesCopyIn<B>) return Hook::try_copy_to_io;
        if (!requires { &N::bulk_copy; } && !HasBulkCopy<B>) return Hook::bulk_copy;
        return Hook::none;
    }
}
// clang-format on

} // namespace ioview::detail
