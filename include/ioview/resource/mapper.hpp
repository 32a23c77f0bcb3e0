// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What owners of mappings ask of the system: claim a resource, map it, and undo both.
//
//   struct PageTableMapper {
//       io::Result<> request(const io::Resource&) noexcept;               // busy when taken
//       void release(const io::Resource&) noexcept;
//       io::Result<std::uintptr_t> map(const io::Resource&) noexcept;     // no_memory, or null
//       void unmap(std::uintptr_t address, std::size_t bytes) noexcept;
//   };
//
// unmap is given what map returned, and the bytes of the resource. A mapper that has to know more
// of a mapping, the pages that it was rounded to for one, returns a type of its own instead, and is
// given that alone. Where the resource begins is the member `address` of it:
//
//   struct Pages { std::uintptr_t address; std::uintptr_t first; std::size_t count; };
//   io::Result<Pages> map(const io::Resource&) noexcept;
//   void unmap(const Pages&) noexcept;
//
// In Linux: request_mem_region or request_region, ioremap or ioremap_np, and what undoes them.

#include <ioview/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ioview {

// A range of physical addresses or ports that belongs to a device.
struct Resource {
    // What the range is of, and how it is to be mapped; as Linux names it.
    enum class Kind : std::uint8_t {
        memory,     // IORESOURCE_MEM
        non_posted, // IORESOURCE_MEM_NONPOSTED: each write completes before the next access
        port,       // IORESOURCE_IO; never mapped
    };
    std::uint64_t start = 0;
    std::uint64_t size = 0;
    Kind kind = Kind::memory;

    friend constexpr bool operator==(const Resource&, const Resource&) noexcept = default;
};

namespace detail {

// The address that a mapper's mapping stands for.
constexpr std::uintptr_t address_of(std::uintptr_t mapped) noexcept {
    return mapped;
}
template <class Mapped>
    requires requires(const Mapped& mapped) { std::uintptr_t{mapped.address}; }
constexpr std::uintptr_t address_of(const Mapped& mapped) noexcept {
    return mapped.address;
}

template <class M>
using MappedBy =
    typename decltype(std::declval<M&>().map(std::declval<const Resource&>()))::value_type;

template <class M>
concept Unmaps = requires(M& mapper, const MappedBy<M>& mapped) {
    requires std::same_as<MappedBy<M>, std::uintptr_t>;
    { mapper.unmap(mapped, std::size_t{}) } noexcept;
} || requires(M& mapper, const MappedBy<M>& mapped) {
    requires std::is_nothrow_copy_constructible_v<MappedBy<M>>;
    detail::address_of(mapped);
    { mapper.unmap(mapped) } noexcept;
};

} // namespace detail

// Semantics: request and map fail without an effect; release and unmap undo just what succeeded.
// Ports are requested and released, memory is mapped and unmapped too.
template <class M>
concept Mapper = requires(M& mapper, const Resource& resource) {
    { mapper.request(resource) } noexcept -> std::same_as<Result<>>;
    { mapper.release(resource) } noexcept;
    { mapper.map(resource) } noexcept -> std::same_as<Result<detail::MappedBy<M>>>;
} && detail::Unmaps<M>;

namespace detail {

// The addresses of resource run past the greatest one.
constexpr bool wraps(const Resource& resource) noexcept {
    return resource.size != 0 && resource.start > ~std::uint64_t{0} - (resource.size - 1);
}

// A claimed resource, released once: by the owner, or by what is moved into its place.
template <Mapper M>
class Claim {
public:
    [[nodiscard]] static Result<Claim> of(M& mapper, const Resource& resource) noexcept {
        if (auto claimed = mapper.request(resource); !claimed)
            return fail(claimed.error());
        return Claim{mapper, resource};
    }

    Claim(Claim&& other) noexcept
        : mapper_(std::exchange(other.mapper_, nullptr)), resource_(other.resource_) {}
    Claim& operator=(Claim&& other) noexcept {
        Claim taken{std::move(other)};
        std::swap(mapper_, taken.mapper_);
        std::swap(resource_, taken.resource_);
        return *this;
    }
    ~Claim() {
        if (mapper_ != nullptr)
            mapper_->release(resource_);
    }

    // Moved from.
    [[nodiscard]] bool empty() const noexcept { return mapper_ == nullptr; }

private:
    Claim(M& mapper, const Resource& resource) noexcept : mapper_(&mapper), resource_(resource) {}

    M* mapper_;
    Resource resource_;
};

// A mapped resource, unmapped once as a Claim is released. Made before anything of it is checked,
// so nothing can leak.
template <Mapper M>
class Mapping {
public:
    [[nodiscard]] static Result<Mapping> of(M& mapper, const Resource& resource) noexcept {
        if (resource.size > static_cast<std::size_t>(-1))
            return fail(Error::no_memory);
        const auto mapped = mapper.map(resource);
        if (!mapped)
            return fail(mapped.error());
        if (address_of(*mapped) == 0)
            return fail(Error::no_memory);
        return Mapping{mapper, *mapped, static_cast<std::size_t>(resource.size)};
    }

    Mapping(Mapping&& other) noexcept
        : mapper_(std::exchange(other.mapper_, nullptr)),
          mapped_(other.mapped_),
          bytes_(other.bytes_) {}
    Mapping& operator=(Mapping&& other) noexcept {
        Mapping taken{std::move(other)};
        std::swap(mapper_, taken.mapper_);
        std::swap(mapped_, taken.mapped_);
        std::swap(bytes_, taken.bytes_);
        return *this;
    }
    ~Mapping() {
        if (mapper_ == nullptr)
            return;
        if constexpr (std::same_as<Mapped, std::uintptr_t>)
            mapper_->unmap(mapped_, bytes_);
        else
            mapper_->unmap(mapped_);
    }

    [[nodiscard]] bool empty() const noexcept { return mapper_ == nullptr; }
    [[nodiscard]] std::uintptr_t address() const noexcept { return address_of(mapped_); }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    using Mapped = MappedBy<M>;
    Mapping(M& mapper, const Mapped& mapped, std::size_t bytes) noexcept
        : mapper_(&mapper), mapped_(mapped), bytes_(bytes) {}

    M* mapper_;
    Mapped mapped_;
    std::size_t bytes_;
};

} // namespace detail
} // namespace ioview
