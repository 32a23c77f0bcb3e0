// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A Mapper over plain memory that keeps the books: what is requested and mapped, every call in
// order, and an error at the n-th call when asked.
//
//   CountingMapper mapper;
//   mapper.fail_call(2, io::Error::no_memory);
//   …
//   CHECK(mapper.calls == Calls{"request", "map!", "release"});   // ! is a failure
//   CHECK(mapper.is_clean());

#include <ioview/resource/mapper.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ioview::tests {

using Calls = std::vector<std::string>;

struct CountingMapper {
    static constexpr std::size_t capacity = 4'096;

    struct Mapped {
        std::uintptr_t address;
        std::size_t bytes;
        Resource resource;
    };

    CountingMapper() = default;
    CountingMapper(const CountingMapper&) = delete;
    CountingMapper& operator=(const CountingMapper&) = delete;

    // The n-th call of request and map from now on fails, 1 being the next.
    void fail_call(unsigned n, Error error) {
        failing = n;
        failure = error;
    }
    void clear_calls() { calls.clear(); }
    bool is_clean() const { return requested.empty() && mapped.empty() && faults.empty(); }
    std::uintptr_t base() const { return reinterpret_cast<std::uintptr_t>(memory) + shift; }

    Result<> request(const Resource& resource) noexcept {
        if (fails("request"))
            return fail(failure);
        for (const auto& taken : requested) {
            if (taken.kind == resource.kind && resource.start < taken.start + taken.size &&
                taken.start < resource.start + resource.size) {
                calls.back() += '!';
                return fail(Error::busy);
            }
        }
        requested.push_back(resource);
        return {};
    }
    void release(const Resource& resource) noexcept {
        calls.push_back("release");
        if (std::erase(requested, resource) != 1)
            faults.push_back("released what was not requested");
        for (const Mapped& one : mapped) {
            if (one.resource == resource)
                faults.push_back("released while mapped");
        }
    }
    Result<std::uintptr_t> map(const Resource& resource) noexcept {
        kind = resource.kind;
        if (fails("map"))
            return fail(failure);
        where = maps_null ? 0 : at_top ? 0 - std::uintptr_t{0x100} : base() + next;
        next += spacing;
        if (!maps_null)
            mapped.push_back({where, static_cast<std::size_t>(resource.size), resource});
        return where;
    }
    void unmap(std::uintptr_t address, std::size_t bytes) noexcept {
        calls.push_back("unmap");
        const auto same = [&](const Mapped& one) {
            return one.address == address && one.bytes == bytes;
        };
        const auto found = std::find_if(mapped.begin(), mapped.end(), same);
        if (found == mapped.end())
            faults.push_back("unmapped what was not mapped");
        else
            mapped.erase(found);
    }

    bool fails(const char* what) {
        const bool now = failing != 0 && --failing == 0;
        calls.push_back(std::string(what) + (now ? "!" : ""));
        return now;
    }

    Calls calls;
    std::vector<Resource> requested;
    std::vector<Mapped> mapped;
    std::vector<std::string> faults;
    Resource::Kind kind{}; // of the last map()
    unsigned failing = 0;
    Error failure{};
    std::uintptr_t where = 0; // the last mapping
    std::size_t shift = 0;    // misaligns mappings
    std::size_t next = 0;     // where the next one goes
    std::size_t spacing = 0;  // between two
    bool at_top = false;      // 256 bytes below the top of the address space
    bool maps_null = false;
    alignas(64) unsigned char memory[capacity]{};
};
static_assert(Mapper<CountingMapper>);

} // namespace ioview::tests
