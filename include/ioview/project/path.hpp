// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// The way from a view to a part of it, one step at a time: constant bytes and the target in the
// type, run-time bytes and whether a step has failed in the value. One view is built at the end.
//
//   start(queues).step(Member<…>{}).step(at(i)).finish()

#include <ioview/concepts.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/project/member_offset.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace ioview::detail {

// How an index step answers a bad index.
enum class Check : std::uint8_t { assert_it, try_it };

template <class I>
struct ElementStep {
    I first;
};
// [first, last), or [first, end).
struct RangeStep {
    std::size_t first;
    std::size_t last;
    bool to_end = false;
};
template <class Step, Check How>
struct Index : Step {};

template <auto I>
struct StaticIndex {};
template <auto First, auto Last>
struct StaticRange {};
template <auto First>
struct StaticFrom {};

// What a member of type T is as a target. An array that says no length, T[] or GNU's T[0], is
// refused by Member, and would be a slice.
template <class T>
struct MemberType {
    using Target = T;
    static constexpr bool has_length = true;
};
template <class T>
struct MemberType<T[]> {
    using Target = T[];
    static constexpr bool has_length = false;
};
template <class T>
    requires(sizeof(T) == 0) && requires(T& array) { array[0]; }
struct MemberType<T> : MemberType<std::remove_reference_t<decltype(std::declval<T&>()[0])>[]>{};
template <class Place>
using MemberTypeOf = MemberType<std::remove_volatile_t<std::remove_reference_t<Place>>>;

// A member of a T: whether the path had a bracket in it, its offset, and its type as that of an
// expression on an rvalue: U&&, const where anything around it is, but U& of a reference member.
// What follows from them stands before the checks: clang 14 stops at the first that fails.
template <class T, bool HasBracket, std::size_t Offset, class Found>
struct Member {
    using Target = typename MemberTypeOf<Found>::Target;
    static constexpr std::size_t offset = Offset;
    static constexpr bool is_reference = !HasBracket && std::is_lvalue_reference_v<Found>;
    static constexpr bool has_fixed_place = std::is_standard_layout_v<T>;

    static_assert(!HasBracket,
                  "ioview: no brackets inside a member path; give the index as a step of its own: "
                  "IO_PROJECT(view, entries, at(i), member)");
    static_assert(!is_reference,
                  "ioview: a reference member is an address of this CPU, not a part of the object; "
                  "project to what it refers to");
    static_assert(HasBracket || MemberTypeOf<Found>::has_length,
                  "ioview: this array has no length of its own; give it one, or view what lies "
                  "behind the object as a slice: region.try_subview<T[]>(offset, count)");
    static_assert(HasBracket || is_reference || has_fixed_place,
                  "ioview: members of a type that is not standard layout have no fixed place; "
                  "make all its members public or all private, in one class, without virtual "
                  "functions");
    static_assert(HasBracket || is_reference || !has_fixed_place ||
                      (alignof(Target) <= alignof(T) && Offset % alignof(Target) == 0),
                  "ioview: packing leaves this member misaligned, so it has no single access; "
                  "declare it as an array of bytes");
};

// The element type of an array or slice, said once for each T; anything, where there is none.
template <class T>
struct Indexed {
    using Element = T;
    static_assert(kind_of<T> == Kind::array || kind_of<T> == Kind::slice || has_no_bytes<T>,
                  "ioview: an index step needs an array or a slice; this target is neither");
};
template <class T>
    requires requires { typename Target<T>::Element; }
struct Indexed<T> {
    using Element = ElementOf<T>;
};
template <class T>
using ElementStepTarget = typename Indexed<T>::Element;
template <class T>
using SliceStepTarget = ElementStepTarget<T>[];

