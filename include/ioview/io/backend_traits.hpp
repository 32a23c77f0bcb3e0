// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/concepts.hpp>
// Part of <ioview/concepts.hpp>, which is the one to include.
#pragma once
// BackendTraits<B>: all that a backend's tag may say beside View, as_ptr and project_view, one
// block a hook: whether it is there in the right form, what holds where it is not, what is said of
// another form. A new hook is such a block, its name in HookNames and its line in is_right.
//
//   if constexpr (BackendTraits<B>::has_memory) std::byte* bytes = B::memory(view);

#include <ioview/error.hpp>
#include <ioview/fwd.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// The address space of backends whose addresses are this CPU's (tag `Space`), so that copies
// between them can tell an overlap.
struct CpuAddresses;

template <class B, class T>
using ViewOf = typename B::template View<T>;

// A name that the tag has too is ambiguous in WithHookNames, whatever it is there.
struct HookNames {
    char try_io_read, try_io_write, order, mixed_order, ordered, gathers, Space, memory;
    char reading, writing, io_fence, bulk_copy;
    char copy_from_io, copy_to_io, try_copy_from_io, try_copy_to_io;
    char as_ptr, project_view;                  // which every tag has
    char byte_order, io_try_read, io_try_write; // none of the library's
};
struct NoHooks {};
template <class B>
struct WithHookNames : std::conditional_t<std::is_class_v<B> && !std::is_final_v<B>, B, NoHooks>,
                       HookNames {};

// clang-format off
// B has `name`, of whatever kind.
#define IOVIEW_NAMES(name) (!requires { &WithHookNames<B>::name; })
// B::name is a function, or type, where a template of functions is asked for.
#define IOVIEW_IS_NO_TEMPLATE(name) (requires { &B::name; } || requires { typename B::name; })
#define IOVIEW_CONVERTS(pointer, function) requires { static_cast<pointer>(&function); }
// B::name is there for a W, in some form. A template that is constrained away has no address.
#define IOVIEW_IS_THERE(name, pointer)                                                             \
    (requires { &B::template name<W>; } || IOVIEW_CONVERTS(pointer, B::name))
// B::name is a constant of that type, and equals value where one is given. Constants are looked at
// as template arguments, since a constraint that is none is an error.
#define IOVIEW_IS_CONSTANT(type, name, ...)                                                        \
    requires {                                                                                     \
        typename std::integral_constant<type, B::name>;                                            \
        requires std::is_same_v<decltype(B::name), const type>;                                    \
        __VA_OPT__(requires B::name == __VA_ARGS__;)                                               \
    }
// function is `result function(View<target> view, …)`, or takes the view by reference to const.
// Signatures are looked at, no call tried: a view may still be incomplete here.
#define IOVIEW_IS_FUNCTION(result, target, function, ...)                                          \
    (IOVIEW_CONVERTS(result (*)(ViewOf<B, target> __VA_OPT__(,) __VA_ARGS__), function) ||         \
     IOVIEW_CONVERTS(result (*)(const ViewOf<B, target>& __VA_OPT__(,) __VA_ARGS__), function))
// f in the four widths, as the sum of the bytes of those for which it holds.
#define IOVIEW_WIDTHS(f)                                                                           \
    (f<B, std::uint8_t> * 1u + f<B, std::uint16_t> * 2u + f<B, std::uint32_t> * 4u +               \
     f<B, std::uint64_t> * 8u)

// clang-format on

// The hooks for words, by width. Each in one piece, or compilers print all of it when a width is
// not there.
template <class B, class W>
inline constexpr bool has_io_read = IOVIEW_IS_FUNCTION(W, W, B::template io_read<W>);
template <class B, class W>
inline constexpr bool has_io_write = IOVIEW_IS_FUNCTION(void, W, B::template io_write<W>, W);
template <class B, class W>
inline constexpr bool has_try_io_read =
    IOVIEW_IS_FUNCTION(Result<W>, W, B::template try_io_read<W>);
template <class B, class W>
inline constexpr bool has_try_io_write =
    IOVIEW_IS_FUNCTION(Result<>, W, B::template try_io_write<W>, W);

// One is wrong where it is there and has another form, or where its try_ form is and it is not.
template <class B, class W>
inline constexpr bool wrong_io_read =
    !has_io_read<B, W> && (has_try_io_read<B, W> || IOVIEW_IS_THERE(io_read, W (*)(ViewOf<B, W>)));
