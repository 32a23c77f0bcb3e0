// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What may be made of bytes and turned into bytes, looked at to the last member.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace io = ioview;

namespace {

struct One {
    std::uint32_t a;
};
struct Every {
    std::uint8_t a[4];
    struct {
        std::uint32_t x, y;
    } inner;
    float f;
    std::uint64_t u;
    std::array<std::uint16_t, 4> e;
    double d[2][3];
    const std::uint32_t one;
    io::be<std::uint32_t> b;
};
struct Vertex {
    std::uint32_t id;
    float x, y, z;
};
#if defined(__SIZEOF_INT128__)
struct Key {
    __extension__ unsigned __int128 a;
    __extension__ __int128 b[2];
};
#endif
struct Nested {
    One one;
    One more[3];
};
struct Bits {
    std::uint32_t a : 4, b : 28;
};
// What is no plain data.
struct Flags {
    std::uint8_t kind;
    bool ready;
};
struct HasFlags {
    One one;
    Flags flags;
};
struct Pointer {
    void* p;
};
struct Open {
    enum Kind { none } kind;
};
enum class Yes : bool { no, yes };
struct Closed {
    Yes yes;
};
struct Base {};
struct Derived : Base {
    std::uint32_t a;
};
struct FloatPadded {
    std::uint8_t a;
    float f;
};
struct Long {
    long double l;
};
struct Padded {
    std::uint32_t a;
    std::uint8_t b;
};
// What is no aggregate says its members.
class Private {
public:
    std::uint32_t a() const noexcept { return a_ + (b_ > 0 ? 1u : 0u); }

private:
    std::uint32_t a_;
    float b_;
};
class PrivateFlag {
public:
    bool a() const noexcept { return a_; }

private:
    bool a_;
};
class Unsaid {
public:
    std::uint32_t a() const noexcept { return a_; }

private:
    std::uint32_t a_;
};
class Understated {
public:
    std::uint32_t a() const noexcept { return a_ + (b_ ? 1u : 0u); }

private:
    std::uint32_t a_;
    bool b_, c_[3];
};
union Either {
    std::uint32_t a;
    float f;
};
struct WithAnonymous {
    union {
        std::uint32_t word;
        std::uint8_t bytes[4];
    };
    std::uint16_t a, b;
};
union Lopsided {
    std::uint32_t a;
    std::uint8_t b;
};
// One of the two only.
struct FromOnly {
    std::uint32_t a;
    std::uint8_t b;
};
struct IntoOnly {
    std::uint8_t kind;
    bool ready;
};

} // namespace

#define PLAIN(T)                                                                                   \
    template <>                                                                                    \
    inline constexpr bool io::enable_plain_data<T> = true
PLAIN(Every);
PLAIN(Vertex);
template <>
inline constexpr auto io::enable_plain_data<WithAnonymous> =
    io::members<std::uint32_t, std::uint16_t, std::uint16_t>;
static_assert(io::FromBytes<WithAnonymous> && io::IntoBytes<WithAnonymous>);
#if defined(__SIZEOF_INT128__)
PLAIN(Key);
static_assert(io::FromBytes<Key> && io::IntoBytes<Key>);
#endif
PLAIN(Nested);
PLAIN(Bits);
PLAIN(Flags);
PLAIN(HasFlags);
PLAIN(Pointer);
PLAIN(Open);
PLAIN(Closed);
PLAIN(Derived);
PLAIN(FloatPadded);
PLAIN(Long);
PLAIN(Padded);
PLAIN(Unsaid);
template <>
inline constexpr auto io::enable_plain_data<Private> = io::members<std::uint32_t, float>;
template <>
inline constexpr auto io::enable_plain_data<PrivateFlag> = io::members<bool>;
template <>
inline constexpr auto io::enable_plain_data<Understated> = io::members<std::uint32_t>;
template <>
inline constexpr auto io::enable_plain_data<Either> = io::members<std::uint32_t, float>;
template <>
inline constexpr auto io::enable_plain_data<Lopsided> = io::members<std::uint32_t, std::uint8_t>;
template <>
inline constexpr bool io::enable_from_bytes<FromOnly> = true;
template <>
inline constexpr bool io::enable_into_bytes<IntoOnly> = true;

namespace {
template <class T>
constexpr bool is_plain = io::FromBytes<T> && io::IntoBytes<T>;
template <class T>
constexpr bool is_neither = !io::FromBytes<T> && !io::IntoBytes<T>;
} // namespace

