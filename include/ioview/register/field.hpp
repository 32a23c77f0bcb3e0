// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Where a field lies in its register and how its value is read and written; made by IO_FIELDS,
// seldom named.
//
//   using Mode = detail::Field<std::uint32_t, 6, 4, ModeEnum>;   // bits(6, 4, mode, ModeEnum)
//   Mode::get(raw); Mode::mask;

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/field_options.hpp>
#include <ioview/register/field_value.hpp>
#include <ioview/register/in_place.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// From bits at position 0 to the value that a getter yields.
template <class Stated, class Storage, unsigned Width>
IOVIEW_INLINE constexpr auto value_of(Storage bits) noexcept {
    if constexpr (std::is_void_v<Stated>) {
        return Bounded<Storage, Width>::masked(bits);
    } else if constexpr (std::integral<Stated>) {
        return low_bits<Stated, Width>(bits);
    } else {
        return static_cast<Stated>(low_bits<std::underlying_type_t<Stated>, Width>(bits));
    }
}
// The same of a type of the user's own.
template <class Own, class Storage, unsigned Width>
constexpr Own own_value_of(Storage bits) noexcept {
    static_assert(
        requires { static_cast<Own>(Bounded<Storage, Width>()); } &&
            requires(const Own& v) { static_cast<Bounded<Storage, Width>>(v); },
        "ioview: a field's own type converts from and to Bounded<Storage, width>");
    return static_cast<Own>(Bounded<Storage, Width>::masked(bits));
}

// Shared by all fields of one storage type and value type.
template <class Storage_, class... Options>
struct FieldTypes {
    using Storage = Storage_;
    using Stated = typename FieldOptions<Options...>::Type;
    using Type = std::conditional_t<std::is_void_v<Stated>, Storage, Stated>;
    static constexpr Access access = FieldOptions<Options...>::access;
    static constexpr bool stated = FieldOptions<Options...>::stated; // else the register's
    static constexpr bool is_own_type = value_kind<Type> == ValueKind::user;
    static constexpr bool readable = access_kind(access).is_read();
    static constexpr bool writable = access_kind(access).is_set();
};

template <bool Readable>
struct CheckedReadable {
    static_assert(Readable, "ioview: this field is write-only (io::wo): it has no value to read");
    static constexpr bool ok = true;
};

// What all fields share; F knows gather() (bits to position 0) and place() (back).
template <class F, class Storage_, unsigned Width, class... Options>
struct FieldBase : FieldTypes<Storage_, Options...> {
    using Types = FieldTypes<Storage_, Options...>;
    static constexpr unsigned width = Width;

    // In a register of access kind Whole.
    template <class Whole>
    using Value =
        FieldValue<F,
                   Types::writable ? value_kind<typename Types::Type> : ValueKind::not_written,
                   access_kind(Types::stated ? Types::access : Whole::io_access).idle>;

    IOVIEW_INLINE static constexpr auto get(Storage_ raw) noexcept {
        static_assert(CheckedReadable<Types::readable>::ok);
        // A flag is compared in place: no shift where a CPU would make one.
        if constexpr (Width == 1 && std::same_as<typename Types::Stated, bool>)
            return (raw & F::mask) != 0;
        else
            return value_of<typename Types::Stated, Storage_, Width>(F::gather(raw));
    }
    static constexpr auto get_own(Storage_ raw) noexcept {
        static_assert(CheckedReadable<Types::readable>::ok);
        return own_value_of<typename Types::Stated, Storage_, Width>(F::gather(raw));
    }

    // The stored bits with those of a value, which lie in place, for the field's.
    template <class Stored>
    IOVIEW_INLINE static constexpr Stored with(Stored stored, Storage_ bits) noexcept {
        return Stored(static_cast<Storage_>((stored & static_cast<Storage_>(~F::mask)) | bits));
    }

    // The bits of a run-time value; overflow when it needs more than the field has.
    template <class V>
    [[nodiscard]] static constexpr Result<Storage_> try_place(const V& value) noexcept {
        static_assert(Types::writable,
                      "ioview: this field is not written (ro, rc or reserved); declare "
                      "it rw if the manual allows writes");
        if constexpr (std::is_enum_v<typename Types::Type>) {
            static_assert(std::same_as<V, typename Types::Type> || Integer<V>,
                          "ioview: this field takes its own enumeration or an integer");
            if constexpr (std::is_enum_v<V>)
                return try_integer(static_cast<std::underlying_type_t<V>>(value));
            else
                return try_integer(value);
        } else if constexpr (Integer<V>) {
            return try_integer(value);
        } else if constexpr (is_bounded<V>) {
            return try_integer(value.get());
        } else {
            static_assert(std::same_as<V, typename Types::Type>,
                          "ioview: not a value of this field");
            return F::place(static_cast<Bounded<Storage_, Width>>(value).get());
        }
    }

    // The register with a run-time value in this field.
    template <class R, class V>
    [[nodiscard]] static constexpr Result<R> try_with(const R& value, const V& field) noexcept {
        const Result<Storage_> bits = F::try_place(field);
        if (!bits)
            return fail(bits.error());
        return __builtin_bit_cast(R, with(value.io_stored_, *bits));
    }

private:
    template <class V>
    [[nodiscard]] static constexpr Result<Storage_> try_integer(V value) noexcept {
        // NOLINTNEXTLINE(modernize-type-traits): underlying_type_t of no enum would be an error
        using Integer = typename std::conditional_t<std::is_enum_v<typename Types::Type>,
                                                    std::underlying_type<typename Types::Type>,
                                                    std::type_identity<typename Types::Type>>::type;
        if (!value_fits<Width>(std::is_signed_v<Integer>, value))
            return fail(Error::overflow);
        return F::place(value);
    }
};