template <class B, class W>
inline constexpr bool wrong_io_write =
    !has_io_write<B, W> &&
    (has_try_io_write<B, W> || IOVIEW_IS_THERE(io_write, void (*)(ViewOf<B, W>, W)));
template <class B, class W>
inline constexpr bool wrong_try_io_read =
    !has_try_io_read<B, W> && IOVIEW_IS_THERE(try_io_read, Result<W> (*)(ViewOf<B, W>));
template <class B, class W>
inline constexpr bool wrong_try_io_write =
    !has_try_io_write<B, W> && IOVIEW_IS_THERE(try_io_write, Result<> (*)(ViewOf<B, W>, W));

// SayWhatIsWrong: the assertions hold or say what to write (CheckedBackend).
template <class B, bool SayWhatIsWrong = false>
struct BackendTraits {
private:
    static constexpr bool silent = !SayWhatIsWrong;

public:
    // One access of a W, std::uint8_t to std::uint64_t, for each width that the medium has.
    static constexpr unsigned read_widths = IOVIEW_WIDTHS(has_io_read);
    static constexpr bool io_read_is_right =
        !IOVIEW_IS_NO_TEMPLATE(io_read) && IOVIEW_WIDTHS(wrong_io_read) == 0;
    static_assert(silent || io_read_is_right,
                  "ioview: a backend's io_read has another form; "
                  "template <class W> static W io_read(View<W> view), for the widths that it has");

    static constexpr unsigned write_widths = IOVIEW_WIDTHS(has_io_write);
    static constexpr bool io_write_is_right =
        !IOVIEW_IS_NO_TEMPLATE(io_write) && IOVIEW_WIDTHS(wrong_io_write) == 0;
    static_assert(silent || io_write_is_right,
                  "ioview: a backend's io_write has another form; template <class W> static void "
                  "io_write(View<W> view, W word), for the widths that it has");

    // The same of a medium that can fail, for each of these widths: what the try_ forms report.
    static constexpr unsigned try_read_widths = IOVIEW_WIDTHS(has_try_io_read);
    static constexpr bool try_io_read_is_right =
        !io_read_is_right ||
        (!IOVIEW_IS_NO_TEMPLATE(try_io_read) && IOVIEW_WIDTHS(wrong_try_io_read) == 0 &&
         (try_read_widths == 0 || try_read_widths == read_widths));
    static_assert(silent || try_io_read_is_right,
                  "ioview: a backend's try_io_read has another form; template <class W> static "
                  "Result<W> try_io_read(View<W> view), for all widths of io_read");

    static constexpr unsigned try_write_widths = IOVIEW_WIDTHS(has_try_io_write);
    static constexpr bool try_io_write_is_right =
        !io_write_is_right ||
        (!IOVIEW_IS_NO_TEMPLATE(try_io_write) && IOVIEW_WIDTHS(wrong_try_io_write) == 0 &&
         (try_write_widths == 0 || try_write_widths == write_widths));
    static_assert(silent || try_io_write_is_right,
                  "ioview: a backend's try_io_write has another form; template <class W> static "
                  "Result<> try_io_write(View<W> view, W word), for all widths of io_write");

    // The byte order in which words are numbers; the CPU's when absent.
    static constexpr std::endian order =
        IOVIEW_IS_CONSTANT(std::endian, order, std::endian::little) ? std::endian::little
        : IOVIEW_IS_CONSTANT(std::endian, order, std::endian::big)  ? std::endian::big
                                                                    : std::endian::native;
    static constexpr bool order_is_right =
        !IOVIEW_NAMES(order) || IOVIEW_IS_CONSTANT(std::endian, order);
    static_assert(silent || order_is_right,
                  "ioview: a backend's order has another form; "
                  "static constexpr std::endian order, which is little or big");

    // True: plain integers have no one order (an IoSysMap on a big-endian CPU), so only le, be and
    // bytes have accesses.
    static constexpr bool mixed_order = IOVIEW_IS_CONSTANT(bool, mixed_order, true);
    static constexpr bool mixed_order_is_right =
        !IOVIEW_NAMES(mixed_order) || IOVIEW_IS_CONSTANT(bool, mixed_order);
    static_assert(silent || mixed_order_is_right,
                  "ioview: a backend's mixed_order has another form; "
                  "static constexpr bool mixed_order");