TEST_CASE("plain data is plain to its last member", "[plain]") {
    STATIC_REQUIRE(is_plain<Every>);
    STATIC_REQUIRE(is_plain<const Every>);
    STATIC_REQUIRE(is_plain<Every[3]>);
    STATIC_REQUIRE(is_plain<std::array<Every, 2>>);
    STATIC_REQUIRE(is_plain<Vertex>);
    STATIC_REQUIRE(is_plain<Nested>);
    STATIC_REQUIRE(is_plain<Bits>);
    STATIC_REQUIRE(is_plain<float>);
    STATIC_REQUIRE(is_neither<One>); // has not opted in
    STATIC_REQUIRE(is_neither<Flags>);
    STATIC_REQUIRE(is_neither<Flags[2]>);
    STATIC_REQUIRE(is_neither<HasFlags>);
    STATIC_REQUIRE(is_neither<Pointer>);
    STATIC_REQUIRE(is_neither<Open>);
    STATIC_REQUIRE(is_neither<Closed>);
    STATIC_REQUIRE(is_neither<Derived>);
    STATIC_REQUIRE(is_neither<FloatPadded>);
    STATIC_REQUIRE(is_neither<Long>);
    STATIC_REQUIRE(is_neither<Padded>);
    STATIC_REQUIRE(is_neither<void*>);
}

TEST_CASE("a class that is no aggregate says its members, all of them", "[plain]") {
    STATIC_REQUIRE(is_plain<Private>);
    STATIC_REQUIRE(is_plain<Either>);
    STATIC_REQUIRE(is_neither<PrivateFlag>);
    STATIC_REQUIRE(is_neither<Unsaid>);
    STATIC_REQUIRE(is_neither<Understated>);
    STATIC_REQUIRE(is_neither<Lopsided>); // its other member leaves bytes without a value
}

TEST_CASE("from bytes and into bytes are two promises", "[plain]") {
    STATIC_REQUIRE(io::FromBytes<FromOnly>);
    STATIC_REQUIRE_FALSE(io::IntoBytes<FromOnly>);
    STATIC_REQUIRE_FALSE(io::FromBytes<IntoOnly>);
    STATIC_REQUIRE(io::IntoBytes<IntoOnly>);
    STATIC_REQUIRE(io::IntoBytes<bool>);
    STATIC_REQUIRE_FALSE(io::FromBytes<bool>);
    FromOnly from{0x0403'0201, 5};
    auto read = io::SysMem<FromOnly>::from_pointer(&from).copy_read();
    CHECK(read.a == 0x0403'0201);
    CHECK(read.b == 5);
    IntoOnly into{};
    io::SysMem<IntoOnly>::from_pointer(&into).copy_write({7, true});
    CHECK(into.kind == 7);
    CHECK(into.ready);
}

TEST_CASE("floating-point members are copied with the others", "[plain]") {
    Vertex object{1, 2.0f, 3.0f, 4.0f};
    auto vertex = io::SysMem<Vertex>::from_pointer(&object);
    CHECK(vertex.copy_read().z == 4.0f);
    vertex.copy_write({5, 6.0f, 7.0f, 8.0f});
    CHECK(object.x == 6.0f);
    CHECK(IO_PROJECT(vertex, y).copy_read() == 7.0f);
    CHECK(IO_PROJECT(vertex, y).cast<std::uint32_t>().read() == std::bit_cast<std::uint32_t>(7.0f));
    CHECK(vertex.bytes().size() == 16);
    REQUIRE(vertex.try_cast<std::array<std::uint32_t, 4>>());
}

namespace {
struct Ordered {
    io::le<std::uint32_t> a;
    io::be<std::uint16_t> b;
    std::uint8_t c[2];
};
} // namespace
template <>
inline constexpr bool io::enable_plain_data<Ordered> = true;

TEST_CASE("a value means the same by every path, on a medium of the other order too", "[plain]") {
    io::testing::Memory<8, std::endian::big> big;
    io::testing::Memory<8> little;
    auto there = big.view<Ordered>();
    auto here = little.view<Ordered>();
    IO_WRITE(there, a, 0x0102'0304u);
    IO_WRITE(there, b, 0x0506);
    CHECK(there.copy_read().a == 0x0102'0304u);
    CHECK(there.copy_read().b == 0x0506);
    io::copy(there, here);
    CHECK(IO_READ(here, a) == 0x0102'0304u);
    CHECK(here.copy_read().b == 0x0506);
    here.copy_write({5, 6, {7, 8}});
    io::copy(here, there);
    CHECK(IO_READ(there, a) == 5);
    CHECK(IO_READ(there, b) == 6);
}
