// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: it stands before the C library's system calls
// VfioDma and the addresses that it gives, on a VFIO that is not the kernel's.
#include <ioview/dma.hpp>
#include <ioview/dma/streaming_device.hpp>
#include <ioview/linux/vfio_dma.hpp>

#include "support/catch.hpp"
#include "support/death.hpp"
#include "support/fake_vfio.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <sys/wait.h>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

namespace io = ioview;
using io::DmaMask;
using io::Error;
using io::VfioDevice;
using io::VfioDma;
using io::tests::FakeVfio;

namespace {

static_assert(io::StreamingDma<VfioDma>);
static_assert(!std::is_copy_constructible_v<VfioDma>);

VfioDevice device_of(const FakeVfio& vfio) {
    auto device = VfioDevice::open(vfio.address, io::VfioWay::group, vfio.paths());
    REQUIRE(device);
    return std::move(*device);
}

void check_refused(const auto& outcome, Error error, int number) {
    const int said = errno;
    CHECK_FALSE(outcome);
    if (!outcome)
        CHECK(outcome.error() == error);
    CHECK(said == number);
}

} // namespace

TEST_CASE("vfio dma: what is allocated is mapped, once, and given back once", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<32>());
        REQUIRE(dma);
        CHECK(dma->mask() == DmaMask::of<32>());
        const auto first = dma->allocate(100, 64, {});
        REQUIRE(first);
        CHECK(first->dma == 0x1000); // not 0
        REQUIRE(vfio.mapped.count(0x1000) == 1);
        const auto& map = vfio.mapped[0x1000];
        CHECK(map.size == 0x1000);
        CHECK(map.vaddr == reinterpret_cast<std::uintptr_t>(first->cpu));
        CHECK(map.flags == (VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE));
        const auto second = dma->allocate(0x1001, 0x1000, {});
        CHECK(second->dma == 0x2000);
        CHECK(vfio.mapped[0x2000].size == 0x2000);
        CHECK(static_cast<const unsigned char*>(second->cpu)[0x1fff] == 0);
        CHECK(dma->allocate(1, 1, {})->dma == 0x4000);
        CHECK(dma->outstanding() == 3);

        dma->free(*first, 100);
        CHECK(vfio.mapped.count(0x1000) == 0);
        CHECK(dma->outstanding() == 2);
        CHECK(dma->allocate(0x2000, 1, {})->dma == 0x5000); // the hole is too small
        CHECK(dma->allocate(0x1000, 1, {})->dma == 0x1000);
        CHECK(vfio.calls().mapped.size() == 4);
    } // and the rest at the end
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio dma: owners of memory give it back once", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<64>());
        REQUIRE(dma);
        {
            auto words = io::Coherent<std::uint32_t[], VfioDma>::zeroed(*dma, 16);
            REQUIRE(words);
            words->at(3).write(7);
            auto moved = std::move(*words);
            CHECK(moved.at(3).read() == 7);
            CHECK(vfio.mapped.size() == 1);
        }
        CHECK(vfio.mapped.empty());
        {
            auto words = io::Coherent<std::uint32_t[], VfioDma>::zeroed(*dma, 16);
            std::move(*words).leak();
        }
        CHECK(vfio.mapped.size() == 1); // the device's until the address space ends
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio dma: addresses are those of the ranges, within the mask", "[linux]") {
    FakeVfio vfio;
    vfio.ranges = {{0x10'0000, 0x10'1fff}, {0, 0x2fff}, {0x8000'0000'0000'0000, ~0ull}};
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<64>());
        CHECK(dma->allocate(0x2000, 1, {})->dma == 0x1000); // 0 is none
        CHECK(dma->allocate(0x1000, 1, {})->dma == 0x10'0000);
        CHECK(dma->allocate(0x2000, 1, {})->dma == 0x8000'0000'0000'0000);
        CHECK(dma->allocate(0x1000, 1, {})->dma == 0x10'1000);
        auto narrow = VfioDma::of(device, DmaMask::of<20>());
        // the others' are not known to it, and the kernel's answer is
        check_refused(narrow->allocate(0x1000, 1, {}), Error::io_error, EEXIST);
        CHECK(narrow->outstanding() == 0);
        check_refused(narrow->allocate(0x3000, 1, {}), Error::no_memory, ENOSPC);
    }
    vfio.ranges = {{0, 0xfff}, {~0ull - 0xfff, ~0ull}}; // of the first nothing can be given
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<64>());
        CHECK(dma->allocate(1, 1, {})->dma == ~0ull - 0xfff);
        check_refused(dma->allocate(1, 1, {}), Error::no_memory, ENOSPC);
    }
    vfio.has_ranges = false; // as before Linux 5.4
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<64>());
        CHECK(dma->allocate(1, 1, {})->dma == 0x1000);
        check_refused(dma->allocate(std::size_t{1} << 32, 1, {}), Error::no_memory, ENOSPC);
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio dma: what is not allocated", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<32>());
        check_refused(dma->allocate(0, 1, {}), Error::invalid_argument, EINVAL);
        check_refused(dma->allocate(1, 3, {}), Error::invalid_argument, EINVAL);
        check_refused(dma->allocate(1, 0x2000, {}), Error::unsupported, EOPNOTSUPP);
        check_refused(dma->allocate(~std::size_t{0}, 1, {}), Error::no_memory, ENOMEM);
        check_refused(
            dma->map(&vfio, 0, io::DmaDirection::to_device), Error::invalid_argument, EINVAL);
        check_refused(dma->map(&vfio, ~std::size_t{0}, io::DmaDirection::to_device),
                      Error::no_memory,
                      ENOMEM);

        // huge pages are absent
        auto huge = VfioDma::of(device, DmaMask::of<32>(), VfioDma::Pages::huge);
        vfio.calls().fail(1, ENOMEM);
        check_refused(huge->allocate(1, 1, {}), Error::no_memory, ENOMEM);
        // locked memory is used up: the pages are unmapped, and the address is free again
        vfio.calls().fail(2, ENOMEM);
        check_refused(dma->allocate(1, 1, {}), Error::no_memory, ENOMEM);
        CHECK(dma->outstanding() == 0);
        vfio.calls().fail(1, EFAULT);
        check_refused(dma->map(&vfio, 4, io::DmaDirection::to_device), Error::io_error, EFAULT);
        CHECK(dma->outstanding() == 0);
        CHECK(vfio.calls().mapped.empty());
    }
    const auto device = device_of(vfio);
    vfio.page_sizes = 0x1'0000;
    check_refused(VfioDma::of(device, DmaMask::of<32>()), Error::unsupported, EOPNOTSUPP);
    vfio.page_sizes = 0x1000;
    vfio.ranges_said = 3; // there are two
    check_refused(VfioDma::of(device, DmaMask::of<32>()), Error::io_error, EIO);
    vfio.grows = true;
    check_refused(VfioDma::of(device, DmaMask::of<32>()), Error::io_error, EIO);
}

