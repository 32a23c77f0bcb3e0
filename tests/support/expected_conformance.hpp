// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One body of tests for every `expected`: ioview's own and the library's. Included once per test
// file, after
//
//   #define EXPECTED_NAMESPACE std       // where expected, unexpected, unexpect, unexpect_t live
//   #define EXPECTED_TAG "[std]"         // tells the test cases of the two apart
//   #define EXPECTED_MONADIC 1           // has and_then, transform, or_else, transform_error
//   #define EXPECTED_OWN 0               // what only ioview's own promises

#include "support/catch.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using EXPECTED_NAMESPACE::expected;
using EXPECTED_NAMESPACE::unexpect;
using EXPECTED_NAMESPACE::unexpect_t;
using EXPECTED_NAMESPACE::unexpected;

enum class Code : std::uint8_t { ok, bad = 3, worse };

struct Immovable {
    constexpr explicit Immovable(int v) : value(v) {}
    Immovable(const Immovable&) = delete;
    Immovable& operator=(const Immovable&) = delete;
    int value;
};

struct MoveOnly {
    constexpr explicit MoveOnly(int v) noexcept : value(v) {}
    constexpr MoveOnly(MoveOnly&& other) noexcept : value(std::exchange(other.value, -1)) {}
    constexpr MoveOnly& operator=(MoveOnly&& other) noexcept {
        value = std::exchange(other.value, -1);
        return *this;
    }
    int value;
};

struct Constant { // trivially copyable, but not assignable
    constexpr explicit Constant(int v) noexcept : value(v) {}
    const int value;
};

struct Explicit {
    constexpr explicit Explicit(int v) noexcept : value(v) {}
    int value;
};

struct FromList {
    constexpr FromList(std::initializer_list<int> list, int extra) noexcept
        : count(static_cast<int>(list.size()) + extra) {}
    int count;
};

// Counts what lives, to see that each payload is ended exactly once.
struct Counted {
    static inline int alive = 0;
    int value;
    explicit Counted(int v) noexcept : value(v) { ++alive; }
    Counted(const Counted& other) noexcept : value(other.value) { ++alive; }
    Counted(Counted&& other) noexcept : value(std::exchange(other.value, -1)) { ++alive; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&& other) noexcept {
        value = std::exchange(other.value, -1);
        return *this;
    }
    ~Counted() { --alive; }
    friend bool operator==(const Counted& a, const Counted& b) { return a.value == b.value; }
};

struct Failure { // a non-trivial error
    static inline int alive = 0;
    std::string text;
    explicit Failure(std::string t) noexcept : text(std::move(t)) { ++alive; }
    Failure(const Failure& other) : text(other.text) { ++alive; }
    Failure(Failure&& other) noexcept : text(std::move(other.text)) { ++alive; }
    Failure& operator=(const Failure&) = default;
    Failure& operator=(Failure&&) = default;
    ~Failure() { --alive; }
    friend bool operator==(const Failure& a, const Failure& b) { return a.text == b.text; }
};

using Int = expected<int, Code>;
using Void = expected<void, Code>;
using Heavy = expected<Counted, Failure>;

} // namespace

