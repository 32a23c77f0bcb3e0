// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Fields without functions, for maps of thousands of registers of which a program uses dozens: a
// register of IO_FIELD_TYPES costs the compiler half of one of IO_FIELDS.
//
//   struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
//       IO_FIELD_TYPES(bits(31, 16, divisor), bits(6, 4, mode, Mode), bit(0, enable));
//   };
//   IO_MODIFY(bar, Control, mode(Mode::fast), enable(true));    // one read, one write
//   bar.write(IO_VALUE(Control, divisor(12), enable(true)));
//   if (IO_GET(bar.read<Control>(), enable)) …
//
// IO_FIELD_TYPES takes what IO_FIELDS takes, and checks it as that does; what is printed, visited
// and what doubles do is the same. What is left out are name(), with_name() and try_with_name():
// IO_GET, IO_VALUE and IO_MODIFY are in their place, and work on registers of IO_FIELDS, too.

// As in macros.hpp: the compiler's trail through the macros would be longer than its message.
#pragma GCC system_header

#include <ioview/config.hpp>
#include <ioview/register/macros.hpp>
#include <ioview/register/modify_macros.hpp> // IWYU pragma: export
#include <ioview/support/arity.hpp>

#include <type_traits>

namespace ioview::detail {

// The value of a field: of one of an array with its index.
template <class F>
struct GetField {
    template <class R, class... Index>
    [[nodiscard]] IOVIEW_INLINE static constexpr auto of(const R& value, Index... index) noexcept {
        return F::get(value.io_stored_, index...);
    }
    template <class R, class... Index>
        requires(F::is_own_type)
    [[nodiscard]] static constexpr auto of(const R& value, Index... index) noexcept {
        return F::get_own(value.io_stored_, index...);
    }
};

} // namespace ioview::detail

#define IOVIEW_ALIAS_bits(high, low, name, ...)                                                    \
    using io_field_##name = IoField<high, low __VA_OPT__(, ) __VA_ARGS__>;
#define IOVIEW_ALIAS_bit(position, name, ...)                                                      \
    using io_field_##name = IoField<position, position, bool __VA_OPT__(, ) __VA_ARGS__>;
#define IOVIEW_ALIAS_unshifted(high, low, name, ...)                                               \
    using io_field_##name =                                                                        \
        ::ioview::detail::UnshiftedField<Storage, high, low __VA_OPT__(, ) __VA_ARGS__>;
#define IOVIEW_ALIAS_split(name, ...)                                                              \
    using io_field_##name = ::ioview::detail::                                                     \
        SplitField<Storage, ::ioview::detail::PartList<>, IOVIEW_LIST(IOVIEW_PART, __VA_ARGS__)>;
#define IOVIEW_ALIAS_array(high, low, name, count, ...)                                            \
    using io_field_##name =                                                                        \
        ::ioview::detail::FieldArray<Storage, high, low, count __VA_OPT__(, ) __VA_ARGS__>;
#define IOVIEW_ALIAS_reserved(...)
#define IOVIEW_ALIAS_field_bits IOVIEW_ALIAS_bits
#define IOVIEW_ALIAS_field_bit IOVIEW_ALIAS_bit
#define IOVIEW_ALIAS_field_unshifted IOVIEW_ALIAS_unshifted
#define IOVIEW_ALIAS_field_split IOVIEW_ALIAS_split
#define IOVIEW_ALIAS_field_array IOVIEW_ALIAS_array
#define IOVIEW_ALIAS_field_reserved IOVIEW_ALIAS_reserved

// As IO_FIELDS, but for the functions: IO_FIELD_TYPES(bits(31, 16, divisor), bit(0, enable)).
#define IOVIEW_FIELD_TYPES(...)                                                                    \
    IOVIEW_FIELDS_AS(IOVIEW_ALIAS_, IOVIEW_EACH_OF(__VA_ARGS__), __VA_ARGS__)

// What a field of a register's value says; one of an array: IO_GET(value, mode, i).
#define IOVIEW_GET(value, name, ...)                                                               \
    (::ioview::detail::GetField<                                                                   \
        typename ::std::remove_cvref_t<decltype(value)>::io_field_##name>::of(value __VA_OPT__(, ) \
                                                                                  __VA_ARGS__))

#ifndef IOVIEW_NO_SHORT_MACROS
#define IO_FIELD_TYPES(...)                                                                        \
    IOVIEW_FIELDS_AS(IOVIEW_ALIAS_, IOVIEW_EACH_OF(__VA_ARGS__), __VA_ARGS__)
#define IO_GET IOVIEW_GET
#endif
