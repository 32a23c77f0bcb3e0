// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The way from a view to a part of it, one step at a time: constant bytes and the target in the
// type, run-time bytes and the first error in the value. One view is built at the end.
//
//   start(queues).step(Member<…>{}).step(at(i)).finish()

#include <ioview/concepts.hpp>
#include <ioview/detail/access.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// How an index step answers a bad index.
enum class Check : std::uint8_t { assert_it, try_it };

struct ElementStep {
    std::size_t first;
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

// A member of a T: its type as declared, its offset, and whether the path had a bracket in it.
template <class T, class Declared, std::size_t Offset, bool HasBracket>
struct Member {
    using Type = std::remove_volatile_t<std::remove_reference_t<Declared>>;
    using Target = std::conditional_t<std::is_const_v<T>, const Type, Type>;
    static_assert(!HasBracket,
                  "ioview: no brackets inside a member path; give the index as a step of its own: "
                  "IO_PROJECT(view, entries, at(i), member)");
    static_assert(!std::is_reference_v<Declared>,
                  "ioview: a reference member is an address of this CPU, not a part of the object; "
                  "project to what it refers to");
    static_assert(std::is_standard_layout_v<T>,
                  "ioview: members of a type that is not standard layout have no fixed place; "
                  "make all its members public or all private, without virtual functions");
    static_assert(HasBracket || (alignof(Type) <= alignof(T) && Offset % alignof(Type) == 0),
                  "ioview: packing leaves this member misaligned, so it has no single access; "
                  "use bytes, or le/be members of one byte each");
    static constexpr std::size_t offset = HasBracket ? 0 : Offset;
};

template <class T>
concept Indexable = kind_of<std::remove_const_t<T>> == Kind::array || kind_of<T> == Kind::slice;

template <class T>
struct IndexedTarget {
    static_assert(Indexable<T>,
                  "ioview: an index step needs an array or a slice; this target is neither");
    using Element = void;
};
template <Indexable T>
struct IndexedTarget<T> {
    using Element = ElementOf<T>;
};
template <class T>
using ElementStepTarget = typename IndexedTarget<T>::Element;
template <class T>
using SliceStepTarget = ElementStepTarget<T>[];

template <class T, std::size_t First, std::size_t Last>
struct StaticBounds {
    static_assert(kind_of<T> == Kind::array,
                  "ioview: a static index needs an array of known length; use at or try_at, range "
                  "or try_range");
    static_assert(kind_of<T> != Kind::array || First <= Last,
                  "ioview: static_range(first, last): first is past last");
    static_assert(kind_of<T> != Kind::array ||
                      Last <= min_size_of<T> / sizeof(ElementStepTarget<T>),
                  "ioview: the static index is past the end of the array");
    static constexpr std::size_t offset = First * sizeof(ElementStepTarget<T>);
};

template <class View, class T, std::size_t Offset, bool Fallible>
class Path;

// What a path to a T costs in state: nothing when it cannot fail.
struct NoError {
    static constexpr Error error{};
};
struct FirstError {
    Error error{};
};

template <class View, class T, std::size_t Offset, bool Fallible>
class Path {
    using B = typename View::Backend;
    using State = std::conditional_t<Fallible, FirstError, NoError>;
    template <class U, std::size_t At, bool MayFail>
    using To = Path<View, U, At, MayFail>;
    template <class, class, std::size_t, bool>
    friend class Path;

public:
    IOVIEW_INLINE constexpr Path(View root,
                                 std::size_t bytes,
                                 Extent<T> extent,
                                 State state) noexcept
        : root_(root), bytes_(bytes), extent_(extent), state_(state) {}

    template <class Declared, std::size_t At, bool HasBracket>
    IOVIEW_INLINE constexpr auto step(Member<T, Declared, At, HasBracket> member) const noexcept {
        using Target = typename decltype(member)::Target;
        return To<Target, Offset + decltype(member)::offset, Fallible>{root_, bytes_, {}, state_};
    }

    // A pointer to member: a constant for the compiler, but not for the language.
    template <class C, class M>
        requires(!std::is_function_v<M>)
    IOVIEW_INLINE constexpr auto step(M C::*pointer) const noexcept {
        static_assert(std::is_base_of_v<C, std::remove_const_t<T>> ||
                          std::is_same_v<C, std::remove_const_t<T>>,
                      "ioview: the pointer to member is of another type than the target");
        using Target = typename Member<T, M, 0, false>::Target;
        const std::size_t at = offset_of<std::remove_const_t<T>, M>(pointer);
        if (at % alignof(M) != 0)
            panic("ioview: packing leaves this member misaligned");
        return To<Target, Offset, Fallible>{root_, bytes_ + at, {}, state_};
    }