static void check_types_and_traits() {
    STATIC_REQUIRE(std::is_same_v<Int::value_type, int>);
    STATIC_REQUIRE(std::is_same_v<Int::error_type, Code>);
    STATIC_REQUIRE(std::is_same_v<Int::unexpected_type, unexpected<Code>>);
    STATIC_REQUIRE(std::is_same_v<Int::rebind<char>, expected<char, Code>>);
    STATIC_REQUIRE(std::is_same_v<Void::value_type, void>);

    STATIC_REQUIRE(std::is_default_constructible_v<Int>);
    STATIC_REQUIRE(std::is_default_constructible_v<Void>);
    STATIC_REQUIRE(!std::is_default_constructible_v<expected<Explicit, Code>>);

    // as trivial as the payloads
    STATIC_REQUIRE(std::is_trivially_destructible_v<Int>);
    STATIC_REQUIRE(std::is_trivially_destructible_v<Void>);
    STATIC_REQUIRE(std::is_trivially_copy_constructible_v<Int>);
    STATIC_REQUIRE(std::is_trivially_move_constructible_v<Int>);
    STATIC_REQUIRE(std::is_trivially_copy_constructible_v<expected<std::pair<int, int>, Code>>);
    STATIC_REQUIRE(!std::is_trivially_destructible_v<Heavy>);
    STATIC_REQUIRE(!std::is_trivially_copy_constructible_v<Heavy>);
#if EXPECTED_OWN
    STATIC_REQUIRE(std::is_trivially_copyable_v<Int>);
    STATIC_REQUIRE(std::is_trivially_copyable_v<Void>);
    STATIC_REQUIRE(!std::is_trivially_copyable_v<Heavy>);
#endif

    // what the payloads cannot do
    STATIC_REQUIRE(std::is_copy_constructible_v<Heavy>);
    STATIC_REQUIRE(std::is_copy_assignable_v<Heavy>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<Heavy>);
    STATIC_REQUIRE(!std::is_copy_constructible_v<expected<MoveOnly, Code>>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<expected<MoveOnly, Code>>);
    STATIC_REQUIRE(!std::is_copy_assignable_v<expected<MoveOnly, Code>>);
    STATIC_REQUIRE(std::is_nothrow_move_assignable_v<expected<MoveOnly, Code>>);
    STATIC_REQUIRE(!std::is_move_constructible_v<expected<Immovable, Code>>);
    STATIC_REQUIRE(!std::is_move_assignable_v<expected<Immovable, Code>>);
    STATIC_REQUIRE(!std::is_copy_assignable_v<expected<Constant, Code>>);
    STATIC_REQUIRE(std::is_copy_constructible_v<expected<Constant, Code>>);
    STATIC_REQUIRE(!std::is_copy_constructible_v<expected<void, MoveOnly>>);

    // implicit where the payload's conversion is
    STATIC_REQUIRE(std::is_convertible_v<int, Int>);
    STATIC_REQUIRE(!std::is_convertible_v<int, expected<Explicit, Code>>);
    STATIC_REQUIRE(std::is_constructible_v<expected<Explicit, Code>, int>);
    STATIC_REQUIRE(std::is_convertible_v<unexpected<Code>, Int>);
    STATIC_REQUIRE(!std::is_convertible_v<unexpected<int>, expected<int, Explicit>>);
    STATIC_REQUIRE(std::is_constructible_v<expected<int, Explicit>, unexpected<int>>);
    STATIC_REQUIRE(!std::is_constructible_v<Int, unexpected<std::string>>);
    STATIC_REQUIRE(!std::is_convertible_v<Int, bool>);
    STATIC_REQUIRE(std::is_constructible_v<bool, Int>);
    STATIC_REQUIRE(std::is_convertible_v<expected<short, Code>, Int>);
    STATIC_REQUIRE(!std::is_convertible_v<expected<int, Code>, expected<Explicit, Code>>);
    STATIC_REQUIRE(std::is_constructible_v<expected<Explicit, Code>, expected<int, Code>>);
    STATIC_REQUIRE(!std::is_constructible_v<Int, expected<std::string, Code>>);
    STATIC_REQUIRE(!std::is_constructible_v<Int, Void>);
    STATIC_REQUIRE(!std::is_constructible_v<Void, Int>);
}