// [First, Last) of an array, as an array; no elements are a slice, since no array has none. The
// count is 1 where the range is refused, so that there is a type.
template <class Element, std::size_t Count>
struct PartOf {
    using Type = Element[Count];
};
template <class Element>
struct PartOf<Element, 0> {
    using Type = Element[];
};
template <class T>
inline constexpr std::size_t end_of =
    has_no_bytes<T> ? 0 : min_size_of<T> / sizeof(ElementStepTarget<T>);
template <class T, std::size_t First, std::size_t Last>
struct StaticPart {
    static constexpr std::size_t offset = First * sizeof(ElementStepTarget<T>);
    static constexpr std::size_t end = end_of<T>;
    static constexpr std::size_t count = First <= Last && Last <= end ? Last - First : 1;
    using Target = typename PartOf<ElementStepTarget<T>, count>::Type;
};
// [First, end). Where there is no static end, or First is past it, it is First, and is refused.
template <class T, auto First>
using StaticRest =
    StaticRange<First,
                (kind_of<T> != Kind::array || to_size(First) > end_of<T> ? to_size(First)
                                                                         : end_of<T>)>;
template <class T, std::size_t First, std::size_t Last>
struct StaticBounds {
    using Part = StaticPart<T, First, Last>;
    static constexpr bool is_array = kind_of<T> == Kind::array;
    static_assert(kind_of<T> != Kind::slice,
                  "ioview: a static index needs an array of known length; use at or try_at, range "
                  "or try_range");
    static_assert(!is_array || First <= Last,
                  "ioview: static_range(first, last): first is past last; swap them");
    static_assert(!is_array || First > Last || Last <= Part::end,
                  "ioview: the static index is past the end of the array; it counts from 0, and "
                  "the last of a range is not part of it");
};

// What io::project takes as a step from a T.
template <class T, class S>
inline constexpr bool is_step = false;
template <class T, class Step, Check How>
inline constexpr bool is_step<T, Index<Step, How>> = true;
template <class T, auto I>
inline constexpr bool is_step<T, StaticIndex<I>> = true;
template <class T, auto First, auto Last>
inline constexpr bool is_step<T, StaticRange<First, Last>> = true;
template <class T, auto First>
inline constexpr bool is_step<T, StaticFrom<First>> = true;
template <class T, class C, class M>
inline constexpr bool is_step<T, M C::*> =
    !std::is_function_v<M> &&
    (std::is_same_v<C, std::remove_const_t<T>> || std::is_base_of_v<C, std::remove_const_t<T>>);
template <class T, class S>
struct StepOf {
    static_assert(
        std::is_member_object_pointer_v<S>,
        "ioview: a step is a pointer to a data member, or an index as io::at(i) makes it");
    static_assert(!std::is_member_object_pointer_v<S> || is_step<T, S>,
                  "ioview: the pointer to member is of another type than the target; go through "
                  "the member in between");
};

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
    kind_of<T> == Kind::object && !std::is_scalar_v<T> && std::is_same_v<LazyValue<T>, AnyValue>;

template <class View, class T, std::size_t Offset, bool Fallible>
class Path;

// What a path costs in state: nothing when it cannot fail. A step that fails is always out of
// bounds.
struct NeverLeaves {
    static constexpr bool left = false;
};
struct MayLeave {
    bool left = false;
};

template <class View, class T, std::size_t Offset, bool Fallible>
class Path {
    using B = typename View::Backend;
    using State = std::conditional_t<Fallible, MayLeave, NeverLeaves>;
    template <class U, std::size_t At, bool MayFail>
    using To = Path<View, U, At, MayFail>;
    template <class, class, std::size_t, bool>
    friend class Path;

public:
    using PathTarget = T;

    IOVIEW_INLINE constexpr Path(View root,
                                 std::size_t bytes,
                                 Extent<T> extent,
                                 State state) noexcept
        : root_(root), bytes_(bytes), extent_(extent), state_(state) {}

