// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Script: the accesses that a driver is expected to make, all devices in one order, each with its
// width and value. Works in constant expressions, where a failure is an error of the compiler.
//
//   io::testing::Script script{
//       reads<std::uint32_t>(0x18, 0x20).times(2),     // busy, busy,
//       reads<std::uint32_t>(0x18, 0),                 // ready
//       writes<std::uint32_t>(0x0, 'A')};
//   put(script.view<Pl011>(), 'A');
//
// An access that is not the next step, and steps left over when the script ends, are reported to
// the handler of on_failure(), once a script: later accesses are no news. After that reads give
// garbage and their try_ forms io_error. A Script without steps expects no access at all.

#include <ioview/barrier.hpp>
#include <ioview/io.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/register/names.hpp>
#include <ioview/testing/message.hpp>
#include <ioview/testing/script_core.hpp>
#include <ioview/testing/step.hpp>
#include <ioview/testing/steps.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::testing {

template <class T>
class ScriptView;

// Accesses are steps of the script. Addresses are offsets into the view's space.
struct ScriptBackend {
    template <class T>
    using View = ScriptView<T>;
    static constexpr std::endian order = std::endian::little;
    static constexpr bool ordered = true;

    template <class T>
    static constexpr IoPtr<T> as_ptr(ScriptView<T> view) noexcept {
        return view.ptr_;
    }
    // The name of a register that is a member goes with its view, and on to the word that is read.
    template <class T, class U>
    static constexpr ScriptView<U> project_view(ScriptView<T> view, IoPtr<U> ptr) noexcept {
        using ioview::detail::RegisterValue;
        detail::AppendName name = nullptr;
        if constexpr (RegisterValue<U>)
            name = &detail::append_register<std::remove_const_t<U>>;
        else if constexpr (RegisterValue<T>)
            name = view.name_;
        return {view.core_, view.space_, ptr, name};
    }

    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    [[nodiscard]] static constexpr Result<W> try_io_read(ScriptView<W> view) noexcept {
        const auto word = view.core_->read(view.space_, view.ptr_.address, sizeof(W), view.name_);
        if (!word)
            return fail(word.error());
        return static_cast<W>(*word);
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    [[nodiscard]] static constexpr Result<> try_io_write(ScriptView<W> view, W word) noexcept {
        return view.core_->write(view.space_, view.ptr_.address, sizeof(W), word, view.name_);
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    static constexpr W io_read(ScriptView<W> view) noexcept {
        const auto word = try_io_read<W>(view);
        if (!word && !view.core_->ok())
            return static_cast<W>(view.core_->garbage());
        return word.value_or(static_cast<W>(~W{0}));
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    static constexpr void io_write(ScriptView<W> view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }
    template <class T>
    static constexpr void io_fence(ScriptView<T> view, Fence kind) noexcept {
        view.core_->fence(view.space_, kind);
    }
};

// What the methods of Script give: a view of a space of the script.
template <class T>
class ScriptView : public Io<ScriptView<T>, ScriptBackend, T> {
public:
    [[nodiscard]] constexpr ScriptView as_view() const noexcept { return *this; }

    friend constexpr bool operator==(ScriptView a, ScriptView b) noexcept {
        return a.core_ == b.core_ && a.space_ == b.space_ && a.ptr_ == b.ptr_;
    }

private:
    friend ScriptBackend;
    template <std::size_t>
    friend class Script;
    constexpr ScriptView(ScriptCore* core,
                         std::uint8_t space,
                         IoPtr<T> ptr,
                         detail::AppendName name = nullptr) noexcept
        : core_(core), ptr_(ptr), name_(name), space_(space) {}

    ScriptCore* core_;
    IoPtr<T> ptr_;
    detail::AppendName name_; // of the register that this is, or lies in
    std::uint8_t space_;
};

} // namespace ioview::testing

namespace ioview::detail {

template <class>
inline constexpr bool is_part_of_a_script = false;
template <>
inline constexpr bool is_part_of_a_script<testing::Step> = true;
template <std::size_t N>
inline constexpr bool is_part_of_a_script<testing::Sequence<N>> = true;

template <class P>
inline constexpr std::size_t steps_in = [] {
    static_assert(is_part_of_a_script<P>,
                  "ioview: a Script is made of steps: reads, writes, updates, fences, Sequence");
    return std::size_t{1};
}();
template <std::size_t N>
inline constexpr std::size_t steps_in<testing::Sequence<N>> = N;

} // namespace ioview::detail

namespace ioview::testing {

// N steps. Views hold a pointer to it: it stays where it is while they are used. For one thread.
template <std::size_t N>
class Script : public ScriptCore, ioview::detail::methods::NoTypedViewsOfATemporary {
public:
    using ioview::detail::methods::NoTypedViewsOfATemporary::view;
    using Backend = ScriptBackend;

    template <class... Parts>
        requires((detail::steps_in<Parts> + ... + 0) == N)
    constexpr explicit Script(const Parts&... parts) noexcept : ScriptCore(steps_, N) {
        [[maybe_unused]] std::size_t i = 0;
        if constexpr ((detail::is_part_of_a_script<Parts> && ...))
            (add(i, parts), ...);
        check_steps();
    }
    constexpr ~Script() { check_end(); }

    // The space of that name as a T, from offset 0: as large as T, and as the steps in it reach.
    template <class T>
    [[nodiscard]] constexpr ScriptView<T> view(Text space_name = {}) & noexcept {
        const std::uint64_t end = end_of(space_name);
        return view<T>(space_name,
                       end > min_size_of<T> ? static_cast<std::size_t>(end) : min_size_of<T>);
    }
    // The same with so many bytes, of which T needs no more.
    template <class T>
    [[nodiscard]] constexpr ScriptView<T> view(Text space_name, std::size_t bytes) & noexcept {
        if (bytes < min_size_of<T>)
            panic("ioview: Script::view: the target needs more bytes");
        const std::uint8_t number = space(space_name);
        if constexpr (requires { typename T::RegisterList; })
            name_space(number, &detail::append_listed<T>);
        return {this, number, {0, ioview::detail::extent_for<T>(bytes)}};
    }

private:
    constexpr void add(std::size_t& i, const Step& step) noexcept { steps_[i++] = step; }
    template <std::size_t M>
    constexpr void add(std::size_t& i, const Sequence<M>& sequence) noexcept {
        for (const Step& step : sequence.steps)
            steps_[i++] = step;
    }

    Step steps_[N == 0 ? 1 : N]{};
};

template <class... Parts>
Script(const Parts&...) -> Script<(detail::steps_in<Parts> + ... + std::size_t{0})>;

} // namespace ioview::testing
