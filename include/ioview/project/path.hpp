// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// The way from a view to a part of it, one step at a time: constant bytes and the target in the
// type, run-time bytes and whether a step has failed in the value. One view is built at the end.
//
//   start(queues).step(Member<…>{}).step(at(i)).finish()

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/kept_sum.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/project/lazy_access.hpp>
#include <ioview/project/member.hpp>
#include <ioview/project/member_offset.hpp>
#include <ioview/project/part.hpp>
#include <ioview/project/steps.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// Whether an index of run time is on the way, and whether it may have led out.
enum class Way : std::uint8_t { is_constant, is_indexed, may_leave };
// What a path costs in state: nothing when it cannot fail. A step that fails is always out of
// bounds.
struct NeverLeaves {
    static constexpr bool left = false;
};
struct MayLeave {
    bool left = false;
};

template <class View, class T, std::size_t Offset, Way How>
class Path {
    using B = typename View::Backend;
    static constexpr bool fallible = How == Way::may_leave;
    using State = std::conditional_t<fallible, MayLeave, NeverLeaves>;
    template <class U, std::size_t At, Way Next>
    using To = Path<View, U, At, Next>;
    template <class, class, std::size_t, Way>
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
        return To<Target, Offset + At, How>{root_, bytes_, {}, state_};
    }

    // A pointer to member: a constant for the compiler, but not for the language. A null one has
    // the greatest offset; one of a derived class that was cast to this one leads past the end.
    template <class C, class M>
        requires is_step<T, M C::*>
    IOVIEW_INLINE constexpr auto step(M C::*pointer) const noexcept {
        using Found = std::conditional_t<std::is_const_v<T>, const M, M>;
        using Target = typename MemberTypeOf<Found>::Target;
        [[maybe_unused]] constexpr Member<T, false, 0, Found&&> checked{};
        const std::size_t at = member_offset<std::remove_const_t<T>, M>(pointer);
        if (!state_.left) {
            if (!fits(at, min_size_of<Target>, sizeof(T)))
                refuse_member();
            if (at % alignof(Target) != 0)
                panic("ioview: packing leaves this member misaligned");
        }
        return To<Target, Offset, How>{root_, bytes_ + at, {}, state_};
    }

    template <auto I>
    IOVIEW_INLINE constexpr auto step(StaticIndex<I>) const noexcept {
        constexpr std::size_t at = to_size(I);
        [[maybe_unused]] constexpr StaticBounds<T, at, after(at)> checked{};
        using Part = StaticPart<T, at, after(at)>;
        return To<ElementStepTarget<T>, Offset + Part::offset, How>{root_, bytes_, {}, state_};
    }
    template <auto First, auto Last>
    IOVIEW_INLINE constexpr auto step(StaticRange<First, Last>) const noexcept {
        [[maybe_unused]] constexpr StaticBounds<T, to_size(First), to_size(Last)> checked{};
        using Part = StaticPart<T, to_size(First), to_size(Last)>;
        return To<typename Part::Target, Offset + Part::offset, How>{root_, bytes_, {}, state_};
    }
    template <auto First>
    IOVIEW_INLINE constexpr auto step(StaticFrom<First>) const noexcept {
        return step(StaticRest<T, First>{});
    }

    template <class I, Check On>
    IOVIEW_INLINE constexpr auto step(Index<ElementStep<I>, On> index) const noexcept {
        using Element = ElementStepTarget<T>;
        const bool inside = is_index<T>(index.first, count());
        if constexpr (On == Check::assert_it) {
            if (!state_.left && !inside)
                refuse();
        }
        return moved<Element, On>(inside, to_offset(index.first), {});
    }
    template <Check On>
    IOVIEW_INLINE constexpr auto step(Index<RangeStep, On> range) const noexcept {
        using Element = ElementStepTarget<T>;
        const std::size_t last = range.to_end ? count() : range.last;
        const bool inside = !(range.first > last || last > count());
        if constexpr (On == Check::assert_it) {
            if (!state_.left && (range.first > last || last > count()))
                refuse();
        }
        return moved<Element[], On>(inside, range.first, {last - range.first});
    }

    // The step that f() gives; after a failed one f is not called.
    template <class F>
    IOVIEW_INLINE constexpr auto lazy(F&& f) const noexcept {
        if constexpr (fallible) {
            using Next = decltype(step(f()));
            if (state_.left)
                return Next{root_, bytes_, {}, {true}};
            return Next{step(f())};
        } else {
            return step(f());
        }
    }

    // The view, or a Result of it where a step may have failed.
    [[nodiscard]] IOVIEW_INLINE constexpr auto finish() const noexcept {
        if constexpr (fallible) {
            using End = Result<ViewOf<B, T>>;
            return state_.left ? End{fail(Error::out_of_bounds)} : End{place()};
        } else {
            return place();
        }
    }

    // What has the methods read, write and update.
    IOVIEW_INLINE constexpr auto end() const noexcept {
        if constexpr (fallible)
            return LazyAccess<Path>{*this};
        else
            return place();
    }
    IOVIEW_INLINE constexpr bool left() const noexcept { return state_.left; }
    IOVIEW_INLINE constexpr ViewOf<B, T> place() const noexcept {
        if constexpr (How == Way::is_constant || !keeps_sums<B, View>) {
            return narrow<B, T>(root_, Offset + bytes_, extent_);
        } else {
            const View moved =
                narrow<B, typename View::Target>(root_, bytes_, B::as_ptr(root_).extent);
            return narrow<B, T>(kept<B>(moved), Offset, extent_);
        }
    }

private:
    static consteval std::size_t after(std::size_t i) { return i + 1 == 0 ? i : i + 1; }

    IOVIEW_INLINE constexpr std::size_t count() const noexcept {
        if constexpr (is_slice<T>)
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

    template <class U, Check On>
    IOVIEW_INLINE constexpr auto
    moved(bool inside, std::size_t first, Extent<U> extent) const noexcept {
        const std::size_t bytes = bytes_ + first * sizeof(ElementStepTarget<T>);
        if constexpr (On == Check::try_it) {
            return To<U, Offset, Way::may_leave>{
                root_, bytes, extent, MayLeave{state_.left || !inside}};
        } else {
            return To < U, Offset,
                   fallible ? How : Way::is_indexed > {root_, bytes, extent, state_};
        }
    }

    View root_;
    std::size_t bytes_;
    IOVIEW_NO_UNIQUE_ADDRESS Extent<T> extent_;
    IOVIEW_NO_UNIQUE_ADDRESS State state_;
};

} // namespace ioview::detail