    template <bool HasBracket, std::size_t At, class Found>
    IOVIEW_INLINE constexpr auto step(Member<T, HasBracket, At, Found> member) const noexcept {
        using Target = typename decltype(member)::Target;
        return To<Target, Offset + At, Fallible>{root_, bytes_, {}, state_};
    }

    // A pointer to member: a constant for the compiler, but not for the language. A null one has
    // the greatest offset; one of a derived class that was cast to this one leads past the end.
    template <class C, class M>
        requires is_step<T, M C::*>
    IOVIEW_INLINE constexpr auto step(M C::*pointer) const noexcept {
        using Found = std::conditional_t<std::is_const_v<T>, const M, M>;
        using Target = typename MemberTypeOf<Found>::Target;
        [[maybe_unused]] constexpr Member<T, false, 0, Found&&> checked{};
        const std::size_t at = offset_of<std::remove_const_t<T>, M>(pointer);
        if (!state_.left) {
            if (!fits(at, min_size_of<Target>, sizeof(T)))
                refuse_member();
            if (at % alignof(Target) != 0)
                panic("ioview: packing leaves this member misaligned");
        }
        return To<Target, Offset, Fallible>{root_, bytes_ + at, {}, state_};
    }

    template <auto I>
    IOVIEW_INLINE constexpr auto step(StaticIndex<I>) const noexcept {
        constexpr std::size_t at = to_size(I);
        [[maybe_unused]] constexpr StaticBounds<T, at, after(at)> checked{};
        using Part = StaticPart<T, at, after(at)>;
        return To<ElementStepTarget<T>, Offset + Part::offset, Fallible>{root_, bytes_, {}, state_};
    }
    template <auto First, auto Last>
    IOVIEW_INLINE constexpr auto step(StaticRange<First, Last>) const noexcept {
        [[maybe_unused]] constexpr StaticBounds<T, to_size(First), to_size(Last)> checked{};
        using Part = StaticPart<T, to_size(First), to_size(Last)>;
        return To<typename Part::Target, Offset + Part::offset, Fallible>{
            root_, bytes_, {}, state_};
    }
    template <auto First>
    IOVIEW_INLINE constexpr auto step(StaticFrom<First>) const noexcept {
        return step(StaticRest<T, First>{});
    }

    template <class I, Check How>
    IOVIEW_INLINE constexpr auto step(Index<ElementStep<I>, How> index) const noexcept {
        using Element = ElementStepTarget<T>;
        const bool inside = is_index<T>(index.first, count());
        if constexpr (How == Check::assert_it) {
            if (!state_.left && !inside)
                refuse();
        }
        return moved<Element, How>(inside, to_offset(index.first), {});
    }
    template <Check How>
    IOVIEW_INLINE constexpr auto step(Index<RangeStep, How> range) const noexcept {
        using Element = ElementStepTarget<T>;
        const std::size_t last = range.to_end ? count() : range.last;
        const bool inside = !(range.first > last || last > count());
        if constexpr (How == Check::assert_it) {
            if (!state_.left && (range.first > last || last > count()))
                refuse();
        }
        return moved<Element[], How>(inside, range.first, {last - range.first});
    }

    // The step that f() gives; after a failed one f is not called.
    template <class F>
    IOVIEW_INLINE constexpr auto lazy(F&& f) const noexcept {
        if constexpr (Fallible) {
            using Next = decltype(step(f()));
            if (state_.left)
                return Next{root_, bytes_, {}, {true}};
            return Next{step(f())};
        } else {
            return step(f());
        }
    }

    [[nodiscard]] IOVIEW_INLINE constexpr auto finish() const noexcept {
        if constexpr (Fallible)
            return try_finish();
        else
            return place();
    }

