// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IoMem and ExclusiveIoMem: owners of a mapped memory resource that are views of it.
//
//   auto regs = io::ExclusiveIoMem<io::Region<0x1000>, MyMapper>::map(mapper, resource);
//   if (!regs) return io::fail(regs.error());
//   regs->write32(0x10, 1);

#include <ioview/backend/mmio.hpp>
#include <ioview/io.hpp>
#include <ioview/resource/mapper.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace ioview {

namespace detail {

// The typed raw pointer of a mapping, or why it is none.
template <class T>
Result<MmioRaw<T>> raw_of(std::uintptr_t address, std::size_t bytes) noexcept {
    static_assert(kind_of<T> != Kind::slice,
                  "ioview: a mapping is of an object or a Region; take slices from it");
    if constexpr (RegionTarget<T>) {
        return MmioRaw<T>::region(address, bytes);
    } else {
        if (bytes < min_size_of<T>)
            return fail(Error::out_of_bounds);
        return MmioRaw<T>::try_at(address);
    }
}

} // namespace detail

// A mapping of a memory resource as a T, unmapped when the owner ends. The mapper outlives it;
// views do not.
template <class T, Mapper M>
class IoMem : public Io<IoMem<T, M>, MmioBackend, T> {
public:
    // In this order: invalid_argument for a resource of size 0, unsupported for one of ports, what
    // the mapper says (no_memory), then out_of_bounds or misaligned when it is no T. Nothing stays
    // mapped after an error.
    [[nodiscard]] static Result<IoMem> map(M& mapper, const Resource& resource) noexcept {
        if (resource.size == 0)
            return fail(Error::invalid_argument);
        if (resource.kind == Resource::Kind::port)
            return fail(Error::unsupported);
        auto mapping = detail::Mapping<M>::of(mapper, resource);
        if (!mapping)
            return fail(mapping.error());
        const auto raw = detail::raw_of<T>(mapping->address(), mapping->bytes());
        if (!raw)
            return fail(raw.error());
        return IoMem{std::move(*mapping), *raw};
    }

    // The whole mapping; valid while the owner is.
    [[nodiscard]] Mmio<T> as_view() const noexcept { return Mmio<T>::from_raw(raw_); }
    [[nodiscard]] Mmio<T> view() const noexcept { return as_view(); }

private:
    IoMem(detail::Mapping<M> mapping, MmioRaw<T> raw) noexcept
        : mapping_(std::move(mapping)), raw_(raw) {}

    detail::Mapping<M> mapping_;
    MmioRaw<T> raw_;
};

// As IoMem, of a resource that nobody else has: it is requested first and released last.
template <class T, Mapper M>
class ExclusiveIoMem : public Io<ExclusiveIoMem<T, M>, MmioBackend, T> {
public:
    // As IoMem::map, and busy when the resource is taken, before it is mapped.
    [[nodiscard]] static Result<ExclusiveIoMem> map(M& mapper, const Resource& resource) noexcept {
        if (resource.size == 0)
            return fail(Error::invalid_argument);
        if (resource.kind == Resource::Kind::port)
            return fail(Error::unsupported);
        auto claim = detail::Claim<M>::of(mapper, resource);
        if (!claim)
            return fail(claim.error());
        auto memory = IoMem<T, M>::map(mapper, resource);
        if (!memory)
            return fail(memory.error());
        return ExclusiveIoMem{std::move(*claim), std::move(*memory)};
    }

    [[nodiscard]] Mmio<T> as_view() const noexcept { return memory_.as_view(); }
    [[nodiscard]] Mmio<T> view() const noexcept { return as_view(); }

private:
    ExclusiveIoMem(detail::Claim<M> claim, IoMem<T, M> memory) noexcept
        : claim_(std::move(claim)), memory_(std::move(memory)) {}

    detail::Claim<M> claim_; // released after the mapping is gone
    IoMem<T, M> memory_;
};

} // namespace ioview
