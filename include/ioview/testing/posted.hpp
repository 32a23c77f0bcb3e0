// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Posted<Backend>: wraps any view and posts its writes, as PCI does: they are under way until a
// read of the same device pushes them there. Works in constant expressions.
//
//   io::testing::Posted posted{device.view<Nic>()};
//   reset(posted.view<Nic>());           // writes, and starts to wait
//   CHECK(posted.waiting() == 0);        // fails: there is no io::flush() before the delay
//
// PCI Express 5.0, 2.4.1: posted writes keep their order, and neither a read nor a write to a port
// or to configuration space passes them. A barrier orders them, and pushes none. An error that a
// write meets on arriving is reported to nobody; its try_ form has succeeded long before.

#include <ioview/config.hpp>
#include <ioview/fwd.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/testing/access.hpp>
#include <ioview/testing/forwarding.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

// Whether writes through B are posted: not those to ports and configuration space, each of which
// is answered. The answer for a double is that for what is behind it.
template <class B>
inline constexpr bool posts_writes = true;
template <>
inline constexpr bool posts_writes<PortIoBackend> = false;
template <class Fn>
inline constexpr bool posts_writes<ConfigSpaceBackend<Fn>> = false;
template <class B>
    requires requires { typename B::Behind; }
inline constexpr bool posts_writes<B> = posts_writes<typename B::Behind>;

// What is under way to one device, through one or several of its spaces.
class PostedWrites {
public:
    // More than that are not under way: each further one pushes the oldest.
    static constexpr std::size_t most_waiting = 64;

    PostedWrites(const PostedWrites&) = delete;
    PostedWrites& operator=(const PostedWrites&) = delete;

    // All that is under way arrives.
    constexpr void drain() noexcept {
        while (device_->count_ != 0)
            device_->take_oldest();
    }
    // Each write arrives once so many later ones were made, 0 for at once.
    constexpr void arrive_after(std::size_t writes) noexcept {
        device_->later_ = writes;
        device_->push_surplus();
    }
    // How many writes are under way.
    [[nodiscard]] constexpr std::size_t waiting() const noexcept { return device_->writes_; }

protected:
    // Makes an access at its place; called with the object that posted it.
    using Arrive = void (*)(PostedWrites& space, const Access& access);

    constexpr explicit PostedWrites(Arrive arrive) noexcept : arrive_(arrive), device_(this) {}
    constexpr PostedWrites(Arrive arrive, PostedWrites& device) noexcept
        : arrive_(arrive), device_(device.device_) {}
    constexpr ~PostedWrites() = default;

    constexpr void post(const Access& access) noexcept {
        PostedWrites& all = *device_;
        if (all.count_ == most_waiting)
            all.take_oldest();
        all.entries_[(all.first_ + all.count_++) % most_waiting] = {this, access};
        all.writes_ += access.op == Op::write ? 1 : 0;
        all.push_surplus();
    }
    [[nodiscard]] constexpr bool is_empty() const noexcept { return device_->count_ == 0; }

private:
    struct Entry {
        PostedWrites* space = nullptr;
        Access access{};
    };

    constexpr void push_surplus() noexcept {
        while (writes_ > later_)
            take_oldest();
    }
    // And the barriers that no write is before any more.
    constexpr void take_oldest() noexcept {
        do {
            const Entry entry = entries_[first_];
            first_ = (first_ + 1) % most_waiting;
            --count_;
            writes_ -= entry.access.op == Op::write ? 1 : 0;
            entry.space->arrive_(*entry.space, entry.access);
        } while (count_ != 0 && entries_[first_].access.op == Op::fence);
    }

    Arrive arrive_;
    PostedWrites* device_; // that keeps the order: this, or the space that this one joined
    std::size_t later_ = most_waiting;
    std::size_t first_ = 0;
    std::size_t count_ = 0;
    std::size_t writes_ = 0;
    Entry entries_[most_waiting]{};
};

template <class B, class T>
class PostedView;
template <class B>
struct PostedBackend : ForwardingBackend<PostedView, B> {};

// Views hold a pointer to it: it stays where it is while they are used. What is under way at its
// end arrives then. For one thread.
template <class B>
class Posted : public Forwarding<Posted<B>, PostedBackend<B>>, public PostedWrites {
    using Base = Forwarding<Posted, PostedBackend<B>>;

public:
    static constexpr const char* is_const =
        "ioview: Posted::view: what is written to is const; view<const T>()";
    static constexpr const char* is_too_small =
        "ioview: Posted::view: the target is larger than what is written to";