    // What has the methods read, write and update: the view, or this path when it may have failed.
    IOVIEW_INLINE constexpr auto end() const noexcept {
        if constexpr (Fallible)
            return *this;
        else
            return place();
    }
    [[nodiscard]] IOVIEW_INLINE constexpr auto read() const noexcept {
        auto read = [this] { return place().try_read(); };
        if (state_.left)
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
        if (state_.left)
            return fail(Error::out_of_bounds);
        if constexpr (is_of_members<T>)
            return fail(Error::unsupported);
        else
            return place().try_write(value(std::type_identity<LazyValue<T>>{}));
    }
    template <class F>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<> update([[maybe_unused]] F&& f) const noexcept {
        static_assert(!is_of_members<T>,
                      "ioview: an object is no single access; name a member of it, or project it "
                      "and use copy_write()");
        if (state_.left)
            return fail(Error::out_of_bounds);
        if constexpr (is_of_members<T>)
            return fail(Error::unsupported);
        else
            return place().try_update(f());
    }

private:
    [[nodiscard]] IOVIEW_INLINE constexpr Result<ViewOf<B, T>> try_finish() const noexcept {
        if (state_.left)
            return fail(Error::out_of_bounds);
        return place();
    }

    static consteval std::size_t after(std::size_t i) { return i + 1 == 0 ? i : i + 1; }

    IOVIEW_INLINE constexpr std::size_t count() const noexcept {
        if constexpr (kind_of<T> == Kind::slice)
            return extent_.count;
        else
            return end_of<T>;
    }

    // Called before anything is computed from the index, as a check by hand would be.
    [[noreturn]] IOVIEW_INLINE static void refuse() noexcept {
        panic("ioview: an index of the projection is past the end");
    }

    [[noreturn]] IOVIEW_INLINE static void refuse_member() noexcept {
        panic("ioview: a pointer to member is null or leads out of the object");
    }

    template <class U, Check How>
    IOVIEW_INLINE constexpr auto
    moved(bool inside, std::size_t first, Extent<U> extent) const noexcept {
        const std::size_t bytes = bytes_ + first * sizeof(ElementStepTarget<T>);
        if constexpr (How == Check::try_it) {
            return To<U, Offset, true>{root_, bytes, extent, MayLeave{state_.left || !inside}};
        } else {
            return To<U, Offset, Fallible>{root_, bytes, extent, state_};
        }
    }

    IOVIEW_INLINE constexpr ViewOf<B, T> place() const noexcept {
        return B::project_view(root_,
                               IoPtr<T>{B::as_ptr(root_).address + Offset + bytes_, extent_});
    }

    View root_;
    std::size_t bytes_;
    IOVIEW_NO_UNIQUE_ADDRESS Extent<T> extent_;
    IOVIEW_NO_UNIQUE_ADDRESS State state_;
};

// The path from what is no view: takes everything, so that its refusal is said once, by RootOf.
struct NoPath {
    NoPath step(auto) const noexcept;
    NoPath lazy(auto) const noexcept;
    NoPath finish() const noexcept;
    NoPath end() const noexcept;
    NoPath read() const noexcept;
    NoPath write(const auto&) const noexcept;
    NoPath update(const auto&) const noexcept;
};

// The root of a path: any view or owner.
template <class V>
NoPath start(const V& io) noexcept;
template <IoBase V>
IOVIEW_INLINE constexpr auto start(const V& io) noexcept {
    using View = ViewOf<typename V::Backend, typename V::Target>;
    const View view = io.as_view();
    return Path<View, typename V::Target, 0, false>{
        view, 0, V::Backend::as_ptr(view).extent, NeverLeaves{}};
}

// V, as deduced by a V&&, is an owner that ends with the expression.
template <class V>
concept TemporaryOwner = !std::is_lvalue_reference_v<V> && IoBase<V> && is_owner<V>;

// The same for a part that stays, where start() is for an access.
template <class V>
IOVIEW_INLINE constexpr auto start_part(V&& io) noexcept {
    return start(io);
}
// clang-format off
template <TemporaryOwner V> auto start_part(V&& io) -> decltype(start(io)) = delete; // ioview: the view would outlive its owner; give the owner a name
// clang-format on

} // namespace ioview::detail