TEST_CASE("vfio dma: huge pages are taken whole", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<32>(), VfioDma::Pages::huge);
        static unsigned huge = 0;
        vfio.calls().on_huge_page = [](void*) { ++huge; };
        const auto region = dma->allocate(1, 0x1'0000, {});
        REQUIRE(region);
        CHECK(huge == 1);
        CHECK(region->dma == 0x20'0000);
        CHECK(vfio.mapped[0x20'0000].size == 0x20'0000);
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio dma: memory of the driver's own", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = device_of(vfio);
        auto dma = VfioDma::of(device, DmaMask::of<32>());
        alignas(0x1000) static unsigned char own[0x3000];
        const auto one = dma->map(own + 0xffe, 4, io::DmaDirection::to_device);
        REQUIRE(one);
        CHECK(*one == 0x1ffe);
        CHECK(vfio.mapped[0x1000].size == 0x2000);
        CHECK(vfio.mapped[0x1000].vaddr == reinterpret_cast<std::uintptr_t>(own));
        CHECK(vfio.mapped[0x1000].flags == VFIO_DMA_MAP_FLAG_READ);
        const auto two = dma->map(own, 0x1000, io::DmaDirection::from_device);
        CHECK(*two == 0x3000);
        CHECK(vfio.mapped[0x3000].size == 0x1000);
        CHECK((vfio.mapped[0x3000].flags & VFIO_DMA_MAP_FLAG_WRITE) != 0);
        dma->unmap(*one, 4, io::DmaDirection::to_device);
        CHECK(vfio.mapped.count(0x1000) == 0);
        dma->unmap(*two, 0x1000, io::DmaDirection::from_device);
        CHECK(dma->outstanding() == 0);
        CHECK(vfio.calls().mapped.empty());
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio dma: memory that stays within reach is not given back to the system", "[linux]") {
    FakeVfio vfio;
    const auto device = device_of(vfio);
    {
        auto dma = VfioDma::of(device, DmaMask::of<32>());
        const auto region = dma->allocate(1, 1, {});
        vfio.unmaps = false;
        errno = 5;
        dma->free(*region, 1);
        CHECK(errno == 5);
    }
    CHECK(vfio.calls().mapped.size() == 1);
}

TEST_CASE("vfio dma: a child of fork() gives nothing of its parent's back", "[linux]") {
    FakeVfio vfio;
    const auto device = device_of(vfio);
    {
        auto dma = VfioDma::of(device, DmaMask::of<32>());
        const auto region = dma->allocate(1, 1, {});
        const ::pid_t child = ::fork();
        if (child == 0) {
            dma->free(*region, 1);
            ::_exit(vfio.mapped.size() == 1 && vfio.calls().mapped.empty() ? 0 : 1);
        }
        int status = -1;
        ::waitpid(child, &status, 0);
        CHECK(status == 0);
    }
    CHECK(vfio.mapped.empty());
}

TEST_CASE("vfio dma: what is not its own is a panic", "[linux]") {
    FakeVfio vfio;
    const auto device = device_of(vfio);
    auto dma = VfioDma::of(device, DmaMask::of<32>());
    const auto region = dma->allocate(100, 1, {});
    const auto own = dma->map(&vfio, 8, io::DmaDirection::to_device);
    const auto dies = [](auto body) { return death_of(body).signal != 0; };
    CHECK(dies([&] { dma->free(*region, 99); }));
    CHECK(dies([&] { dma->free({nullptr, region->dma}, 100); }));
    CHECK(dies([&] { dma->free({region->cpu, 0x8000}, 100); }));
    CHECK(dies([&] { dma->free({nullptr, *own}, 8); }));
    CHECK(dies([&] { dma->free(*region, 100), dma->free(*region, 100); }));
    CHECK(dies([&] { dma->unmap(region->dma, 100, io::DmaDirection::to_device); }));
    CHECK(dies([&] { dma->unmap(*own, 9, io::DmaDirection::to_device); }));
    CHECK(dies([&] { const VfioDma moved = std::move(*dma); }));
    CHECK_FALSE(dies([&] { dma->free(*region, 100); }));
    dma->unmap(*own, 8, io::DmaDirection::to_device);
    dma->free(*region, 100);
    const VfioDma moved = std::move(*dma);
    CHECK(moved.outstanding() == 0);
}