static void check_construction() {
    STATIC_REQUIRE(Int().has_value());
    STATIC_REQUIRE(*Int() == 0);
    STATIC_REQUIRE(*Int(4) == 4);
    STATIC_REQUIRE(*Int(std::in_place, 4) == 4);
    STATIC_REQUIRE(Int(unexpect, Code::bad).error() == Code::bad);
    STATIC_REQUIRE(Int(unexpected(Code::bad)).error() == Code::bad);
    STATIC_REQUIRE(Void().has_value());
    STATIC_REQUIRE(Void(std::in_place).has_value());
    STATIC_REQUIRE(Void(unexpect, Code::bad).error() == Code::bad);
    STATIC_REQUIRE(Void(unexpected(Code::bad)).error() == Code::bad);
    STATIC_REQUIRE(expected<Immovable, Code>(std::in_place, 5)->value == 5);
    STATIC_REQUIRE(expected<int, Immovable>(unexpect, 5).error().value == 5);
    STATIC_REQUIRE(expected<FromList, Code>(std::in_place, {1, 2}, 3)->count == 5);
    STATIC_REQUIRE(expected<int, FromList>(unexpect, {1, 2}, 3).error().count == 5);
    STATIC_REQUIRE(expected<void, FromList>(unexpect, {1, 2}, 3).error().count == 5);
    STATIC_REQUIRE(unexpected<FromList>(std::in_place, {1, 2}, 3).error().count == 5);
    STATIC_REQUIRE(unexpected<Explicit>(std::in_place, 3).error().value == 3);
    STATIC_REQUIRE(expected<MoveOnly, Code>(MoveOnly(3))->value == 3);

    // from another kind
    constexpr expected<short, Code> narrow = short{7};
    STATIC_REQUIRE(*Int(narrow) == 7);
    STATIC_REQUIRE(Int(expected<short, Code>(unexpect, Code::bad)).error() == Code::bad);
    STATIC_REQUIRE(*expected<long, int>(expected<int, short>(9)) == 9);
    STATIC_REQUIRE(expected<void, int>(expected<void, short>(unexpect, short{4})).error() == 4);
    STATIC_REQUIRE(expected<void, int>(expected<void, short>()).has_value());
    const expected<std::string, Code> text = expected<const char*, Code>("text");
    CHECK(*text == "text");

    // a bool is made of a value here, not of "has a value"
    STATIC_REQUIRE(*expected<bool, Code>(false) == false);
#if EXPECTED_OWN // LWG 3836, which older libraries lack
    STATIC_REQUIRE(*expected<bool, int>(expected<int, int>(0)) == false);
#endif
    // a nested one is a value
    STATIC_REQUIRE((*expected<Int, Code>(Int(unexpect, Code::bad))).error() == Code::bad);
}

namespace {

constexpr bool copies_and_moves() {
    Int a = 3;
    Int b = a;
    Int c = std::move(b);
    if (*c != 3)
        return false;
    c = Int(unexpect, Code::bad);
    a = c;
    if (a.has_value() || a.error() != Code::bad)
        return false;
    a = 5;
    if (a != 5)
        return false;
    a = unexpected(Code::worse);
    if (a.error() != Code::worse)
        return false;
    if (a.emplace(6) != 6)
        return false;
    swap(a, c);
    if (a.has_value() || *c != 6)
        return false;
    c.swap(a);
    Void v;
    v = unexpected(Code::bad);
    Void w = v;
    v.emplace();
    swap(v, w);
    return *a == 6 && !c && !v && w.has_value();
}

constexpr bool moves_only() {
    expected<MoveOnly, Code> a(std::in_place, 4);
    expected<MoveOnly, Code> b = std::move(a);
    if (a->value != -1 || b->value != 4)
        return false;
    a = std::move(b);
    return a->value == 4 && b->value == -1;
}

} // namespace

static void check_constant_expressions() {
    STATIC_REQUIRE(copies_and_moves());
    CHECK(copies_and_moves());
    STATIC_REQUIRE(moves_only());
    CHECK(moves_only());
}

static void check_lifetimes() {
    REQUIRE(Counted::alive == 0);
    REQUIRE(Failure::alive == 0);
    {
        const Heavy good(std::in_place, 1);
        const Heavy bad(unexpect, std::string(40, 'x'));
        Heavy a = good;
        a = good; // value to value
        CHECK(a->value == 1);
        a = bad; // value to error
        CHECK(a.error().text.size() == 40);
        a = bad;           // error to error
        CHECK((a == bad)); // in parentheses for clang 14, which takes Catch's operator for ours
        a = good;          // error to value
        CHECK((a == good));
        const Heavy& self = a;
        a = self;
        CHECK((a == good));

        Heavy b = std::move(a);
        CHECK(a->value == -1);
        a = Heavy(unexpect, "moved");
        CHECK(a.error().text == "moved");
        swap(a, b); // error with value
        CHECK(a->value == 1);
        CHECK(b.error().text == "moved");
        swap(a, b); // and back
        CHECK(b->value == 1);
        Heavy c(unexpect, "other");
        swap(a, c); // errors
        CHECK(a.error().text == "other");
        Heavy d(std::in_place, 2);
        d.swap(b); // values
        CHECK(d->value == 1);

        a = Counted(9);
        CHECK(a->value == 9);
        a = unexpected(Failure("again"));
        CHECK(a.error().text == "again");
        const unexpected<Failure> kept(Failure("kept"));
        a = kept;
        CHECK(a.error().text == kept.error().text);
        CHECK(a.emplace(11).value == 11);
        CHECK(a.emplace(12).value == 12);

        expected<void, Failure> v(unexpect, "v");
        v = expected<void, Failure>();
        CHECK(v.has_value());
        v = unexpected(Failure("w"));
        expected<void, Failure> w = v;
        v.emplace();
        swap(v, w);
        CHECK(v.error().text == "w");
        CHECK(w.has_value());
    }
    CHECK(Counted::alive == 0);
    CHECK(Failure::alive == 0);
}