    // True: a write is after all that was stored to memory before it, a read before all that is
    // loaded from memory after it, by the accesses themselves. What does not say so promises
    // nothing.
    static constexpr bool ordered = IOVIEW_IS_CONSTANT(bool, ordered, true);
    static constexpr bool ordered_is_right =
        !IOVIEW_NAMES(ordered) || IOVIEW_IS_CONSTANT(bool, ordered);
    static_assert(silent || ordered_is_right,
                  "ioview: a backend's ordered has another form; static constexpr bool ordered");

    // True: stores may wait to be gathered until wc_flush().
    static constexpr bool gathers = IOVIEW_IS_CONSTANT(bool, gathers, true);
    static constexpr bool gathers_is_right =
        !IOVIEW_NAMES(gathers) || IOVIEW_IS_CONSTANT(bool, gathers);
    static_assert(silent || gathers_is_right,
                  "ioview: a backend's gathers has another form; static constexpr bool gathers");

    // False: the medium has no bulk copy at all, not by words either.
    static constexpr bool bulk_copy = !IOVIEW_IS_CONSTANT(bool, bulk_copy, false);
    static constexpr bool bulk_copy_is_right =
        !IOVIEW_NAMES(bulk_copy) || IOVIEW_IS_CONSTANT(bool, bulk_copy);
    static_assert(silent || bulk_copy_is_right,
                  "ioview: a backend's bulk_copy has another form; "
                  "static constexpr bool bulk_copy, false where there is no bulk copy");

    // The address space that several backends share: copies between them can tell an overlap.
    static constexpr bool has_space = requires { typename std::type_identity<typename B::Space>; };
    static constexpr bool space_is_right = has_space || !IOVIEW_NAMES(Space);
    static_assert(silent || space_is_right,
                  "ioview: a backend's Space has another form; "
                  "using Space = a type that backends of the same addresses have in common");

    // Of memory of this CPU, its pointer: copies take the CPU's fastest instructions.
    static constexpr bool has_memory = IOVIEW_IS_FUNCTION(std::byte*, std::byte[], B::memory);
    static constexpr bool memory_is_right = has_memory || !IOVIEW_NAMES(memory);
    static_assert(silent || memory_is_right,
                  "ioview: a backend's memory has another form; "
                  "template <class T> static std::byte* memory(View<T> view)");

    // Call f with the view to copy by, one without a barrier at every access, say, and return what
    // f does. Their result is looked at where they are called: it needs the complete view.
    static constexpr bool has_reading = IOVIEW_NAMES(reading);
    static constexpr bool reading_is_right = !IOVIEW_IS_NO_TEMPLATE(reading);
    static_assert(silent || reading_is_right,
                  "ioview: a backend's reading has another form; template <class T, class F> "
                  "static auto reading(View<T> view, F&& f), returning f(view)");

    static constexpr bool has_writing = IOVIEW_NAMES(writing);
    static constexpr bool writing_is_right = !IOVIEW_IS_NO_TEMPLATE(writing);
    static_assert(silent || writing_is_right,
                  "ioview: a backend's writing has another form; template <class T, class F> "
                  "static auto writing(View<T> view, F&& f), returning f(view)");

    // Takes the place of the barrier of a hand-over (io/fence.hpp).
    static constexpr bool has_io_fence = IOVIEW_NAMES(io_fence);
    static constexpr bool io_fence_is_right =
        !has_io_fence || IOVIEW_IS_FUNCTION(void, std::uint32_t, B::io_fence, Fence);
    static_assert(silent || io_fence_is_right,
                  "ioview: a backend's io_fence has another form; "
                  "template <class T> static void io_fence(View<T> view, Fence kind)");

    // All bytes of the view in as few transfers as the medium can: every bulk copy that names no
    // width. Without them copies are made of io_read and io_write.
    static constexpr bool has_copy_from_io =
        IOVIEW_IS_FUNCTION(void, std::byte[], B::copy_from_io, std::byte*);
    static constexpr bool copy_from_io_is_right = has_copy_from_io || !IOVIEW_NAMES(copy_from_io);
    static_assert(silent || copy_from_io_is_right,
                  "ioview: a backend's copy_from_io has another form; "
                  "static void copy_from_io(View<std::byte[]> view, std::byte* to)");

    static constexpr bool has_copy_to_io =
        IOVIEW_IS_FUNCTION(void, std::byte[], B::copy_to_io, const std::byte*);
    static constexpr bool copy_to_io_is_right = has_copy_to_io || !IOVIEW_NAMES(copy_to_io);
    static_assert(silent || copy_to_io_is_right,
                  "ioview: a backend's copy_to_io has another form; "
                  "static void copy_to_io(View<std::byte[]> view, const std::byte* from)");

