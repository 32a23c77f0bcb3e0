// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Arrays of fields: an item of IO_FIELDS for so many fields of one width, the lowest of them number
// 0, as pins and channels have them.
//
//   struct Moder : io::Register<Moder, std::uint32_t, io::fixed<0x00>> {
//       IO_FIELDS(array(31, 0, mode, 16, PinMode));      // mode0 to mode15, two bits each
//   };
//   port.update<Moder>([=](Moder r) { return r.with_mode(pin, PinMode::output); });
//
// array(high, low, name, count[, type][, access]), or field_array(…) where a macro is called array.
// One bit each is bool. name(i) and with_name(i, value) panic where there is no such field, which a
// constant expression cannot; try_with_name(i, value): out_of_bounds, or overflow of the value.

// As in macros.hpp: the compiler's trail through the macros would be longer than its message.
#pragma GCC system_header

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/array_index.hpp>
#include <ioview/register/field.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/field_options.hpp>
#include <ioview/register/macros.hpp>
#include <ioview/register/stored_bits.hpp>
#include <ioview/support/panic.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

template <bool IsEven>
struct CheckedFieldCount {
    static_assert(IsEven,
                  "ioview: the bits of an array of fields are a multiple of its count: all fields "
                  "are as wide, one bit or more; write array(high, low, name, count)");
    static constexpr bool ok = true;
};

// Bits of one of the fields; 1 where the count is refused.
constexpr int element_width(int high, int low, int count) noexcept {
    return high >= low && count > 0 && (high - low + 1) % count == 0 ? (high - low + 1) / count : 1;
}

// The field of the lowest bits of a register that is like each of the array, and its options.
template <class Storage, int Width, class... Options>
struct ElementField {
    static constexpr int item_code = code<Options...>;
    using Type = Field<Storage, Width - 1, 0, Options...>;
};
template <class Storage, class... Options>
    requires std::is_void_v<typename FieldOptions<Options...>::Type>
struct ElementField<Storage, 1, Options...> : ElementField<Storage, 1, bool, Options...> {};
template <class Storage, class... Options>
struct ElementField<Storage, 1, bool, Options...> {
    static constexpr int item_code = code<bool, Options...>;
    using Type = Field<Storage, 0, 0, bool, Options...>;
};

// array(High, Low, name, Count, …) as an item.
template <class Storage, int High, int Low, int Count, class... Options>
struct ArrayItem {
    using Said = FieldOptions<Options...>;
    static constexpr int width = element_width(High, Low, Count);
    static constexpr Fault fault = item_fault(8 * sizeof(Storage), High, Low);
    static_assert(CheckedFields < fault != Fault::none
                      ? fault
                      : type_fault(width, ElementField<Storage, width, Options...>::item_code),
                  High,
                  Low > ::ok);
    static_assert(CheckedFieldCount<(High < Low || width * Count == High - Low + 1)>::ok);
    static constexpr auto bits =
        item_bits<std::conditional_t<Said::stated, StatedBits, std::uint64_t>>(
            bits_between(High, Low), Said::access);
};

// The index of a getter or setter: a panic where there is no such field.
template <int Count>
struct FieldIndex {
    unsigned value;
    template <std::integral I>
    IOVIEW_INLINE constexpr FieldIndex(I index) noexcept : value(static_cast<unsigned>(index)) {
        if (!index_is_below(index, Count))
            panic("ioview: an array of fields has no field of this index");
    }
};

// The fields themselves.
template <class Storage_, int High, int Low, int Count, class... Options>
struct FieldArray {
    using Storage = Storage_;
    using Element =
        typename ElementField<Storage, element_width(High, Low, Count), Options...>::Type;
    static constexpr unsigned count = Count;
    static constexpr int low = Low;
    static constexpr Access access = Element::access;
    static constexpr bool stated = Element::stated;
    static constexpr bool readable = Element::readable;
    static constexpr bool is_own_type = Element::is_own_type;

    using Index = FieldIndex<Count>;
    template <class Whole>
    using Value = typename Element::template Value<Whole>;

