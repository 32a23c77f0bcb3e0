// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Borrowed<T>: shared memory as plain objects for the length of a scope, on a stated promise.
//
//   if (auto guard = ring.borrow(io::device_is_idle); guard->head == 0) guard->tail = 4;
//
// With IOVIEW_CHECK_BORROWS defined to 1, the same in every file, a second guard beside the first
// and memory given back under a guard are panics.

#include <ioview/arch/select.hpp>
#include <ioview/dma/factories.hpp>
#include <ioview/error.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>

#include <cstddef>

#ifndef IOVIEW_CHECK_BORROWS
#define IOVIEW_CHECK_BORROWS 0
#endif

namespace ioview {

// The promise: until the guard is gone, the device neither reads nor writes this memory (it is
// stopped, or was told by an index or a register that the memory is not its own).
struct DeviceIsIdle {
    explicit DeviceIsIdle() = default;
};
inline constexpr DeviceIsIdle device_is_idle{};

namespace detail {

// What a Coherent knows of its guard: nothing, unless they are checked.
#if IOVIEW_CHECK_BORROWS
class Lent {
public:
    Lent() = default;
    Lent(Lent&& other) noexcept { other.must_be_free(); }
    Lent& operator=(Lent&& other) noexcept {
        other.must_be_free();
        must_be_free();
        return *this;
    }
    void lend() noexcept {
        must_be_free();
        lent_ = true;
    }
    void take_back() noexcept { lent_ = false; }
    void must_be_free() const noexcept {
        if (lent_)
            panic("ioview: coherent memory is borrowed already, and the guard is still there");
    }

private:
    bool lent_ = false;
};
#else
struct Lent {
    void lend() const noexcept {}
    void take_back() const noexcept {}
    void must_be_free() const noexcept {}
};
#endif

} // namespace detail

// Stays where it is made; *guard is the T&, or a span of the elements of a slice.
template <class T>
class Borrowed {
    using Element = detail::DmaElementOf<T>;

public:
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    // Plain stores made under the guard come before every access after it.
    ~Borrowed() {
        arch::compiler_barrier();
        lent_->take_back();
    }

    [[nodiscard]] T& operator*() const noexcept
        requires(!detail::is_slice<T>)
    {
        return *reinterpret_cast<T*>(bytes_);
    }
    [[nodiscard]] T* operator->() const noexcept
        requires(!detail::is_slice<T>)
    {
        return reinterpret_cast<T*>(bytes_);
    }
    [[nodiscard]] Span<Element> operator*() const noexcept
        requires(detail::is_slice<T>)
    {
        return {reinterpret_cast<Element*>(bytes_), size_ / sizeof(Element)};
    }

private:
    template <class, DmaDevice>
    friend class Coherent;

    // Plain loads made under the guard come after what told that the device is idle.
    Borrowed(std::byte* bytes, std::size_t size, detail::Lent& lent) noexcept
        : bytes_(bytes), size_(size), lent_(&lent) {
        lent_->lend();
        (arch::dma_rmb)();
    }

    std::byte* bytes_;
    std::size_t size_;
    detail::Lent* lent_;
};

} // namespace ioview
