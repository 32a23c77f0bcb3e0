// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// The access at the end of a path that may have failed: read, write and update, each a Result, and
// the value is evaluated only where the path has not.
//
//   LazyAccess<P>{path}.write([&](auto as) -> typename decltype(as)::type { return value; })

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/given.hpp>

#include <type_traits>

namespace ioview::detail {

// The parameter of a write at the end of a path; anything, where the write is refused.
struct AnyValue {
    template <class V>
    AnyValue(const V&) noexcept;
};
template <class T>
consteval auto lazy_value() noexcept {
    if constexpr (OneAccess<T>)
        return std::type_identity<GivenFor<std::remove_const_t<T>>>{};
    else if constexpr (is_split<std::remove_const_t<T>>)
        return std::type_identity<T>{};
    else
        return std::type_identity<AnyValue>{};
}
template <class T>
using LazyValue = typename decltype(lazy_value<T>())::type;

// A class or union that is written by its members: said by the path, since the view has other forms
// of try_write and try_update, which compilers would list.
template <class T>
inline constexpr bool is_of_members =
    is_object<T> && !std::is_scalar_v<T> && std::is_same_v<LazyValue<T>, AnyValue>;

// Of a path that may have failed, what the view at its end would have.
template <class Path>
struct LazyAccess {
    using T = typename Path::PathTarget;

    [[nodiscard]] IOVIEW_INLINE constexpr auto read() const noexcept {
        auto read = [this] { return path.place().try_read(); };
        if (path.left())
            return decltype(read()){fail(Error::out_of_bounds)};
        return read();
    }
    // The value is what the argument returns as the parameter of the write, so that constants are
    // judged where they stand; the function, what it returns.
    template <class F>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<>
    write([[maybe_unused]] F&& value) const noexcept {
        static_assert(!is_of_members<T>,
                      "ioview: an object is no single access; name a member of it, or project it "
                      "and use copy_write()");
        if (path.left())
            return fail(Error::out_of_bounds);
        if constexpr (is_of_members<T>)
            return fail(Error::unsupported);
        else
            return path.place().try_write(value(std::type_identity<LazyValue<T>>{}));
    }
    template <class F>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<> update([[maybe_unused]] F&& f) const noexcept {
        static_assert(!is_of_members<T>,
                      "ioview: an object is no single access; name a member of it, or project it "
                      "and use copy_read() and copy_write()");
        if (path.left())
            return fail(Error::out_of_bounds);
        if constexpr (is_of_members<T>)
            return fail(Error::unsupported);
        else
            return path.place().try_update(f());
    }

    Path path;
};

} // namespace ioview::detail
