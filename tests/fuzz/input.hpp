// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What the attacks on ioview share: bytes that decide what happens, and a check that ends the
// program, so that libFuzzer, a replay and a unit test see it alike.
//
//   void attack_ring(Input& in) { must(Ring<8>::wrap(in.number<std::uint32_t>()).value() < 8); }

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace ioview::fuzz {

// Every read past the end gives zeros. One read a full expression, or in braces: inputs that are
// kept mean the same with every compiler.
class Input {
public:
    Input(const unsigned char* bytes, std::size_t count) : bytes_(bytes), count_(count) {}

    [[nodiscard]] bool empty() const { return at_ >= count_; }
    template <class T>
    T number() {
        unsigned char raw[sizeof(T)] = {};
        for (std::size_t i = 0; i < sizeof(T) && !empty(); ++i)
            raw[i] = bytes_[at_++];
        T value{};
        for (std::size_t i = 0; i < sizeof(T); ++i)
            value = static_cast<T>(value | static_cast<T>(static_cast<T>(raw[i]) << (8 * i)));
        return value;
    }
    // 0 to most
    std::size_t up_to(std::size_t most) { return number<std::uint16_t>() % (most + 1); }
    // Mostly small, and else anything: near the ends, and with bits that a narrower type loses.
    std::uint64_t offset(std::size_t around) {
        const auto kind = number<std::uint8_t>();
        const auto small = static_cast<std::uint64_t>(up_to(around + 8));
        if (kind < 200)
            return small;
        if (kind < 216)
            return 0 - small;
        if (kind < 232)
            return (std::uint64_t{1} << 32) + small;
        return kind < 240 ? (std::uint64_t{1} << 63) - small : number<std::uint64_t>();
    }

private:
    const unsigned char* bytes_;
    std::size_t count_;
    std::size_t at_ = 0;
};

inline void
must(bool holds, const char* file = __builtin_FILE(), unsigned line = __builtin_LINE()) {
    if (holds)
        return;
    std::fprintf(stderr, "%s:%u: the model says otherwise\n", file, line);
    std::abort();
}

// Bytes of the heap with nothing around them, where the address sanitizer sees each step outside.
class Exact {
public:
    static constexpr std::size_t alignment = 16;
    Exact(std::size_t shift, std::size_t count, std::uint8_t seed)
        : shift_(shift), count_(count), all_(new unsigned char[shift + count]) {
        for (std::size_t i = 0; i < shift + count; ++i)
            all_[i] = static_cast<unsigned char>(seed + i * 37);
    }
    Exact(const Exact&) = delete;
    Exact& operator=(const Exact&) = delete;
    ~Exact() { delete[] all_; }

    unsigned char* begin() { return all_ + shift_; }
    [[nodiscard]] std::size_t size() const { return count_; }

private:
    std::size_t shift_;
    std::size_t count_;
    unsigned char* all_;
};

// Where an access of width bytes at offset may be: at most one thing is wrong with it, the bound.
inline bool inside(std::uint64_t offset, std::uint64_t bytes, std::uint64_t size) {
    return offset <= size && bytes <= size - offset;
}

} // namespace ioview::fuzz
