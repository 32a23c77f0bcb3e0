// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IoMem and ExclusiveIoMem: owners of a mapped memory resource that are views of it.
//
//   auto regs = io::ExclusiveIoMem<io::Region<0x1000>, MyMapper>::map(mapper, resource);
//   if (!regs) return io::fail(regs.error());
//   regs->write32(0x10, 1);

#include <ioview/backend/mmio.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/resource/mapper.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ioview {

namespace detail {

// The typed raw pointer of a mapping, or why it is none.
template <class T>
[[nodiscard]] Result<MmioRaw<T>> raw_of(std::uintptr_t address, std::size_t bytes) noexcept {
    if (bytes < min_size_of<T>)
        return fail(Error::out_of_bounds);
    if constexpr (RegionTarget<T>)
        return MmioRaw<T>::region(address, bytes);
    else if constexpr (is_slice<T>)
        return MmioRaw<T>::slice(address, bytes / sizeof(ElementOf<T>));
    else
        return MmioRaw<T>::try_at(address);
}

// What no owner of memory takes, before anything is asked of a mapper; Error{} for the rest.
constexpr Error fault_of_memory(const Resource& resource) noexcept {
    if (resource.size == 0 || wraps(resource))
        return Error::invalid_argument;
    return resource.kind == Resource::Kind::port ? Error::unsupported : Error{};
}

} // namespace detail

// A mapping of a memory resource as a T: an object or array at its start, a slice of all the
// elements that fit, a region of all of it. Unmapped when the owner ends; the mapper outlives it,
// views do not. Accesses through the owner look first whether it was moved from, which is a panic;
// those through view() are the instruction alone.
template <class T, Mapper M>
class IoMem : public Io<IoMem<T, M>, MmioBackend, T> {
public:
    using Io<IoMem<T, M>, MmioBackend, T>::as_view;
    using Io<IoMem<T, M>, MmioBackend, T>::view;

    // In this order: invalid_argument for a resource of size 0 or past the greatest address,
    // unsupported for one of ports, what the mapper says (no_memory), then out_of_bounds or
    // misaligned when it is no T. Nothing stays mapped after an error.
    [[nodiscard]] static Result<IoMem> map(M& mapper, const Resource& resource) noexcept {
        if (auto fault = detail::fault_of_memory(resource); detail::failed(fault))
            return fail(fault);
        auto mapping = detail::Mapping<M>::of(mapper, resource);
        if (!mapping)
            return fail(mapping.error());
        const auto raw = detail::raw_of<T>(mapping->address(), mapping->bytes());
        if (!raw)
            return fail(raw.error());
        return IoMem{std::move(*mapping), *raw};
    }

    IoMem(const IoMem&) = delete; // ioview: a mapping has one owner; std::move it, or pass .view()
    // What was in the place before is unmapped; what was moved from is empty.
    IoMem(IoMem&&) noexcept = default;
    IoMem& operator=(IoMem other) noexcept {
        mapping_ = std::move(other.mapping_);
        raw_ = other.raw_;
        return *this;
    }
    ~IoMem() = default;

    // The whole mapping; valid while it has an owner.
    [[nodiscard]] IOVIEW_INLINE Mmio<T> as_view() const& noexcept {
        if (mapping_.empty())
            panic("ioview: an owner of a mapping is used after it was moved from");
        return Mmio<T>::from_raw(raw_);
    }
    [[nodiscard]] Mmio<T> view() const& noexcept { return as_view(); }

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
    using Io<ExclusiveIoMem<T, M>, MmioBackend, T>::as_view;
    using Io<ExclusiveIoMem<T, M>, MmioBackend, T>::view;

    // As IoMem::map, and busy when the resource is taken, before it is mapped.
    [[nodiscard]] static Result<ExclusiveIoMem> map(M& mapper, const Resource& resource) noexcept {
        if (auto fault = detail::fault_of_memory(resource); detail::failed(fault))
            return fail(fault);
        auto claim = detail::Claim<M>::of(mapper, resource);
        if (!claim)
            return fail(claim.error());
        auto memory = IoMem<T, M>::map(mapper, resource);
        if (!memory)
            return fail(memory.error());
        return ExclusiveIoMem{std::move(*claim), std::move(*memory)};
    }

    ExclusiveIoMem( // ioview: a claim has one owner; std::move it, or pass .view()
        const ExclusiveIoMem&) = delete;
    ExclusiveIoMem(ExclusiveIoMem&&) noexcept = default;
    ExclusiveIoMem& operator=(ExclusiveIoMem other) noexcept {
        memory_ = std::move(other.memory_); // unmapped while it is still claimed
        claim_ = std::move(other.claim_);
        return *this;
    }
    ~ExclusiveIoMem() = default;

    [[nodiscard]] IOVIEW_INLINE Mmio<T> as_view() const& noexcept { return memory_.as_view(); }
    [[nodiscard]] Mmio<T> view() const& noexcept { return as_view(); }

private:
    ExclusiveIoMem(detail::Claim<M> claim, IoMem<T, M> memory) noexcept
        : claim_(std::move(claim)), memory_(std::move(memory)) {}

    detail::Claim<M> claim_; // released after the mapping is gone
    IoMem<T, M> memory_;
};

} // namespace ioview
