// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/sysfs_bar.hpp>
// Part of <ioview/linux/sysfs_bar.hpp>, which is the one to include.
#pragma once
// MappedView: pages that are mapped, as a T: what the owners of linux/ keep.
//
//   auto mapped = detail::MappedView<Regs, MmioBackend>::of(std::move(*pages));

#if !__STDC_HOSTED__
#error "ioview/linux/mapped_view.hpp needs a hosted implementation"
#endif

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/linux/mapped_pages.hpp> // IWYU pragma: export
#include <ioview/region.hpp>
#include <ioview/resource/io_mem.hpp>

#include <cerrno>
#include <utility>

namespace ioview::detail {

template <class T, class B>
class MappedView {
public:
    // out_of_bounds (ERANGE) or misaligned (EINVAL) when it is no T; then nothing stays mapped.
    [[nodiscard]] static Result<MappedView> of(MappedPages pages) noexcept {
        const auto raw = raw_of<T>(pages.address(), pages.bytes());
        if (!raw)
            return fail_as(raw.error(), raw.error() == Error::misaligned ? EINVAL : ERANGE);
        return MappedView{std::move(pages), *raw};
    }

    // The whole mapping; a panic of one that was moved from.
    [[nodiscard]] IOVIEW_INLINE typename B::template View<T> view() const noexcept {
        if (pages_.empty())
            panic("ioview: an owner of a mapping is used after it was moved from");
        return B::template View<T>::from_raw(raw_);
    }
    [[nodiscard]] bool empty() const noexcept { return pages_.empty(); }

private:
    MappedView(MappedPages pages, MmioRaw<T> raw) noexcept : pages_(std::move(pages)), raw_(raw) {}

    MappedPages pages_;
    MmioRaw<T> raw_;
};

} // namespace ioview::detail
