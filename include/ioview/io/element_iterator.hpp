// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Iterates over a slice by views of its elements.
//
//   for (auto entry : IO_PROJECT(ring, entries)) IO_WRITE(entry, flags, 0u);

#include <ioview/config.hpp>

#include <cstddef>

namespace ioview::detail {

template <class SliceView>
class ElementIterator {
public:
    using difference_type = std::ptrdiff_t;
    using value_type = typename SliceView::ElementView;
    using reference = value_type;
    using pointer = void;

    IOVIEW_INLINE constexpr ElementIterator() noexcept : none_(), index_(0) {}
    IOVIEW_INLINE constexpr ElementIterator(SliceView slice, std::size_t index) noexcept
        : slice_(slice), index_(index) {}

    IOVIEW_INLINE constexpr value_type operator*() const noexcept { return slice_.element(index_); }
    IOVIEW_INLINE constexpr value_type operator[](difference_type n) const noexcept {
        return *(*this + n);
    }

    IOVIEW_INLINE constexpr ElementIterator& operator++() noexcept { return *this += 1; }
    IOVIEW_INLINE constexpr ElementIterator& operator--() noexcept { return *this -= 1; }
    IOVIEW_INLINE constexpr ElementIterator operator++(int) noexcept {
        auto old = *this;
        ++*this;
        return old;
    }
    IOVIEW_INLINE constexpr ElementIterator operator--(int) noexcept {
        auto old = *this;
        --*this;
        return old;
    }
    IOVIEW_INLINE constexpr ElementIterator& operator+=(difference_type n) noexcept {
        index_ += static_cast<std::size_t>(n);
        return *this;
    }
    IOVIEW_INLINE constexpr ElementIterator& operator-=(difference_type n) noexcept {
        index_ -= static_cast<std::size_t>(n);
        return *this;
    }
    IOVIEW_INLINE friend constexpr ElementIterator operator+(ElementIterator it,
                                                             difference_type n) noexcept {
        return it += n;
    }
    IOVIEW_INLINE friend constexpr ElementIterator operator+(difference_type n,
                                                             ElementIterator it) noexcept {
        return it += n;
    }
    IOVIEW_INLINE friend constexpr ElementIterator operator-(ElementIterator it,
                                                             difference_type n) noexcept {
        return it -= n;
    }
    IOVIEW_INLINE friend constexpr difference_type operator-(const ElementIterator& a,
                                                             const ElementIterator& b) noexcept {
        return static_cast<difference_type>(a.index_) - static_cast<difference_type>(b.index_);
    }
    IOVIEW_INLINE friend constexpr bool operator==(const ElementIterator& a,
                                                   const ElementIterator& b) noexcept {
        return a.index_ == b.index_;
    }
    // Not by <=>, which takes <compare>: a twentieth of what a driver includes.
    IOVIEW_INLINE friend constexpr bool operator<(const ElementIterator& a,
                                                  const ElementIterator& b) noexcept {
        return a.index_ < b.index_;
    }
    IOVIEW_INLINE friend constexpr bool operator>(const ElementIterator& a,
                                                  const ElementIterator& b) noexcept {
        return a.index_ > b.index_;
    }
    IOVIEW_INLINE friend constexpr bool operator<=(const ElementIterator& a,
                                                   const ElementIterator& b) noexcept {
        return a.index_ <= b.index_;
    }
    IOVIEW_INLINE friend constexpr bool operator>=(const ElementIterator& a,
                                                   const ElementIterator& b) noexcept {
        return a.index_ >= b.index_;
    }

private:
    // Views have no empty state, forward iterators must: of no slice, to be assigned to.
    union {
        char none_;
        SliceView slice_;
    };
    std::size_t index_;
};

} // namespace ioview::detail
