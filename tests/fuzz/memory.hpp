// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Attacks on offsets, widths, casts, sub-views and copies, against bytes in an array.
//
//   attack_region(input);

#include <ioview/ioview.hpp>

#include "input.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace ioview::fuzz {

template <class R>
bool failed_with(const R& result, Error error) {
    return !result && result.error() == error;
}

inline Error expected_error(bool fits, std::uintptr_t address, std::size_t alignment) {
    return !fits ? Error::out_of_bounds : address % alignment != 0 ? Error::misaligned : Error{};
}

template <class W, class V>
void one_access(Input& in, V view, unsigned char* bytes, std::size_t size) {
    const std::uint64_t wide = in.offset(size);
    const auto offset = static_cast<std::size_t>(wide);
    const std::vector<unsigned char> before(bytes, bytes + size);
    const auto address = reinterpret_cast<std::uintptr_t>(bytes) + offset;
    const Error error = expected_error(inside(wide, sizeof(W), size), address, sizeof(W));
    std::vector<unsigned char> after = before;
    const auto value = in.number<W>();
    W old{};
    if (error == Error{})
        std::memcpy(&old, &before[offset], sizeof(W));
    bool called = false;
    switch (in.up_to(2)) {
    case 0: {
        const auto got = view.template try_read<W>(wide);
        must(error == Error{} ? got.has_value() && *got == old : failed_with(got, error));
        break;
    }
    case 1: {
        const auto got = view.template try_write<W>(wide, value);
        must(error == Error{} ? got.has_value() : failed_with(got, error));
        if (error == Error{})
            std::memcpy(&after[offset], &value, sizeof(W));
        break;
    }
    default: {
        const auto got = view.template try_update<W>(wide, [&](W read) {
            must(!called && read == old);
            called = true;
            return static_cast<W>(read ^ value);
        });
        must(error == Error{} ? got.has_value() : failed_with(got, error));
        must(called == (error == Error{}));
        if (called) {
            const auto changed = static_cast<W>(old ^ value);
            std::memcpy(&after[offset], &changed, sizeof(W));
        }
    }
    }
    must(std::equal(after.begin(), after.end(), bytes));
}

// Offsets and widths.
inline void attack_region(Input& in) {
    Exact memory{in.up_to(15), in.up_to(40), in.number<std::uint8_t>()};
    const auto view = SysMem<Region<0, 1>>::from_bytes(memory.begin(), memory.size()).value();
    must(view.size_bytes() == memory.size());
    for (int i = 0; i < 8 && !in.empty(); ++i) {
        switch (in.up_to(3)) {
        case 0:
            one_access<std::uint8_t>(in, view, memory.begin(), memory.size());
            break;
        case 1:
            one_access<std::uint16_t>(in, view, memory.begin(), memory.size());
            break;
        case 2:
            one_access<std::uint32_t>(in, view, memory.begin(), memory.size());
            break;
        default:
            if constexpr (IoCapable<SysMemBackend, std::uint64_t>)
                one_access<std::uint64_t>(in, view, memory.begin(), memory.size());
        }
    }
}