    // The same of a medium that can fail. Where it has the plain ones only, try_ copies go by
    // words.
    static constexpr bool has_try_copy_from_io =
        IOVIEW_IS_FUNCTION(Result<>, std::byte[], B::try_copy_from_io, std::byte*);
    static constexpr bool try_copy_from_io_is_right =
        has_try_copy_from_io || !IOVIEW_NAMES(try_copy_from_io);
    static_assert(silent || try_copy_from_io_is_right,
                  "ioview: a backend's try_copy_from_io has another form; "
                  "static Result<> try_copy_from_io(View<std::byte[]> view, std::byte* to)");

    static constexpr bool has_try_copy_to_io =
        IOVIEW_IS_FUNCTION(Result<>, std::byte[], B::try_copy_to_io, const std::byte*);
    static constexpr bool try_copy_to_io_is_right =
        has_try_copy_to_io || !IOVIEW_NAMES(try_copy_to_io);
    static_assert(silent || try_copy_to_io_is_right,
                  "ioview: a backend's try_copy_to_io has another form; "
                  "static Result<> try_copy_to_io(View<std::byte[]> view, const std::byte* from)");

    static constexpr bool is_open = std::is_class_v<B> && !std::is_final_v<B>;
    static_assert(silent || is_open,
                  "ioview: a backend's tag is final; its hooks are looked up in "
                  "a class derived from it");
    static constexpr bool is_spelt_right =
        (!IOVIEW_NAMES(byte_order) || IOVIEW_NAMES(order)) &&
        (!IOVIEW_NAMES(io_try_read) || IOVIEW_NAMES(try_io_read)) &&
        (!IOVIEW_NAMES(io_try_write) || IOVIEW_NAMES(try_io_write));
    static_assert(silent || is_spelt_right,
                  "ioview: byte_order, io_try_read and io_try_write are no hooks; "
                  "a backend's are order, try_io_read and try_io_write");

    static constexpr bool has_as_ptr = !is_open || IOVIEW_NAMES(as_ptr);
    static_assert(silent || has_as_ptr,
                  "ioview: a backend's tag has no as_ptr; "
                  "template <class T> static IoPtr<T> as_ptr(View<T> view) noexcept");
    static constexpr bool has_project_view = !is_open || IOVIEW_NAMES(project_view);
    static_assert(silent || has_project_view,
                  "ioview: a backend's tag has no project_view; template <class T, class U> "
                  "static View<U> project_view(View<T> view, IoPtr<U> ptr) noexcept");
    static constexpr bool is_only_a_tag = !is_open || std::is_empty_v<B>;
    static_assert(silent || is_only_a_tag,
                  "ioview: a backend's tag has members of its own; "
                  "no object of it is ever made, so that what a medium needs goes into its views");

    static constexpr bool is_right =
        is_open && has_as_ptr && has_project_view && is_only_a_tag && is_spelt_right &&
        io_read_is_right && io_write_is_right && try_io_read_is_right && try_io_write_is_right &&
        order_is_right && mixed_order_is_right && ordered_is_right && gathers_is_right &&
        bulk_copy_is_right && space_is_right && memory_is_right && reading_is_right &&
        writing_is_right && io_fence_is_right && copy_from_io_is_right && copy_to_io_is_right &&
        try_copy_from_io_is_right && try_copy_to_io_is_right;

    // Whether bytes are copied out of the medium, or into it.
    static constexpr bool copies_out =
        bulk_copy && (read_widths != 0 || has_copy_from_io || has_try_copy_from_io);
    static constexpr bool copies_in =
        bulk_copy && (write_widths != 0 || has_copy_to_io || has_try_copy_to_io);
};

// B's traits; what is wrong with them is an error here. Once for each backend, by Io.
template <class B>
using CheckedBackend = BackendTraits<B, !BackendTraits<B>::is_right>;

#undef IOVIEW_NAMES
#undef IOVIEW_IS_NO_TEMPLATE
#undef IOVIEW_IS_THERE
#undef IOVIEW_CONVERTS
#undef IOVIEW_IS_CONSTANT
#undef IOVIEW_IS_FUNCTION
#undef IOVIEW_WIDTHS

} // namespace ioview::detail