    // A value in its place: what IO_MODIFY makes of mode(i, value).
    static constexpr auto of_all = static_cast<Storage>(bits_between(High, Low));
    Storage mask, bits;
    IOVIEW_INLINE constexpr FieldArray(Index index, Value<read_write> value) noexcept
        : mask(static_cast<Storage>(Element::mask << shift(index))),
          bits(static_cast<Storage>(value.bits << shift(index))) {}

    IOVIEW_INLINE static constexpr auto get(Storage raw, Index index) noexcept {
        return Element::get(static_cast<Storage>(raw >> shift(index)));
    }
    static constexpr auto get_own(Storage raw, Index index) noexcept {
        return Element::get_own(static_cast<Storage>(raw >> shift(index)));
    }

    // bits: of a value of Element.
    template <class Stored>
    IOVIEW_INLINE static constexpr Stored with(Stored stored, Index index, Storage bits) noexcept {
        const unsigned at = shift(index);
        const auto others = static_cast<Storage>(~static_cast<Storage>(Element::mask << at));
        return Stored(
            static_cast<Storage>((load_bits(stored) & others) | static_cast<Storage>(bits << at)));
    }
    template <class R, std::integral I, class V>
    [[nodiscard]] static constexpr Result<R>
    try_with(const R& value, I index, const V& field) noexcept {
        if (!index_is_below(index, Count))
            return fail(Error::out_of_bounds);
        const Result<Storage> bits = Element::try_place(field);
        if (!bits)
            return fail(bits.error());
        return __builtin_bit_cast(R, with(value.io_stored_, Index(index), *bits));
    }

private:
    // How far above bit 0 a field is.
    IOVIEW_INLINE static constexpr unsigned shift(Index index) noexcept {
        return static_cast<unsigned>(Low) + index.value * Element::width;
    }
};

template <class Storage, int High, int Low, int Count, class... Options>
inline constexpr Item item_of<FieldArray<Storage, High, Low, Count, Options...>>{
    bits_in(ArrayItem<Storage, High, Low, Count, Options...>::bits),
    true,
    FieldOptions<Options...>::stated,
    FieldOptions<Options...>::access};

} // namespace ioview::detail

#undef IOVIEW_MEMBER_array
#undef IOVIEW_BITS_array
#undef IOVIEW_TYPE_array
#define IOVIEW_MEMBER_array(high, low, name, count, ...)                                           \
    using io_field_##name =                                                                        \
        ::ioview::detail::FieldArray<Storage, high, low, count __VA_OPT__(, ) __VA_ARGS__>;        \
    template <class F_ = io_field_##name>                                                          \
    IOVIEW_INLINE [[nodiscard]] constexpr auto name(::ioview::detail::FieldIndex<count> index_)    \
        const noexcept {                                                                           \
        return F_::get(this->io_stored_, index_);                                                  \
    }                                                                                              \
    template <class F_ = io_field_##name>                                                          \
        requires(F_::is_own_type)                                                                  \
    [[nodiscard]] constexpr auto name(::ioview::detail::FieldIndex<count> index_) const noexcept { \
        return F_::get_own(this->io_stored_, index_);                                              \
    }                                                                                              \
    template <class F_ = io_field_##name>                                                          \
    IOVIEW_INLINE [[nodiscard(IOVIEW_COPY_IS_DROPPED)]] constexpr IoSelf with_##name(              \
        ::ioview::detail::FieldIndex<count> index_, typename F_::template Value<IoAccess> value_)  \
        const noexcept {                                                                           \
        return __builtin_bit_cast(IoSelf, F_::with(this->io_stored_, index_, value_.bits));        \
    }                                                                                              \
    template <class F_ = io_field_##name>                                                          \
    [[nodiscard]] constexpr auto try_with_##name(auto index_, auto value_) const noexcept {        \
        return F_::try_with(*this, index_, value_);                                                \
    }
#define IOVIEW_BITS_array(high, low, name, count, ...)                                             \
    , ::ioview::detail::ArrayItem<Storage, high, low, count __VA_OPT__(, ) __VA_ARGS__>::bits
#define IOVIEW_TYPE_array(high, low, name, ...) , io_field_##name
