// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: it stands before the C library's system calls
// HugepageDma, with huge pages and a pagemap of the test's own.
#include <ioview/dma.hpp>
#include <ioview/linux/hugepage_dma.hpp>

#include "support/catch.hpp"
#include "support/death.hpp"
#include "support/system_calls.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using io::DmaMask;
using io::Error;
using io::HugepageDma;
using io::tests::SystemCalls;

namespace {

static_assert(io::DmaDevice<HugepageDma>);
static_assert(!std::is_copy_constructible_v<HugepageDma>);

constexpr std::uint64_t first_physical = 0x4000'0000;

// Huge page i is at 1 GiB + 2 MiB * (count - 1 - i): downwards, so that order shows.
struct Pages {
    Pages() {
        current = this;
        calls.on_huge_page = [](void* start) {
            current->huge.push_back(reinterpret_cast<std::uintptr_t>(start));
        };
        calls.on_pread = [](void* to, std::size_t bytes, ::off_t offset, ::ssize_t& outcome) {
            const auto address = static_cast<std::uint64_t>(offset) / 8 * 4'096;
            std::uint64_t frame = 0x1234; // of anything else
            for (std::size_t i = 0; i < current->huge.size(); ++i) {
                if (address == current->huge[i])
                    frame = (first_physical - (i << 21) + current->shifted) / 4'096;
            }
            const std::uint64_t entry = current->hidden    ? std::uint64_t{1} << 63
                                        : current->present ? std::uint64_t{1} << 63 | frame
                                                           : 0;
            std::memcpy(to, &entry, bytes);
            outcome = current->count;
            return true;
        };
    }
    ~Pages() { current = nullptr; }
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    inline static Pages* current = nullptr;
    SystemCalls calls;
    std::vector<std::uintptr_t> huge;
    std::uint64_t shifted = 0;
    bool hidden = false;
    bool present = true;
    ::ssize_t count = 8;
};

void check_refused(const auto& outcome, Error error, int number) {
    const int said = errno;
    CHECK_FALSE(outcome);
    if (!outcome)
        CHECK(outcome.error() == error);
    CHECK(said == number);
}

auto open(DmaMask mask = DmaMask::of<64>()) {
    return HugepageDma::open(mask, "/dev/null");
}

} // namespace

TEST_CASE("hugepage dma: parts of huge pages, at their physical addresses", "[linux]") {
    Pages pages;
    {
        auto dma = open(DmaMask::of<32>());
        REQUIRE(dma);
        CHECK(dma->mask() == DmaMask::of<32>());
        CHECK(pages.huge.empty());
        const auto first = dma->allocate(100, 4, {});
        REQUIRE(first);
        CHECK(first->dma == first_physical);
        CHECK(reinterpret_cast<std::uintptr_t>(first->cpu) == pages.huge.at(0));
        const auto second = dma->allocate(0x1000, 0x1000, {});
        CHECK(second->dma == first_physical + 0x1000);
        CHECK(reinterpret_cast<std::uintptr_t>(second->cpu) == pages.huge.at(0) + 0x1000);
        CHECK(dma->allocate(1, 1, {})->dma == first_physical + 128);
        CHECK(pages.huge.size() == 1);
        CHECK(dma->outstanding() == 3);
        // more than is left: another page, below the first
        const auto whole = dma->allocate(HugepageDma::page_bytes, HugepageDma::page_bytes, {});
        CHECK(whole->dma == first_physical - HugepageDma::page_bytes);
        CHECK(pages.huge.size() == 2);
        std::memset(whole->cpu, 1, HugepageDma::page_bytes);
        dma->free(*first, 100);
        CHECK(dma->allocate(128, 64, {})->dma == first_physical);
        CHECK(pages.huge.size() == 2);
    }
    CHECK(pages.calls.is_clean());
}

TEST_CASE("hugepage dma: owners give it back once", "[linux]") {
    Pages pages;
    {
        auto dma = open();
        {
            const auto words = io::Coherent<std::uint32_t[], HugepageDma>::zeroed(*dma, 16);
            REQUIRE(words);
            CHECK(words->dma_address() == first_physical);
            CHECK(dma->outstanding() == 1);
        }
        CHECK(dma->outstanding() == 0);
        auto moved = std::move(*dma);
        CHECK(moved.allocate(64, 64, {})->dma == first_physical);
        CHECK(pages.huge.size() == 1);
    }
    CHECK(pages.calls.is_clean());
}

TEST_CASE("hugepage dma: a kernel that hides where memory is", "[linux]") {
    Pages pages;
    pages.hidden = true;
    check_refused(open(), Error::unsupported, EPERM);
    pages.hidden = false;
    pages.present = false;
    check_refused(open(), Error::io_error, EIO);
    pages.present = true;
    pages.count = 4;
    check_refused(open(), Error::io_error, EIO);
    pages.count = 8;
    check_refused(
        HugepageDma::open(DmaMask::of<64>(), "/dev/no such file"), Error::no_device, ENOENT);
    pages.calls.fail(1, EACCES);
    check_refused(open(), Error::unsupported, EACCES);
    pages.calls.fail(2, EIO);
    check_refused(open(), Error::io_error, EIO);
    // from one call to the next
    auto dma = open();
    pages.hidden = true;
    check_refused(dma->allocate(1, 1, {}), Error::unsupported, EPERM);
    CHECK(pages.calls.mapped.empty());
}

TEST_CASE("hugepage dma: what is not allocated", "[linux]") {
    Pages pages;
    {
        auto dma = open(DmaMask::of<30>()); // the second page, but not the first
        check_refused(dma->allocate(0, 1, {}), Error::invalid_argument, EINVAL);
        check_refused(dma->allocate(1, 3, {}), Error::invalid_argument, EINVAL);
        check_refused(
            dma->allocate(HugepageDma::page_bytes + 1, 1, {}), Error::unsupported, EOPNOTSUPP);
        check_refused(
            dma->allocate(1, HugepageDma::page_bytes * 2, {}), Error::unsupported, EOPNOTSUPP);
        CHECK(pages.huge.empty());
        check_refused(dma->allocate(1, 1, {}), Error::no_memory, ENOSPC);
        CHECK(pages.calls.mapped.empty());
        REQUIRE(dma->allocate(1, 1, {}));
        pages.calls.fail(1, ENOMEM); // no huge page is left
        check_refused(dma->allocate(HugepageDma::page_bytes, 1, {}), Error::no_memory, ENOMEM);
        pages.shifted = 0x1000; // as small pages would be
        check_refused(dma->allocate(HugepageDma::page_bytes, 1, {}), Error::io_error, EIO);
        CHECK(pages.calls.mapped.size() == 1);
    }
    CHECK(pages.calls.is_clean());
}

TEST_CASE("hugepage dma: what is not its own is a panic", "[linux]") {
    Pages pages;
    auto dma = open();
    const auto region = dma->allocate(100, 1, {});
    const auto dies = [](auto body) { return death_of(body).signal != 0; };
    CHECK(dies([&] { dma->free(*region, 99); }));
    CHECK(dies([&] { dma->free({nullptr, region->dma}, 100); }));
    CHECK(dies([&] { dma->free({region->cpu, region->dma + 64}, 100); }));
    CHECK(dies([&] { dma->free({region->cpu, 0}, 100); }));
    CHECK(dies([&] { const HugepageDma moved = std::move(*dma); }));
    CHECK_FALSE(dies([&] { dma->free(*region, 100); }));
}
