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
// In Linux: request_mem_region or request_region, ioremap or ioremap_np, and what undoes them.

#include <ioview/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ioview {

// A range of physical addresses or ports that belongs to a device.
struct Resource {
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

// Semantics: request and map fail without an effect; release and unmap undo just what succeeded.
// Ports are requested and released, memory is mapped and unmapped too.
template <class M>
concept Mapper = requires(M& mapper, const Resource& resource, std::uintptr_t address) {
    { mapper.request(resource) } noexcept -> std::same_as<Result<>>;
    { mapper.release(resource) } noexcept;
    { mapper.map(resource) } noexcept -> std::same_as<Result<std::uintptr_t>>;
    { mapper.unmap(address, std::size_t{}) } noexcept;
};

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
        auto address = mapper.map(resource);
        if (!address)
            return fail(address.error());
        if (*address == 0)
            return fail(Error::no_memory);
        return Mapping{mapper, *address, static_cast<std::size_t>(resource.size)};
    }

    Mapping(Mapping&& other) noexcept
        : mapper_(std::exchange(other.mapper_, nullptr)),
          address_(other.address_),
          bytes_(other.bytes_) {}
    Mapping& operator=(Mapping&& other) noexcept {
        Mapping taken{std::move(other)};
        std::swap(mapper_, taken.mapper_);
        std::swap(address_, taken.address_);
        std::swap(bytes_, taken.bytes_);
        return *this;
    }
    ~Mapping() {
        if (mapper_ != nullptr)
            mapper_->unmap(address_, bytes_);
    }

    [[nodiscard]] bool empty() const noexcept { return mapper_ == nullptr; }
    [[nodiscard]] std::uintptr_t address() const noexcept { return address_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    Mapping(M& mapper, std::uintptr_t address, std::size_t bytes) noexcept
        : mapper_(&mapper), address_(address), bytes_(bytes) {}

    M* mapper_;
    std::uintptr_t address_;
    std::size_t bytes_;
};

} // namespace detail
} // namespace ioview