static void check_owning_payloads() {
    expected<MoveOnly, std::unique_ptr<int>> value(MoveOnly(3));
    expected<MoveOnly, std::unique_ptr<int>> error(unexpect, std::make_unique<int>(4));
    swap(value, error);
    CHECK(error->value == 3);
    CHECK(*value.error() == 4);
    swap(value, error);
    CHECK(value->value == 3);
    CHECK(*error.error() == 4);

    expected<std::unique_ptr<int>, Code> owner = std::make_unique<int>(4);
    auto taken = *std::move(owner);
    CHECK(*taken == 4);
    CHECK(*owner == nullptr);
    owner = unexpected(Code::bad);
    owner = std::move(taken);
    CHECK(**owner == 4);

    expected<std::vector<int>, std::string> list(std::in_place, {1, 2, 3});
    CHECK(list->size() == 3);
    list = {};
    CHECK(list.has_value());
    list = unexpected("as a string");
    CHECK(list.error() == "as a string");
}

static void check_observers() {
    using L = Int&;
    using CL = const Int&;
    using R = Int&&;
    using CR = const Int&&;
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<L>()), int&>);
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<CL>()), const int&>);
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<R>()), int&&>);
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<CR>()), const int&&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<L>().value()), int&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<CL>().value()), const int&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<R>().value()), int&&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<CR>().value()), const int&&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<L>().error()), Code&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<CL>().error()), const Code&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<R>().error()), Code&&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<CR>().error()), const Code&&>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<L>().operator->()), int*>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<CL>().operator->()), const int*>);
    STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<Void&>()), void>);

    STATIC_REQUIRE(noexcept(*std::declval<L>()));
    STATIC_REQUIRE(noexcept(std::declval<L>().error()));
    STATIC_REQUIRE(noexcept(std::declval<L>().has_value()));
    STATIC_REQUIRE(noexcept(static_cast<bool>(std::declval<L>())));

    Int a = 3;
    *a += 1;
    CHECK(a.value() == 4);
    Int b(unexpect, Code::bad);
    b.error() = Code::worse;
    CHECK(b.error() == Code::worse);
    Void().value();
}

static void check_value_or() {
    STATIC_REQUIRE(Int(3).value_or(4) == 3);
    STATIC_REQUIRE(Int(unexpect, Code::bad).value_or(4) == 4);
    constexpr Int bad(unexpect, Code::bad);
    STATIC_REQUIRE(bad.value_or(short{5}) == 5);
    expected<std::string, Code> text("long enough to own memory on the heap");
    CHECK(text.value_or("x") == *text);
    CHECK(std::move(text).value_or("x").size() > 10);
    STATIC_REQUIRE(expected<MoveOnly, Code>(unexpect, Code::bad).value_or(MoveOnly(8)).value == 8);
}

static void check_comparison() {
    constexpr Int three = 3;
    constexpr Int bad(unexpect, Code::bad);
    STATIC_REQUIRE(three == Int(3));
    STATIC_REQUIRE(three != Int(4));
    STATIC_REQUIRE(three != bad);
    STATIC_REQUIRE(bad == Int(unexpect, Code::bad));
    STATIC_REQUIRE(bad != Int(unexpect, Code::worse));
    STATIC_REQUIRE(three == 3);
    STATIC_REQUIRE(3 == three);
    STATIC_REQUIRE(three != 4);
    STATIC_REQUIRE(bad != 3);
    STATIC_REQUIRE(bad == unexpected(Code::bad));
    STATIC_REQUIRE(unexpected(Code::bad) == bad);
    STATIC_REQUIRE(bad != unexpected(Code::worse));
    STATIC_REQUIRE(three != unexpected(Code::bad));
    STATIC_REQUIRE(three == expected<long, Code>(3));
    STATIC_REQUIRE(Void() == Void());
    STATIC_REQUIRE(Void() != Void(unexpect, Code::bad));
    STATIC_REQUIRE(Void(unexpect, Code::bad) == Void(unexpect, Code::bad));
    STATIC_REQUIRE(Void(unexpect, Code::bad) != Void(unexpect, Code::worse));
    STATIC_REQUIRE(Void(unexpect, Code::bad) == unexpected(Code::bad));
    STATIC_REQUIRE(Void() != unexpected(Code::bad));
#if EXPECTED_OWN || !defined(_LIBCPP_VERSION) // libc++ 19 looks into what is private there
    STATIC_REQUIRE(unexpected(1) == unexpected(1L));
#endif
    STATIC_REQUIRE(unexpected(1) != unexpected(2));
}

