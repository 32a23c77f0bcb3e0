// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What owners of mappings ask of the system: claim a resource, map it, and undo both.
//
//   struct PageTableMapper {
//       io::Result<> request(const io::Resource&) noexcept;               // busy when taken
//       void release(const io::Resource&) noexcept;
//       io::Result<std::uintptr_t> map(const io::Resource&) noexcept;     // no_memory
//       void unmap(std::uintptr_t address, std::size_t bytes) noexcept;
//   };

#include <ioview/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ioview {

// A range of physical addresses or ports that belongs to a device.
struct Resource {
    enum class Kind : std::uint8_t {
        memory,
        non_posted, // memory whose writes must complete before the next access (Linux ioremap_np)
        port,
    };
    std::uint64_t start = 0;
    std::uint64_t size = 0;
    Kind kind = Kind::memory;

    friend constexpr bool operator==(const Resource&, const Resource&) noexcept = default;
};

// Semantics: request and map fail without an effect; release and unmap undo just what succeeded.
template <class M>
concept Mapper = requires(M& mapper, const Resource& resource, std::uintptr_t address) {
    { mapper.request(resource) } noexcept -> std::same_as<Result<>>;
    { mapper.release(resource) } noexcept;
    { mapper.map(resource) } noexcept -> std::same_as<Result<std::uintptr_t>>;
    { mapper.unmap(address, std::size_t{}) } noexcept;
};

namespace detail {

// A claimed resource, released once.
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
        std::swap(mapper_, other.mapper_);
        std::swap(resource_, other.resource_);
        return *this;
    }
    ~Claim() {
        if (mapper_ != nullptr)
            mapper_->release(resource_);
    }

private:
    Claim(M& mapper, const Resource& resource) noexcept : mapper_(&mapper), resource_(resource) {}

    M* mapper_;
    Resource resource_;
};

// A mapped resource, unmapped once. Made before anything of it is checked, so nothing can leak.
template <Mapper M>
class Mapping {
public:
    [[nodiscard]] static Result<Mapping> of(M& mapper, const Resource& resource) noexcept {
        if (resource.size > static_cast<std::size_t>(-1))
            return fail(Error::no_memory);
        auto address = mapper.map(resource);
        if (!address)
            return fail(address.error());
        return Mapping{mapper, *address, static_cast<std::size_t>(resource.size)};
    }

    Mapping(Mapping&& other) noexcept
        : mapper_(std::exchange(other.mapper_, nullptr)),
          address_(other.address_),
          bytes_(other.bytes_) {}
    Mapping& operator=(Mapping&& other) noexcept {
        std::swap(mapper_, other.mapper_);
        std::swap(address_, other.address_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Mapping() {
        if (mapper_ != nullptr)
            mapper_->unmap(address_, bytes_);
    }

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
