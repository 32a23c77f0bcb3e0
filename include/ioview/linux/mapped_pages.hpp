// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/sysfs_bar.hpp>
// Part of <ioview/linux/sysfs_bar.hpp>, which is the one to include.
#pragma once
// MappedPages: bytes of a device file that are mapped into this process, and their owner. Maps and
// unmaps whole pages, wherever in them the bytes begin and end.
//
//   auto pages = detail::MappedPages::of(file, 0xfe00'0040, 0x20, detail::MappedPages::to_write);
//   auto view = io::Mmio<Regs>::from_raw(*detail::raw_of<Regs>(pages->address(), pages->bytes()));

#if !__STDC_HOSTED__
#error "ioview/linux/mapped_pages.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp> // IWYU pragma: export

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace ioview::detail {

class MappedPages {
public:
    static constexpr int to_read = PROT_READ;
    static constexpr int to_write = PROT_READ | PROT_WRITE;

    // bytes, not 0, of the open file from offset on, which this process and its children share with
    // whoever has mapped them. out_of_bounds (EOVERFLOW) where no offset of a file is so large.
    [[nodiscard]] static Result<MappedPages>
    of(int file, std::uint64_t offset, std::uint64_t bytes, int protection) noexcept {
        const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
        const std::uint64_t before = offset % page;
        const auto from = static_cast<::off_t>(offset - before);
        if (from < 0 || static_cast<std::uint64_t>(from) != offset - before)
            return fail_as(Error::out_of_bounds, EOVERFLOW);
        if (bytes > static_cast<std::size_t>(-1) - before - page)
            return fail_as(Error::no_memory, ENOMEM);
        const auto length = static_cast<std::size_t>((before + bytes + page - 1) / page * page);
        void* start = nullptr;
        do
            start = ::mmap(nullptr, length, protection, MAP_SHARED, file, from);
        while (start == MAP_FAILED && errno == EINTR);
        if (start == MAP_FAILED)
            return fail(linux_error(errno));
        return MappedPages{
            start, length, static_cast<std::size_t>(before), static_cast<std::size_t>(bytes)};
    }

    MappedPages(MappedPages&& other) noexcept
        : start_(std::exchange(other.start_, nullptr)),
          length_(other.length_),
          before_(other.before_),
          bytes_(other.bytes_) {}
    MappedPages& operator=(MappedPages&& other) noexcept {
        MappedPages taken{std::move(other)};
        std::swap(start_, taken.start_);
        std::swap(length_, taken.length_);
        std::swap(before_, taken.before_);
        std::swap(bytes_, taken.bytes_);
        return *this;
    }
    ~MappedPages() {
        if (start_ == nullptr)
            return;
        const int error = errno;
        ::munmap(start_, length_);
        errno = error;
    }

    // Moved from.
    [[nodiscard]] bool empty() const noexcept { return start_ == nullptr; }
    [[nodiscard]] std::uintptr_t address() const noexcept {
        return reinterpret_cast<std::uintptr_t>(start_) + before_;
    }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    MappedPages(void* start, std::size_t length, std::size_t before, std::size_t bytes) noexcept
        : start_(start), length_(length), before_(before), bytes_(bytes) {}

    void* start_;
    std::size_t length_; // of all pages, as munmap() takes it
    std::size_t before_; // in the first page
    std::size_t bytes_;
};

} // namespace ioview::detail
