// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Access kinds: what a read or a write of a bit does, as the manual's access column says it. One
// row says all that there is to a kind.
//
//   bit(1, overrun, io::w1c)                                      // one field
//   struct Id : io::Register<Id, std::uint32_t, io::fixed<0>, io::ro> { … };   // a whole register

#include <cstdint>

// Device headers define such names as macros; they are that again at the end of this file, and the
// kinds have their long names then.
#pragma push_macro("rw")
#pragma push_macro("ro")
#pragma push_macro("wo")
#pragma push_macro("w1c")
#pragma push_macro("w1s")
#pragma push_macro("w0c")
#pragma push_macro("rc")
#pragma push_macro("rsvdz")
#pragma push_macro("rsvdo")
#pragma push_macro("w1t")
#pragma push_macro("w0s")
#pragma push_macro("w0t")
#undef rw
#undef ro
#undef wo
#undef w1c
#undef w1s
#undef w0c
#undef rc
#undef rsvdz
#undef rsvdo
#undef w1t
#undef w0s
#undef w0t

namespace ioview {
namespace detail {

// A read finds the value of a bit, nothing that means anything, or the value, which is zero then.
enum class OnRead : std::uint8_t { value, nothing, clears };
// A write of a bit is what it holds then, is ignored, does something to the bit if it is written
// as the other than its idle value, or is wrong then.
enum class OnWrite : std::uint8_t { stores, ignored, clears, sets, toggles, reserved };
// What is written to a bit so that nothing happens: by an update, unless its function sets it. Of
// none it is what was read.
enum class Idle : std::uint8_t { none, zeros, ones };

} // namespace detail

// All access kinds, each a type in ioview and an enumerator of Access, by a short and a long name;
// rw is what is meant where none is said. All else is derived from the rows: what may be read, set
// and updated, the bits that an update keeps harmless, what a double does, what is printed.
// clang-format off
//      kind   in full              a read   a write   idle bits
#define IOVIEW_ACCESS_KINDS(row)                                  \
    row(rw,    read_write,          value,   stores,   none)      \
    row(ro,    read_only,           value,   ignored,  none)      \
    row(wo,    write_only,          nothing, stores,   none)      \
    row(w1c,   write_one_to_clear,  value,   clears,   zeros)     \
    row(w1s,   write_one_to_set,    value,   sets,     zeros)     \
    row(w0c,   write_zero_to_clear, value,   clears,   ones)      \
    row(rc,    read_to_clear,       clears,  ignored,  none)      \
    row(rsvdz, reserved_zero,       value,   reserved, zeros)     \
    row(rsvdo, reserved_one,        value,   reserved, ones)      \
    row(w1t,   write_one_to_toggle, value,   toggles,  zeros)     \
    row(w0s,   write_zero_to_set,   value,   sets,     ones)      \
    row(w0t,   write_zero_to_toggle, value,  toggles,  ones)
// clang-format on

// The access kind as a value, for tools: FieldInfo::access.
#define IOVIEW_ACCESS_ROW(kind, full, ...) kind,
#define IOVIEW_ACCESS_FULL(kind, full, ...) full = kind,
enum class Access : std::uint8_t {
    IOVIEW_ACCESS_KINDS(IOVIEW_ACCESS_ROW) IOVIEW_ACCESS_KINDS(IOVIEW_ACCESS_FULL)
};
#undef IOVIEW_ACCESS_ROW
#undef IOVIEW_ACCESS_FULL

#define IOVIEW_ACCESS_ROW(kind, full, ...)                                                         \
    struct kind {                                                                                  \
        static constexpr Access io_access = Access::kind;                                          \
    };                                                                                             \
    using full = kind;
IOVIEW_ACCESS_KINDS(IOVIEW_ACCESS_ROW)
#undef IOVIEW_ACCESS_ROW

namespace detail {

// A row.
struct AccessKind {
    const char* name;
    OnRead on_read;
    OnWrite on_write;
    Idle idle;

    constexpr bool is_read() const noexcept { return on_read != OnRead::nothing; }
    constexpr bool is_written() const noexcept { return on_write != OnWrite::ignored; }
    // A field of it has setters.
    constexpr bool is_set() const noexcept {
        return on_write != OnWrite::ignored && on_write != OnWrite::reserved;
    }
};

#define IOVIEW_ACCESS_ROW(kind, full, read, write, idle)                                           \
    {#kind, OnRead::read, OnWrite::write, Idle::idle},
inline constexpr AccessKind access_kinds[] = {IOVIEW_ACCESS_KINDS(IOVIEW_ACCESS_ROW)};
#undef IOVIEW_ACCESS_ROW

inline constexpr int access_kind_count = sizeof(access_kinds) / sizeof(AccessKind);

constexpr const AccessKind& access_kind(Access access) noexcept {
    return access_kinds[static_cast<int>(access)];
}

// T is one of the types above.
template <class T>
inline constexpr bool is_access = false;
#define IOVIEW_ACCESS_ROW(kind, full, ...)                                                         \
    template <>                                                                                    \
    inline constexpr bool is_access<kind> = true;
IOVIEW_ACCESS_KINDS(IOVIEW_ACCESS_ROW)
#undef IOVIEW_ACCESS_ROW

} // namespace detail

// "w1c" and so on.
[[nodiscard]] constexpr const char* access_name(Access access) noexcept {
    return detail::access_kind(access).name;
}

} // namespace ioview

#pragma pop_macro("rw")
#pragma pop_macro("ro")
#pragma pop_macro("wo")
#pragma pop_macro("w1c")
#pragma pop_macro("w1s")
#pragma pop_macro("w0c")
#pragma pop_macro("rc")
#pragma pop_macro("rsvdz")
#pragma pop_macro("rsvdo")
#pragma pop_macro("w1t")
#pragma pop_macro("w0s")
#pragma pop_macro("w0t")
