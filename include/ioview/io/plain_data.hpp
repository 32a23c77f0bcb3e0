// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/concepts.hpp>
// Part of <ioview/concepts.hpp>, which is the one to include.
#pragma once
// What the bytes of a type are: looked at to its last member. Those of an aggregate are counted and
// taken apart; of any other class a list names them.
//
//   template <>
//   inline constexpr auto io::enable_plain_data<Packet> = io::members<std::uint32_t, float[3]>;

#include <ioview/io/members_of.hpp>
#include <ioview/io/wire.hpp>
#include <ioview/region.hpp>
#include <ioview/support/declared.hpp>
#include <ioview/support/integer.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview {

// The types of all members, in order, as the value of an opt-in: of a class that is no aggregate,
// of a union, and of one with a base class or more than 32 members.
template <class... Ms>
struct Members {
    constexpr operator bool() const noexcept { return true; }
};
template <class... Ms>
inline constexpr Members<Ms...> members{};

// Opt-ins. Of a class T any bytes make one and each of its bytes has a value; the first alone; the
// second alone:
//
//   template <> inline constexpr bool io::enable_plain_data<Descriptor> = true;
//
// Accepted only where the members bear it out, in trivially copyable standard-layout types.
template <class T>
inline constexpr bool enable_plain_data = false;
template <class T>
inline constexpr bool enable_from_bytes = false;
template <class T>
inline constexpr bool enable_into_bytes = false;

namespace detail {

// The members, as an opt-in lists them or as the aggregate has them; void where neither says.
template <class T>
consteval auto list_of() noexcept {
    if constexpr (!std::is_same_v<decltype(enable_plain_data<T>), const bool>)
        return enable_plain_data<T>;
    else if constexpr (!std::is_same_v<decltype(enable_from_bytes<T>), const bool>)
        return enable_from_bytes<T>;
    else if constexpr (!std::is_same_v<decltype(enable_into_bytes<T>), const bool>)
        return enable_into_bytes<T>;
    else if constexpr (std::is_aggregate_v<T> && !std::is_union_v<T>) {
        using List = decltype(members_of(declared<T&>()));
        if constexpr (!std::is_void_v<List>)
            return List{};
    }
}

// What can be said of all bytes of a type.
struct BytesOf {
    bool any_make_it = false;    // any bytes make one
    bool all_have_value = false; // no padding, nothing that is no value
    bool bring_order = true;     // no number of several bytes that has no order of its own
};
template <class T>
consteval BytesOf bytes_of() noexcept;

template <class T>
inline constexpr std::size_t member_size = sizeof(T);
template <class T>
inline constexpr std::size_t member_size<T[]> = 0;
template <class T>
inline constexpr std::size_t member_align = alignof(T);

// Of a class of these members; nothing, where they are not all of it.
template <class T, class... Ms>
consteval BytesOf bytes_of_members(Members<Ms...>) noexcept {
    std::size_t sum = 0;
    std::size_t end = 0;
    std::size_t greatest = 0;
    bool all_as_wide = true;
    const auto place = [&](std::size_t size, std::size_t align) {
        sum += size;
        end = (end + align - 1) / align * align + size;
        greatest = size > greatest ? size : greatest;
        all_as_wide = all_as_wide && size == sizeof(T);
    };
    (place(member_size<Ms>, member_align<Ms>), ...);
    end = (end + alignof(T) - 1) / alignof(T) * alignof(T);
    const bool is_full = std::is_union_v<T> ? all_as_wide : sum == sizeof(T);
    // Bit-fields are as wide as their types here.
    const bool is_packed = std::has_unique_object_representations_v<T> && sum > sizeof(T);
    const bool is_all =
        is_full || is_packed || (std::is_union_v<T> ? greatest == sizeof(T) : end == sizeof(T));
    return {is_all && (bytes_of<Ms>().any_make_it && ...),
            (is_full || is_packed) && (bytes_of<Ms>().all_have_value && ...),
            (bytes_of<Ms>().bring_order && ...)};
}

template <class T>
consteval BytesOf bytes_of() noexcept {
    if constexpr (std::is_const_v<T>)
        return bytes_of<std::remove_const_t<T>>();
    else if constexpr (is_region<T>)
        return {true, true, true};
    else if constexpr (!is_object<T>)
        return bytes_of<ElementOf<T>>();
    else if constexpr (is_split<T>)
        return bytes_of<typename T::value_type>();
    else if constexpr (OneAccess<T>)
        return {true, true, Wire<T>::order != WireOrder::backend || sizeof(T) == 1};
    else if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double> ||
                       std::is_same_v<T, Int128> || std::is_same_v<T, UInt128>)
        return {true, true, false};
    else if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>)
        return {false, true, sizeof(T) == 1};
    else if constexpr (std::is_class_v<T> || std::is_union_v<T>) {
        if constexpr (std::is_trivially_copyable_v<T> && std::is_standard_layout_v<T>) {
            if constexpr (!std::is_void_v<decltype(list_of<T>())>)
                return bytes_of_members<T>(list_of<T>());
            else
                return {};
        } else
            return {};
    } else
        return {};
}

// The class, or the class of the elements, has opted in.
template <class T>
consteval bool is_from_bytes() noexcept {
    if constexpr (is_slice<T> || is_array<T>)
        return is_from_bytes<std::remove_const_t<ElementOf<T>>>();
    else if constexpr ((std::is_class_v<T> || std::is_union_v<T>)&&!OneAccess<T> && !is_split<T> &&
                       !is_region<T>) {
        if constexpr (static_cast<bool>(enable_plain_data<T>))
            return bytes_of<T>().any_make_it && bytes_of<T>().all_have_value;
        else if constexpr (static_cast<bool>(enable_from_bytes<T>))
            return bytes_of<T>().any_make_it;
        else
            return false;
    } else
        return bytes_of<T>().any_make_it;
}
template <class T>
consteval bool is_into_bytes() noexcept {
    if constexpr (is_slice<T> || is_array<T>)
        return is_into_bytes<std::remove_const_t<ElementOf<T>>>();
    else if constexpr ((std::is_class_v<T> || std::is_union_v<T>)&&!OneAccess<T> && !is_split<T> &&
                       !is_region<T>) {
        if constexpr (static_cast<bool>(enable_plain_data<T>))
            return bytes_of<T>().any_make_it && bytes_of<T>().all_have_value;
        else if constexpr (static_cast<bool>(enable_into_bytes<T>))
            return bytes_of<T>().all_have_value;
        else
            return false;
    } else
        return bytes_of<T>().all_have_value;
}
template <class T>
consteval bool is_plain_data() noexcept {
    return is_from_bytes<std::remove_const_t<T>>() && is_into_bytes<std::remove_const_t<T>>();
}

} // namespace detail
} // namespace ioview
