// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A pointer to member given at run time stays inside its target, else it is a panic and no access.
//
// The hook is a macro, so this file looks at a copy of the library of its own, under another name.
#include "support/panic_hook.hpp"

#include <ioview/backend/mmio.hpp>
#include <ioview/project.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstddef>
#include <cstdint>

namespace io = ioview;

namespace {

const std::string outside = "ioview: a pointer to member is null or leads out of the object";

struct Base {
    std::uint32_t a;
    std::uint8_t small[4];
};
struct Pair {
    std::uint8_t first, second;
};
struct Derived : Base {
    std::uint32_t y;
    std::uint8_t byte;
    std::uint8_t more[3];
    std::uint32_t list[4];
    Pair pair;
    const std::uint32_t fixed = 0;
};
struct Whole {
    Base bases[3];
    Base last;
};
struct Empty {};
struct OfEmpty : Empty {
    std::uint32_t value;
};

// Not known to the compiler, as one that is chosen at run time.
template <class M, class C>
M C::*hidden(M C::*pointer) {
    M C::*volatile copy = pointer;
    return copy;
}
template <class M>
M Base::*of_derived(M Derived::*pointer) {
    return hidden(static_cast<M Base::*>(pointer));
}

} // namespace

TEST_CASE("a null pointer to member is a panic, and no access", "[member_pointer]") {
    Recorded<sizeof(Whole)> ram;
    const auto base = ram.view<Base>();
    const auto whole = ram.view<Whole>();
    const auto is_refused = [&]<class M>(M Base::*null) {
        CHECK(panic_of([&] { static_cast<void>(io::project(base, null)); }) == outside);
        CHECK(panic_of([&] { static_cast<void>(io::project(whole, &Whole::last, null)); }) ==
              outside);
        CHECK(panic_of([&] {
                  static_cast<void>(io::project(whole, &Whole::bases, io::at(2), null));
              }) == outside);
        CHECK(panic_of([&] {
                  static_cast<void>(io::project(whole, &Whole::bases, io::try_at(2), null));
              }) == outside);
        CHECK(panic_of([&] { static_cast<void>(io::project(ram.view<const Base>(), null)); }) ==
              outside);
        // after a failed step nothing is asked
        CHECK(panic_of([&] {
                  CHECK(io::project(whole, &Whole::bases, io::try_at(3), null).error() ==
                        io::Error::out_of_bounds);
              }) == "");
    };
    is_refused(hidden<std::uint8_t, Base>(nullptr));
    is_refused(hidden<std::uint32_t, Base>(nullptr));
    is_refused(hidden<const std::uint32_t, Base>(nullptr));
    is_refused(hidden<std::uint8_t[4], Base>(nullptr));
    is_refused(hidden<Pair, Base>(nullptr));
    CHECK(panic_of([&] { io::project(base, hidden<std::uint32_t, Base>(nullptr)).write(1); }) ==
          outside);
    // known to the compiler
    constexpr std::uint32_t Base::*known = nullptr;
    CHECK(panic_of([&] { io::project(base, known).write(1); }) == outside);
    CHECK(ram.untouched());
}

TEST_CASE("a pointer to a member of a derived class leads out of the base", "[member_pointer]") {
    Recorded<sizeof(Whole)> ram;
    const auto base = ram.view<Base>();
    const auto whole = ram.view<Whole>();
    const auto is_refused = [&]<class M>(M Derived::*pointer) {
        const auto stray = of_derived(pointer);
        CHECK(panic_of([&] { static_cast<void>(io::project(base, stray)); }) == outside);
        CHECK(panic_of([&] { static_cast<void>(io::project(whole, &Whole::last, stray)); }) ==
              outside);
        // inside the whole, but not inside the element
        CHECK(panic_of([&] {
                  static_cast<void>(io::project(whole, &Whole::bases, io::at(0), stray));
              }) == outside);
        CHECK(panic_of([&] {
                  static_cast<void>(io::project(whole, &Whole::bases, io::try_at(0), stray));
              }) == outside);
        CHECK(panic_of([&] {
                  CHECK_FALSE(io::project(whole, &Whole::bases, io::try_at(3), stray));
              }) == "");
    };
    is_refused(&Derived::y);
    is_refused(&Derived::byte);
    is_refused(&Derived::more);
    is_refused(&Derived::list);
    is_refused(&Derived::pair);
    is_refused(&Derived::fixed);
    CHECK(panic_of([&] { io::project(base, of_derived(&Derived::y)).write(99); }) == outside);
    CHECK(panic_of([&] {
              io::project(base, static_cast<std::uint32_t Base::*>(&Derived::y)).write(99);
          }) == outside);
    CHECK(ram.untouched());

    // through the derived class they are members of the base all the same
    CHECK(io::project(base, of_derived<std::uint32_t>(&Derived::a)).address() == 0);
    CHECK(io::project(base, of_derived<std::uint8_t[4]>(&Derived::small)).address() == 4);
    // a member of the target itself, by the name of an empty base
    Recorded<sizeof(OfEmpty)> other;
    CHECK(io::project(other.view<OfEmpty>(),
                      hidden(static_cast<std::uint32_t Empty::*>(&OfEmpty::value)))
              .address() == 0);
}

namespace {

struct Queue {
    std::uint32_t write_ptr;
    std::uint32_t rest[0x4'0000 / 4 - 1];
    std::uint8_t last[3];
};
struct Shared {
    std::uint64_t ptes[512];
    Queue cpuq, gspq;
    std::uint16_t end;
};
struct Huge {
    char before[std::size_t{1} << 30];
    std::uint32_t value;
    std::uint8_t grid[2][3];
    std::uint8_t last;
};
struct OfHuge : Huge {};

template <class T>
constexpr auto mmio = io::Mmio<T>::from_raw(io::MmioRaw<T>::at(0x1'0000));

template <class T, class... Steps>
constexpr std::size_t offset(Steps... steps) {
    return io::project(mmio<T>, steps...).address() - 0x1'0000;
}

static_assert(offset<Shared>(&Shared::ptes) == 0);
static_assert(offset<Shared>(&Shared::cpuq) == 0x1000);
static_assert(offset<Shared>(&Shared::gspq) == offsetof(Shared, gspq));
static_assert(offset<Shared>(&Shared::gspq, &Queue::write_ptr) == offsetof(Shared, gspq));
static_assert(offset<Shared>(&Shared::gspq, &Queue::last, io::at(2)) ==
              offsetof(Shared, gspq.last) + 2);
static_assert(offset<const Shared>(&Shared::end) == offsetof(Shared, end));
static_assert(offset<Huge>(&Huge::value) == offsetof(Huge, value));
static_assert(offset<Huge>(&Huge::grid, io::at(1), io::at(2)) == offsetof(Huge, grid) + 5);
static_assert(offset<Huge>(&Huge::last) == offsetof(Huge, last));
static_assert(offset<OfHuge>(&Huge::last) == offsetof(Huge, last));
static_assert(offset<OfHuge>(&OfHuge::before) == 0);

} // namespace

TEST_CASE("members far into an object are found in the compiler and at run time",
          "[member_pointer]") {
    CHECK(offset<Shared>(hidden(&Shared::gspq), hidden(&Queue::write_ptr)) ==
          offsetof(Shared, gspq));
    CHECK(offset<Huge>(hidden(&Huge::last)) == offsetof(Huge, last));
    CHECK(offset<OfHuge>(hidden(&Huge::grid), io::at(1), io::at(2)) == offsetof(Huge, grid) + 5);
}