static void check_unexpected_itself() {
    unexpected<std::string> a("a");
    unexpected<std::string> b("b");
    swap(a, b);
    CHECK(a.error() == "b");
    a.swap(b);
    CHECK(a.error() == "a");
    const std::string taken = std::move(a).error();
    CHECK(taken == "a");
    STATIC_REQUIRE(std::is_same_v<decltype(unexpected(Code::bad)), unexpected<Code>>);
    STATIC_REQUIRE(!std::is_convertible_v<Code, unexpected<Code>>);
}

#if EXPECTED_MONADIC
namespace {

struct Point {
    int x;
    constexpr int twice() const { return 2 * x; }
    constexpr int thrice() noexcept { return 3 * x; }
    constexpr int moved() && { return x; }
    constexpr Int checked() const { return x; }
    constexpr expected<Point, Point> other() const { return Point{x + 1}; }
};
struct Corner : Point {};
// Points at a Point, without being a pointer.
struct Handle {
    Point* point;
    constexpr Point& operator*() const { return *point; }
};
constexpr Point point{4};
constexpr Int half(int value) {
    if (value % 2 != 0)
        return Int(unexpect, Code::bad);
    return value / 2;
}

} // namespace

static void check_and_then() {
    STATIC_REQUIRE(Int(8).and_then(half) == 4);
    STATIC_REQUIRE(Int(6).and_then(half).and_then(half) == unexpected(Code::bad));
    STATIC_REQUIRE(Int(unexpect, Code::worse).and_then(half) == unexpected(Code::worse));
    STATIC_REQUIRE(Void().and_then([] { return Int(3); }) == 3);
    STATIC_REQUIRE(Void(unexpect, Code::bad).and_then([] { return Int(3); }) ==
                   unexpected(Code::bad));
    STATIC_REQUIRE(Int(3).and_then([](int) { return Void(); }).has_value());
    const expected<MoveOnly, Code> moved =
        expected<MoveOnly, Code>(MoveOnly(3)).and_then([](MoveOnly&& m) {
            return expected<MoveOnly, Code>(std::move(m));
        });
    CHECK(moved->value == 3);
    auto error_moved = expected<int, MoveOnly>(unexpect, 4).and_then([](int value) {
        return expected<long, MoveOnly>(value);
    });
    CHECK(error_moved.error().value == 4);
    int calls = 0;
    Int bad(unexpect, Code::bad);
    CHECK(!bad.and_then([&](int value) { return ++calls, Int(value); }));
    CHECK(calls == 0);
}

static void check_transform() {
    STATIC_REQUIRE(Int(3).transform([](int value) { return value + 0.5; }) == 3.5);
    STATIC_REQUIRE(Int(unexpect, Code::bad).transform([](int value) { return value; }).error() ==
                   Code::bad);
    STATIC_REQUIRE(std::is_same_v<decltype(Int(3).transform([](int) {})), Void>);
    STATIC_REQUIRE(Int(3).transform([](int) {}).has_value());
    STATIC_REQUIRE(Void().transform([] { return 4; }) == 4);
    STATIC_REQUIRE(Void().transform([] {}).has_value());
    STATIC_REQUIRE(Int(3).transform([](int value) { return Immovable(value); })->value == 3);
    STATIC_REQUIRE(expected<Point, Code>(Point{4}).transform(&Point::twice) == 8);
    STATIC_REQUIRE(
        expected<int, MoveOnly>(unexpect, 4).transform([](int v) { return v; }).error().value == 4);
    // As std::invoke: of the object, of a class derived from its, of what points or refers to it.
    STATIC_REQUIRE(expected<Point, Code>(Point{4}).transform(&Point::thrice) == 12);
    STATIC_REQUIRE(expected<Point, Code>(Point{4}).transform(&Point::moved) == 4);
    STATIC_REQUIRE(expected<Corner, Code>(Corner{{4}}).transform(&Point::twice) == 8);
    STATIC_REQUIRE(expected<const Point*, Code>(&point).transform(&Point::twice) == 8);
    STATIC_REQUIRE(expected<const Point*, Code>(&point).and_then(&Point::checked) == 4);
    STATIC_REQUIRE(expected<std::reference_wrapper<const Point>, Code>(std::cref(point))
                       .transform(&Point::twice) == 8);
    Point there{5};
    CHECK(expected<Handle, Code>(Handle{&there}).transform(&Point::thrice) == 15);
    CHECK(expected<std::unique_ptr<Point>, Code>(std::make_unique<Point>(there))
              .transform(&Point::twice) == 10);
    CHECK(expected<std::shared_ptr<Corner>, Code>(std::make_shared<Corner>())
              .and_then(&Point::checked) == 0);
    CHECK(expected<std::reference_wrapper<Corner>, Code>(unexpect, Code::bad)
              .transform(&Point::thrice)
              .error() == Code::bad);
#if EXPECTED_OWN
    STATIC_REQUIRE(expected<Point, Code>(Point{4}).transform(&Point::x) == 4);
    CHECK(expected<std::reference_wrapper<Point>, Code>(there).transform(&Point::x) == 5);
    CHECK(expected<Point*, Code>(&there).transform(&Point::x) == 5);
#endif
    const Int three = 3;
    CHECK(three.transform([](const int& value) { return value + 1; }) == 4);
}

