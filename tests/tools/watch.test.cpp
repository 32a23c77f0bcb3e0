// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Looking again and again: what is read, what is said of it, and how fast.
#include "watch.hpp"

#include "failure.hpp"
#include "support/catch.hpp"

#include <memory>
#include <string>

namespace {

// Two registers of edu, and how often they were read.
class Two final : public iov::Medium {
public:
    Two() : Medium("two", 0x28, 8) {}
    std::uint64_t status = 0;
    int reads = 0;

private:
    std::uint64_t get(std::uint64_t offset, unsigned) override {
        ++reads;
        return offset == 0x20 ? status : 7;
    }
    void put(std::uint64_t, unsigned, std::uint64_t) override {}
};

struct Setup {
    iov::Space space;
    Two* two;

    Setup() : space{std::make_unique<Two>(), *iov::find_map("edu")} {
        two = static_cast<Two*>(space.medium.get());
    }
};

} // namespace

TEST_CASE("the first look shows, each further one says what has changed", "[iov]") {
    Setup setup;
    iov::Watch watch(setup.space, "Status", {});
    const auto first = watch.look(10);
    REQUIRE(first.size() == 1);
    CHECK(seen_text(first[0], true) ==
          "    0.000 s  Status 0x00000000 {interrupt_when_computed: 0, computing: 0}\n");
    CHECK(watch.look(10.5).empty());
    setup.two->status = 0x81;
    const auto third = watch.look(11);
    REQUIRE(third.size() == 1);
    CHECK(seen_text(third[0], false) ==
          "    1.000 s  Status interrupt_when_computed: 0 -> 1, computing: 0 -> 1\n");
    CHECK(seen_text(third[0], true).find("\x1b[1;33mcomputing: 0 -> 1\x1b[0m") !=
          std::string::npos);
    CHECK(iov::in_a_line(seen_json(third[0])) ==
          R"({"seconds": 1.0, "register": "Status", "value": "0x00000081", )"
          R"("changes": ["interrupt_when_computed: 0 -> 1", "computing: 0 -> 1"]})");
    CHECK(setup.two->reads == 3); // one access a look
    CHECK(watch.rate() == 2.0);
    CHECK(summary_text(watch) == "3 looks in 1.000 s, 2.0 a second; 1 change\n");
}

TEST_CASE("a rate needs two looks", "[iov]") {
    Setup setup;
    iov::Watch watch(setup.space, "0x20", {});
    CHECK(watch.rate() == 0.0);
    static_cast<void>(watch.look(1));
    CHECK(watch.rate() == 0.0);
    static_cast<void>(watch.look(1));
    CHECK(watch.rate() == 0.0); // of a clock that stands
    CHECK(iov::in_a_line(summary_json(watch)) ==
          R"({"looks": 2, "seconds": 0.0, "rate": 0.0, "changes": 0})");
}

TEST_CASE("of a space, what can be read is watched", "[iov]") {
    Setup setup;
    iov::Watch watch(setup.space, "", {});
    CHECK(watch.look(0).size() == 5); // to 0x28
    setup.two->status = 1;
    CHECK(watch.look(1).size() == 1);
}

TEST_CASE("what is not to be read is not watched", "[iov]") {
    Setup setup;
    setup.space.map = *iov::find_map("pl011");
    CHECK_THROWS_AS(iov::Watch(setup.space, "0", {}), iov::Failure);
    CHECK_THROWS_AS(iov::Watch(setup.space, "Ecr", {}), iov::Failure);
    CHECK_THROWS_AS(iov::Watch(setup.space, "0x26", {}), iov::Failure);
    setup.space.map.reset();
    CHECK_THROWS_AS(iov::Watch(setup.space, "", {}), iov::Failure);
    CHECK(setup.two->reads == 0);
}