    template <auto I>
    IOVIEW_INLINE constexpr auto step(StaticIndex<I>) const noexcept {
        using Bounds = StaticBounds<T, to_size(I), after(to_size(I))>;
        return To<ElementStepTarget<T>, Offset + Bounds::offset, Fallible>{
            root_, bytes_, {}, state_};
    }
    template <auto First, auto Last>
    IOVIEW_INLINE constexpr auto step(StaticRange<First, Last>) const noexcept {
        using Bounds = StaticBounds<T, to_size(First), to_size(Last)>;
        using Target = ElementStepTarget<T>[to_size(Last) - to_size(First)];
        return To<Target, Offset + Bounds::offset, Fallible>{root_, bytes_, {}, state_};
    }

    template <Check How>
    IOVIEW_INLINE constexpr auto step(Index<ElementStep, How> index) const noexcept {
        using Element = ElementStepTarget<T>;
        const bool inside = index.first < count();
        return moved<Element, How>(inside, index.first, {});
    }
    template <Check How>
    IOVIEW_INLINE constexpr auto step(Index<RangeStep, How> range) const noexcept {
        using Element = ElementStepTarget<T>;
        const std::size_t last = range.to_end ? count() : range.last;
        const bool inside = range.first <= last && last <= count();
        return moved<Element[], How>(inside, range.first, {last - range.first});
    }

    // The step that f() gives; after a failed one f is not called.
    template <class F>
    IOVIEW_INLINE constexpr auto lazy(F&& f) const noexcept {
        if constexpr (Fallible) {
            using Next = decltype(step(f()));
            return state_.error == Error{} ? step(f()) : Next{root_, bytes_, {}, state_};
        } else {
            return step(f());
        }
    }

    IOVIEW_INLINE constexpr auto finish() const noexcept {
        if constexpr (Fallible)
            return state_.error == Error{} ? Result<ViewOf<B, T>>{place()}
                                           : Result<ViewOf<B, T>>{fail(state_.error)};
        else
            return place();
    }

    IOVIEW_INLINE constexpr auto try_read() const noexcept {
        using R = decltype(place().try_read());
        return state_.error == Error{} ? place().try_read() : R{fail(state_.error)};
    }
    template <class F>
    IOVIEW_INLINE constexpr Result<> try_write(F&& value) const noexcept {
        if (state_.error != Error{})
            return fail(state_.error);
        return place().try_write(value());
    }
    template <class F>
    IOVIEW_INLINE constexpr Result<> try_update(F&& f) const noexcept {
        if (state_.error != Error{})
            return fail(state_.error);
        return place().try_update(f());
    }

private:
    static consteval std::size_t after(std::size_t i) { return i + 1 == 0 ? i : i + 1; }

    IOVIEW_INLINE constexpr std::size_t count() const noexcept {
        if constexpr (kind_of<T> == Kind::slice)
            return extent_.count;
        else
            return min_size_of<T> / sizeof(ElementStepTarget<T>);
    }

    template <class U, Check How>
    IOVIEW_INLINE constexpr auto
    moved(bool inside, std::size_t first, Extent<U> extent) const noexcept {
        const std::size_t bytes = bytes_ + first * sizeof(ElementStepTarget<T>);
        if constexpr (How == Check::try_it) {
            const Error error = state_.error != Error{} ? state_.error
                                : inside                ? Error{}
                                                        : Error::out_of_bounds;
            return To<U, Offset, true>{root_, bytes, extent, FirstError{error}};
        } else {
            if (!inside)
                panic("ioview: an index of the projection is past the end");
            return To<U, Offset, Fallible>{root_, bytes, extent, state_};
        }
    }

    IOVIEW_INLINE constexpr ViewOf<B, T> place() const noexcept {
        return narrow<B, T>(root_, bytes_ + Offset, extent_);
    }

    View root_;
    std::size_t bytes_;
    [[no_unique_address]] Extent<T> extent_;
    [[no_unique_address]] State state_;
};

// The root of a path: any view or owner.
template <IoBase V>
IOVIEW_INLINE constexpr auto start(const V& io) noexcept {
    using View = ViewOf<typename V::Backend, typename V::Target>;
    const View view = io.as_view();
    return Path<View, typename V::Target, 0, false>{
        view, 0, V::Backend::as_ptr(view).extent, NoError{}};
}

} // namespace ioview::detail