struct Words {
    std::uint32_t low;
    std::uint16_t high[2];
};

} // namespace ioview::fuzz
template <>
inline constexpr bool ioview::enable_plain_data<ioview::fuzz::Words> = true;
namespace ioview::fuzz {

template <class T, class V>
void one_part(V view, std::uint64_t offset, std::uintptr_t base, std::size_t size) {
    const auto address = base + static_cast<std::uintptr_t>(offset);
    const Error error = expected_error(inside(offset, sizeof(T), size), address, alignof(T));
    const auto part = view.template try_subview<T>(offset);
    must(error == Error{} ? part && part->address() == address && part->size_bytes() == sizeof(T)
                          : failed_with(part, error));
    const Error at_base = expected_error(sizeof(T) <= size, base, alignof(T));
    const auto cast = view.template try_cast<T>();
    must(at_base == Error{} ? cast && cast->address() == base && cast->size_bytes() == sizeof(T)
                            : failed_with(cast, at_base));
}
template <class T, class V>
void some_parts(
    V view, std::uint64_t offset, std::uint64_t count, std::uintptr_t base, std::size_t size) {
    const auto address = base + static_cast<std::uintptr_t>(offset);
    const bool fits = offset <= size && count <= (size - offset) / sizeof(T);
    const Error error = expected_error(fits, address, alignof(T));
    const auto part = view.template try_subview<T[]>(offset, count);
    must(error == Error{} ? part && part->address() == address && part->size() == count
                          : failed_with(part, error));
    if (part && count != 0) // the last byte is there
        static_cast<void>(part->bytes().at(count * sizeof(T) - 1).read());
}

// Casts and sub-views.
inline void attack_cast(Input& in) {
    Exact memory{in.up_to(15), in.up_to(40), in.number<std::uint8_t>()};
    const auto view = SysMem<Region<0, 1>>::from_bytes(memory.begin(), memory.size()).value();
    const auto base = reinterpret_cast<std::uintptr_t>(memory.begin());
    for (int i = 0; i < 8 && !in.empty(); ++i) {
        const auto offset = in.offset(memory.size());
        const auto count = in.offset(memory.size());
        switch (in.up_to(7)) {
        case 0:
            one_part<std::uint8_t>(view, offset, base, memory.size());
            break;
        case 1:
            one_part<std::uint16_t>(view, offset, base, memory.size());
            break;
        case 2:
            one_part<std::uint32_t[3]>(view, offset, base, memory.size());
            break;
        case 3:
            one_part<Words>(view, offset, base, memory.size());
            break;
        case 4:
            some_parts<std::uint8_t>(view, offset, count, base, memory.size());
            break;
        case 5:
            some_parts<Words>(view, offset, count, base, memory.size());
            break;
        case 6:
            some_parts<std::uint64_t>(view, offset, count, base, memory.size());
            break;
        default: {
            const auto part = view.try_subview<Region<0, 1>>(offset, count);
            must(inside(offset, count, memory.size())
                     ? part && part->address() == base + offset && part->size_bytes() == count
                     : failed_with(part, Error::out_of_bounds));
            if (part) { // nothing past its end, though there is more
                must(failed_with(part->try_read8(count), Error::out_of_bounds));
                must(count == 0 || part->try_read8(count - 1));
            }
        }
        }
    }
}

template <class To, class From>
void one_copy(From from, To to) {
    ioview::copy(from, to);
}

// Copies: lengths, misalignments, overlaps, kinds of memory.
inline void attack_copy(Input& in) {
    const std::size_t shift = in.up_to(15);
    Exact memory{shift, in.up_to(160), in.number<std::uint8_t>()};
    const std::size_t size = memory.size();
    const auto all = SysMem<std::byte[]>::from_span(
        std::span(reinterpret_cast<std::byte*>(memory.begin()), size));
    const auto device = Mmio<std::byte[]>::from_raw(
        MmioRaw<std::byte[]>::slice(reinterpret_cast<std::uintptr_t>(memory.begin()), size)
            .value());
    std::vector<unsigned char> model(memory.begin(), memory.begin() + size);
    model.reserve(1); // memmove wants no null, even for nothing
    for (int i = 0; i < 6 && !in.empty(); ++i) {
        const std::size_t length = in.up_to(size);
        const std::size_t from = in.up_to(size - length);
        const std::size_t to = in.up_to(size - length);
        Exact plain{in.up_to(7), length, in.number<std::uint8_t>()};
        const std::span<std::byte> bytes(reinterpret_cast<std::byte*>(plain.begin()), length);
        switch (in.up_to(7)) {
        case 0:
            one_copy(all.subview(from, length), all.subview(to, length));
            break;
        case 1:
            one_copy(device.subview(from, length), device.subview(to, length));
            break;
        case 2:
            one_copy(device.subview(from, length), all.subview(to, length));
            break;
        case 3:
            one_copy(all.subview(from, length), device.subview(to, length));
            break;
        case 4:
            device.subview(from, length).copy_to(bytes);
            must(std::equal(plain.begin(), plain.begin() + length, model.data() + from));
            all.subview(to, length).copy_from(bytes);
            break;
        case 5:
            all.subview(from, length).copy_to(bytes);
            must(std::equal(plain.begin(), plain.begin() + length, model.data() + from));
            device.subview(to, length).copy_from(bytes);
            break;
        case 6: {
            const auto value = in.number<std::uint8_t>();
            device.subview(to, length).fill(std::byte{value});
            std::fill_n(model.begin() + static_cast<std::ptrdiff_t>(to), length, value);
            must(std::equal(model.begin(), model.end(), memory.begin()));
            continue;
        }
        default: // unequal lengths
            if (from != 0) {
                must(failed_with(all.subview(0, length + from).try_copy_to(bytes),
                                 Error::out_of_bounds));
                must(failed_with(device.subview(0, length + from).try_copy_from(bytes),
                                 Error::out_of_bounds));
            }
            must(std::equal(model.begin(), model.end(), memory.begin()));
            continue;
        }
        std::memmove(model.data() + to, model.data() + from, length);
        must(std::equal(model.begin(), model.end(), memory.begin()));
    }
}

} // namespace ioview::fuzz