// bits(High, Low, name, …) and bit(High, name, …)
template <class Storage, int High, int Low, class... Options>
struct Field
    : FieldBase<Field<Storage, High, Low, Options...>, Storage, High - Low + 1u, Options...> {
    static constexpr int high = High;
    static constexpr int low = Low;
    static constexpr Storage mask = static_cast<Storage>((~0ull >> (63 - High + Low)) << Low);

    // A value in its place: what IO_MODIFY makes of mode(5).
    Storage bits;
    using Given = typename Field::template Value<read_write>;
    IOVIEW_INLINE constexpr Field(Given value) noexcept : bits(value.bits) {}

    IOVIEW_INLINE static constexpr Storage gather(Storage raw) noexcept {
        return static_cast<Storage>(raw >> Low);
    }
    template <class V>
    IOVIEW_INLINE static constexpr Storage place(V value) noexcept {
        return static_cast<Storage>((static_cast<Storage>(value) << Low) & mask);
    }
};

// unshifted(High, Low, name, …)
template <class Storage, int High, int Low, class... Options>
struct UnshiftedField
    : FieldBase<UnshiftedField<Storage, High, Low, Options...>, Storage, High + 1u, Options...> {
    using Base = FieldBase<UnshiftedField, Storage, High + 1u, Options...>;
    static_assert(std::is_void_v<typename Base::Stated>,
                  "ioview: a field left in place has no value type; use bits() for one");
    static constexpr int high = High;
    static constexpr int low = Low;
    static constexpr Storage mask = InPlace<Storage, High, Low>::mask;

    template <class Whole>
    using Value = FieldValue<UnshiftedField,
                             Base::writable ? ValueKind::in_place : ValueKind::not_written,
                             access_kind(Base::stated ? Base::access : Whole::io_access).idle>;

    // A value in its place: what IO_MODIFY makes of mode(5).
    Storage bits;
    using Given = typename UnshiftedField::template Value<read_write>;
    IOVIEW_INLINE constexpr UnshiftedField(Given value) noexcept : bits(value.bits) {}

    IOVIEW_INLINE static constexpr auto get(Storage raw) noexcept {
        static_assert(CheckedReadable<Base::readable>::ok);
        return InPlace<Storage, High, Low>::masked(raw);
    }
    template <class V>
    [[nodiscard]] static constexpr Result<Storage> try_place(V value) noexcept {
        static_assert(Base::writable, "ioview: this field is not written (ro, rc or reserved)");
        using Own = InPlace<Storage, High, Low>;
        if constexpr (std::same_as<V, Own>) {
            return value.get();
        } else if constexpr (is_bounded<V>) {
            return try_place(value.get());
        } else {
            static_assert(Integer<V>, "ioview: not in the field's place");
            auto checked = Own::try_new(value);
            if (!checked)
                return fail(checked.error());
            return checked->get();
        }
    }
};

// split(name, (high, low), (high, low)…, …): one value, most significant part first. The parts are
// collected in a list; what remains are the options of the field.
template <class Storage, class... Parts, int High, int Low, class... Rest>
struct SplitField<Storage, PartList<Parts...>, Part<High, Low>, Rest...>
    : SplitField<Storage, PartList<Parts..., Part<High, Low>>, Rest...> {
    using SplitField<Storage, PartList<Parts..., Part<High, Low>>, Rest...>::SplitField;
};

template <class Storage, class... Parts, class... Options>
struct SplitField<Storage, PartList<Parts...>, Options...>
    : FieldBase<SplitField<Storage, PartList<Parts...>, Options...>,
                Storage,
                (0u + ... + Parts::width),
                Options...> {
    static constexpr int high = [] {
        int greatest = 0;
        ((greatest = Parts::high > greatest ? Parts::high : greatest), ...);
        return greatest;
    }();
    static constexpr int low = [] {
        int least = 63;
        ((least = Parts::low < least ? Parts::low : least), ...);
        return least;
    }();
    static constexpr Storage mask = static_cast<Storage>((Parts::mask | ...));

    // A value in its place: what IO_MODIFY makes of mode(5).
    Storage bits;
    using Given = typename SplitField::template Value<read_write>;
    IOVIEW_INLINE constexpr SplitField(Given value) noexcept : bits(value.bits) {}

    static constexpr Storage gather(Storage raw) noexcept {
        std::uint64_t bits = 0;
        ((bits = (Parts::width < 64 ? bits << (Parts::width & 63) : 0) |
                 ((raw & Parts::mask) >> Parts::low)),
         ...);
        return static_cast<Storage>(bits);
    }
    template <class V>
    static constexpr Storage place(V value) noexcept {
        const auto bits = static_cast<std::uint64_t>(static_cast<Storage>(value));
        std::uint64_t placed = 0;
        unsigned left = (0u + ... + Parts::width);
        ((left -= Parts::width, placed |= ((bits >> left) << Parts::low) & Parts::mask), ...);
        return static_cast<Storage>(placed);
    }
};

} // namespace ioview::detail