    // Posts what is written through its views to inner, any view of the backend.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr explicit Posted(const V& inner) noexcept : Base(inner), PostedWrites(&arrive) {}
    // The same of a further space of a device, another BAR or its configuration space: in one order
    // with what is under way to the first, and an access that pushes one pushes all. The first
    // outlives the others.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr Posted(const V& inner, PostedWrites& device) noexcept
        : Base(inner), PostedWrites(&arrive, device) {}
    template <class V>
        requires(IoBase<V> && detail::is_owner<V>)
    explicit Posted(const V&& owner, auto&...)
        IOVIEW_REFUSED_OF(owner,
                          "ioview: a Posted keeps a view; give the owner that it is of a name");
    constexpr ~Posted() { drain(); }

    // ---- one access, as the views make it ----

    // A read brings all that was written before it along.
    template <class W>
    constexpr W read(detail::ViewOf<B, W> behind) noexcept {
        drain();
        return Base::template read<W>(behind);
    }
    template <class W>
    [[nodiscard]] constexpr Result<W> try_read(detail::ViewOf<B, W> behind) noexcept {
        drain();
        return Base::template try_read<W>(behind);
    }
    template <class W>
    constexpr void write(detail::ViewOf<B, W> behind, W word) noexcept {
        if constexpr (posts_writes<B>) {
            post({Op::write, this->offset_within(behind), sizeof(W), word});
        } else {
            drain();
            Base::template write<W>(behind, word);
        }
    }
    template <class W>
    [[nodiscard]] constexpr Result<> try_write(detail::ViewOf<B, W> behind, W word) noexcept {
        if constexpr (posts_writes<B>) {
            write<W>(behind, word);
            return {};
        } else {
            drain();
            return Base::template try_write<W>(behind, word);
        }
    }
    // A backend with bulk copies of its own is done when one returns.
    using typename Base::Bytes;
    constexpr void copy_out(Bytes behind, std::byte* to) noexcept {
        drain();
        Base::copy_out(behind, to);
    }
    constexpr void copy_in(Bytes behind, const std::byte* from) noexcept {
        drain();
        Base::copy_in(behind, from);
    }
    [[nodiscard]] constexpr Result<> try_copy_out(Bytes behind, std::byte* to) noexcept {
        drain();
        return Base::try_copy_out(behind, to);
    }
    [[nodiscard]] constexpr Result<> try_copy_in(Bytes behind, const std::byte* from) noexcept {
        drain();
        return Base::try_copy_in(behind, from);
    }
    // The CPU makes it now. What is behind hears of it in its place among the writes.
    template <class V>
    constexpr void fence(V behind, Fence kind) noexcept {
        if (is_empty())
            return Base::fence(behind, kind);
        (detail::barrier)(kind);
        post(fence_entry(kind));
    }

private:
    static constexpr void arrive(PostedWrites& space, const Access& access) noexcept {
        auto& self = static_cast<Posted&>(space);
        if (access.op == Op::fence)
            return self.Base::fence(self.root(), static_cast<Fence>(access.value));
        self.template arrive_as<std::uint8_t>(access);
        self.template arrive_as<std::uint16_t>(access);
        self.template arrive_as<std::uint32_t>(access);
        self.template arrive_as<std::uint64_t>(access);
    }
    template <class W>
    constexpr void arrive_as(const Access& access) noexcept {
        if constexpr (detail::has_io_write<B, W>)
            if (access.width == sizeof(W))
                B::template io_write<W>(
                    detail::narrow<B, W>(this->root(), static_cast<std::size_t>(access.address)),
                    static_cast<W>(access.value));
    }
};

template <class V>
Posted(const V&) -> Posted<typename V::Backend>;
template <class V>
Posted(const V&, PostedWrites&) -> Posted<typename V::Backend>;

// What the methods of Posted give.
template <class B, class T>
class PostedView : public ForwardingView<Posted<B>, PostedBackend<B>, T> {
    using Base = ForwardingView<Posted<B>, PostedBackend<B>, T>;

public:
    using Base::Base;
};

} // namespace ioview::testing