static void check_or_else() {
    constexpr auto as_int = [](Code code) { return expected<int, int>(static_cast<int>(code)); };
    STATIC_REQUIRE(Int(5).or_else(as_int) == 5);
    STATIC_REQUIRE(Int(unexpect, Code::bad).or_else(as_int) == 3);
    constexpr auto moves_on = [](Code) { return expected<MoveOnly, int>(unexpect, 1); };
    STATIC_REQUIRE(expected<MoveOnly, Code>(MoveOnly(3)).or_else(moves_on)->value == 3);
    constexpr auto give_up = [](Code) { return expected<void, int>(unexpect, 9); };
    STATIC_REQUIRE(Void().or_else(give_up).has_value());
    STATIC_REQUIRE(Void(unexpect, Code::bad).or_else(give_up).error() == 9);
}

static void check_transform_error() {
    constexpr auto number = [](Code code) { return static_cast<int>(code); };
    STATIC_REQUIRE(std::is_same_v<decltype(Int(5).transform_error(number)), expected<int, int>>);
    STATIC_REQUIRE(Int(5).transform_error(number) == 5);
    STATIC_REQUIRE(Int(unexpect, Code::bad).transform_error(number).error() == 3);
    STATIC_REQUIRE(Void(unexpect, Code::worse).transform_error(number).error() == 4);
    STATIC_REQUIRE(Void().transform_error(number).has_value());
    STATIC_REQUIRE(expected<MoveOnly, Code>(MoveOnly(3)).transform_error(number)->value == 3);
    constexpr auto immovable = [](Code code) { return Immovable(static_cast<int>(code)); };
    STATIC_REQUIRE(Int(unexpect, Code::bad).transform_error(immovable).error().value == 3);
    STATIC_REQUIRE(
        expected<int, const Point*>(unexpect, &point).transform_error(&Point::twice).error() == 8);
    STATIC_REQUIRE(expected<Point, const Point*>(unexpect, &point).or_else(&Point::other)->x == 5);
}
#endif

namespace {

void conforms() {
    SECTION("types and traits") {
        check_types_and_traits();
    }
    SECTION("construction") {
        check_construction();
    }
    SECTION("trivial payloads change sides in constant expressions too") {
        check_constant_expressions();
    }
    SECTION("every change of side ends the old payload once") {
        check_lifetimes();
    }
    SECTION("payloads that own memory and lists") {
        check_owning_payloads();
    }
    SECTION("observers keep constness and category") {
        check_observers();
    }
    SECTION("value_or") {
        check_value_or();
    }
    SECTION("comparison") {
        check_comparison();
    }
    SECTION("unexpected holds an error") {
        check_unexpected_itself();
    }
#if EXPECTED_MONADIC
    SECTION("and_then goes on with the value") {
        check_and_then();
    }
    SECTION("transform wraps what the function returns") {
        check_transform();
    }
    SECTION("or_else goes on with the error") {
        check_or_else();
    }
    SECTION("transform_error changes the error") {
        check_transform_error();
    }
#endif
}

} // namespace
