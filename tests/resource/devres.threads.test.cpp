// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// labels: threads
// native: emulated threads are slow, and keep the order of the host
#include <ioview/resource.hpp>

#include "support/catch.hpp"
#include "support/counting_mapper.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using ioview::tests::Calls;
using ioview::tests::CountingMapper;
using namespace std::chrono_literals;

namespace {

struct Device {
    io::DevresList devres;
};

// Says when it ends; what is accessed after that shows as a use after free, too.
class Noted {
public:
    Noted(std::vector<std::string>& notes, std::string name)
        : notes_(&notes), name_(std::make_unique<std::string>(std::move(name))) {}
    Noted(Noted&&) noexcept = default;
    ~Noted() {
        if (name_ != nullptr)
            notes_->push_back(*name_);
    }
    const std::string& name() const { return *name_; }

private:
    std::vector<std::string>* notes_;
    std::unique_ptr<std::string> name_;
};
using Notes = std::vector<std::string>;

// Two numbers, plain memory, that everybody finds equal: changed at the end without a lock.
struct Pair {
    explicit Pair(std::atomic<int>& count) : ends(&count), both{new int[2]{1, 1}} {}
    Pair(Pair&&) noexcept = default;
    ~Pair() {
        if (both != nullptr) {
            both[0] = 0;
            both[1] = 2;
            ends->fetch_add(1);
        }
    }
    std::atomic<int>* ends;
    std::unique_ptr<int[]> both;
};

constexpr int rounds = 40; // waiting is by spinning, and there may be few cores

} // namespace

TEST_CASE("devres: what is held ends once, with its device or with its owner", "[devres]") {
    Notes notes;
    Device device;
    SECTION("with the owner") {
        { io::Devres<Noted, Device> one{device, Noted{notes, "one"}}; }
        CHECK(notes == Notes{"one"});
        device.devres.revoke_all();
        CHECK(notes == Notes{"one"});
    }
    SECTION("with the device") {
        io::Devres<Noted, Device> one{device, Noted{notes, "one"}};
        CHECK(one.try_access());
        device.devres.revoke_all();
        CHECK(notes == Notes{"one"});
        CHECK_FALSE(one.try_access());
        device.devres.revoke_all();
    }
    CHECK(notes == Notes{"one"});
}

TEST_CASE("devres: the device takes the newest first", "[devres]") {
    Notes notes;
    Device device;
    io::Devres<Noted, Device> one{device, Noted{notes, "one"}};
    std::optional<io::Devres<Noted, Device>> two{std::in_place, device, Noted{notes, "two"}};
    io::Devres<Noted, Device> three{device, Noted{notes, "three"}};
    io::Devres<Noted, Device> four{device, Noted{notes, "four"}};
    two.reset(); // from the middle
    device.devres.revoke_all();
    CHECK(notes == Notes{"two", "four", "three", "one"});
}

TEST_CASE("devres: what comes after the device is gone is revoked at once", "[devres]") {
    Notes notes;
    Device device;
    device.devres.revoke_all();
    io::Devres<Noted, Device> late{device, Noted{notes, "late"}};
    CHECK(notes == Notes{"late"});
    CHECK_FALSE(late.try_access());
    CHECK(late.try_access_with([](Noted&) { return 1; }).error() == io::Error::no_device);
    const io::Bound<Device> stale{device};
    CHECK(late.access(stale).error() == io::Error::no_device);
}

TEST_CASE("devres: access needs proof about the same device", "[devres]") {
    Notes notes;
    Device device;
    Device other;
    io::Devres<Noted, Device> one{device, Noted{notes, "one"}};
    CHECK(one.access(io::Bound<Device>{device}).value()->name() == "one");
    CHECK(one.access(io::Bound<Device>{other}).error() == io::Error::invalid_argument);
    if (const auto guard = one.try_access())
        CHECK(&*guard == one.access(io::Bound<Device>{device}).value());
    else
        FAIL_CHECK("no guard");
    device.devres.revoke_all();
    CHECK(one.access(io::Bound<Device>{device}).error() == io::Error::no_device);
    CHECK(one.access(io::Bound<Device>{other}).error() == io::Error::invalid_argument);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<decltype(one)>);
    STATIC_REQUIRE_FALSE(std::is_move_constructible_v<decltype(one)>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<Device&, io::Bound<Device>>);
}

TEST_CASE("devres: try_access_with runs under a guard, or not at all", "[devres]") {
    Notes notes;
    Device device;
    io::Devres<Noted, Device> one{device, Noted{notes, "one"}};
    int runs = 0;
    CHECK(one.try_access_with([&](Noted& n) { return ++runs, n.name().size(); }).value() == 3);
    CHECK(one.try_access_with([&](Noted&) { ++runs; }));
    CHECK(runs == 2);
    device.devres.revoke_all();
    CHECK(one.try_access_with([&](Noted&) { ++runs; }).error() == io::Error::no_device);
    CHECK(runs == 2);
}

TEST_CASE("devres: guards move, and let go once", "[devres]") {
    Notes notes;
    Device device;
    io::Devres<Noted, Device> one{device, Noted{notes, "one"}};
    io::Devres<Noted, Device> two{device, Noted{notes, "two"}};
    {
        auto guard = one.try_access();
        auto moved = std::move(guard);
        CHECK_FALSE(guard);
        CHECK(moved->name() == "one");
        auto second = two.try_access();
        moved = std::move(second); // lets go of one
        CHECK((*moved).name() == "two");
        CHECK_FALSE(second);
        auto& same = moved;
        moved = std::move(same);
        CHECK(moved);
        CHECK_FALSE(std::is_copy_constructible_v<decltype(moved)>);
    }
    device.devres.revoke_all(); // would wait for ever for a guard that was lost
    CHECK(notes == Notes{"two", "one"});
}

TEST_CASE("devres: an owner of a mapping is unmapped before its device is gone", "[devres]") {
    using Regs = io::ExclusiveIoMem<io::Region<0x100>, CountingMapper>;
    CountingMapper mapper;
    Device device;
    io::Devres<Regs, Device> regs{device, *Regs::map(mapper, {0x1000, 0x100})};
    if (const auto guard = regs.try_access())
        guard->write32(0x10, 3);
    CHECK((*regs.access(io::Bound<Device>{device}))->read32(0x10) == 3);
    CHECK(mapper.calls == Calls{"request", "map"});
    device.devres.revoke_all();
    CHECK(mapper.calls == Calls{"request", "map", "unmap", "release"});
    CHECK(mapper.is_clean());
}

TEST_CASE("devres: revocation waits for guards", "[devres]") {
    for (const bool by_device : {true, false}) {
        std::atomic<int> ends = 0;
        std::atomic<bool> begun = false;
        std::atomic<bool> revoked = false;
        Device device;
        std::optional<io::Devres<Pair, Device>> pair{std::in_place, device, Pair{ends}};
        std::thread unbind;
        {
            const auto guard = pair->try_access();
            REQUIRE(guard);
            unbind = std::thread([&] {
                begun = true;
                if (by_device)
                    device.devres.revoke_all();
                else
                    pair.reset();
                revoked = true;
            });
            while (!begun)
                std::this_thread::yield();
            if (by_device) { // from some time on there are no new guards
                while (pair->try_access())
                    std::this_thread::yield();
            }
            std::this_thread::sleep_for(5ms);
            CHECK_FALSE(revoked);
            CHECK(ends == 0);
            CHECK(guard->both[0] == guard->both[1]);
        }
        unbind.join();
        CHECK(revoked);
        CHECK(ends == 1);
    }
}

TEST_CASE("devres: whoever comes second waits until the T is gone", "[devres]") {
    struct Stages {
        std::atomic<bool> ending = false;
        std::atomic<bool> may_end = false;
        std::atomic<bool> ended = false;
    };
    struct Slow {
        explicit Slow(Stages& all) : stages(&all) {}
        Slow(Slow&& other) noexcept : stages(std::exchange(other.stages, nullptr)) {}
        ~Slow() {
            if (stages == nullptr)
                return;
            stages->ending = true;
            while (!stages->may_end)
                std::this_thread::yield();
            stages->ended = true;
        }
        Stages* stages;
    };
    for (const bool device_is_first : {true, false}) {
        Stages stages;
        Device device;
        std::optional<io::Devres<Slow, Device>> slow{std::in_place, device, Slow{stages}};
        std::atomic<bool> second_is_done = false;
        std::atomic<bool> ended_before_second = false;
        const auto unbind = [&] { device.devres.revoke_all(); };
        const auto end = [&] { slow.reset(); };
        std::thread first([&] { device_is_first ? unbind() : end(); });
        while (!stages.ending)
            std::this_thread::yield();
        std::thread second([&] {
            device_is_first ? end() : unbind();
            ended_before_second = stages.ended.load();
            second_is_done = true;
        });
        std::this_thread::sleep_for(5ms);
        CHECK_FALSE(second_is_done);
        stages.may_end = true;
        first.join();
        second.join();
        CHECK(ended_before_second);
    }
}

TEST_CASE("devres: readers in many threads, and an unbind in the middle", "[devres]") {
    int wrong = 0;
    for (int round = 0; round < rounds; ++round) {
        std::atomic<int> ends = 0;
        std::atomic<int> ready = 0;
        std::atomic<int> mixed = 0;
        Device device;
        io::Devres<Pair, Device> pair{device, Pair{ends}};
        std::vector<std::thread> readers;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                ++ready;
                while (const auto guard = pair.try_access()) {
                    if (guard->both[0] != guard->both[1])
                        ++mixed;
                }
            });
        }
        while (ready != 3)
            std::this_thread::yield();
        device.devres.revoke_all();
        wrong += ends != 1;
        for (auto& reader : readers)
            reader.join();
        wrong += mixed != 0;
    }
    CHECK(wrong == 0);
}

TEST_CASE("devres: an owner that ends during the unbind waits for it, and the unbind for it",
          "[devres]") {
    int wrong = 0;
    for (int round = 0; round < rounds; ++round) {
        std::atomic<int> ends = 0;
        std::atomic<int> ready = 0;
        Device device;
        std::optional<io::Devres<Pair, Device>> pairs[4];
        for (auto& pair : pairs)
            pair.emplace(device, Pair{ends});
        const auto meet = [&] {
            ++ready;
            while (ready != 3)
                std::this_thread::yield();
        };
        std::atomic<int> seen_by_unbind = 0;
        std::atomic<int> seen_by_owner = 0;
        std::thread unbind([&] {
            meet();
            device.devres.revoke_all();
            seen_by_unbind = ends.load();
        });
        std::thread owner([&] {
            meet();
            pairs[1].reset();
            pairs[2].reset();
            seen_by_owner = ends.load();
        });
        std::thread reader([&] {
            meet();
            while (const auto guard = pairs[3]->try_access())
                static_cast<void>(guard->both[0]);
        });
        unbind.join();
        owner.join();
        reader.join();
        wrong += seen_by_unbind != 4; // all of it is gone when revoke_all() returns
        wrong += seen_by_owner < 2;
        wrong += ends != 4;
    }
    CHECK(wrong == 0);
}

TEST_CASE("devres: owners that come during the unbind are revoked, sooner or later", "[devres]") {
    int wrong = 0;
    for (int round = 0; round < rounds; ++round) {
        std::atomic<int> ends = 0;
        std::atomic<bool> go = false;
        Device device;
        std::thread unbind([&] {
            while (!go)
                std::this_thread::yield();
            device.devres.revoke_all();
        });
        go = true;
        io::Devres<Pair, Device> one{device, Pair{ends}};
        io::Devres<Pair, Device> two{device, Pair{ends}};
        unbind.join();
        wrong += ends != 2;
        wrong += one.try_access() || two.try_access() ? 1 : 0;
    }
    CHECK(wrong == 0);
}

namespace {

// Asks for the unbind of its device when it ends, as a watchdog or an error path does.
struct Unbinding {
    Unbinding(Device& its, std::atomic<int>& noted) : device(&its), ends(&noted) {}
    Unbinding(Unbinding&& other) noexcept
        : device(std::exchange(other.device, nullptr)), ends(other.ends) {}
    ~Unbinding() {
        if (device == nullptr)
            return;
        device->devres.revoke_all();
        ++*ends;
    }
    Device* device;
    std::atomic<int>* ends;
};

} // namespace

TEST_CASE("devres: what is destroyed may ask for the unbind of its device", "[devres]") {
    using Owner = io::Devres<Unbinding, Device>;
    std::atomic<int> ends = 0;
    Device device;
    Device other;
    SECTION("at the unbind") {
        Owner one{device, Unbinding{device, ends}};
        Owner two{device, Unbinding{device, ends}};
        device.devres.revoke_all();
        CHECK(ends == 2);
    }
    SECTION("with its owner, which unbinds the others") {
        std::optional<Owner> one{std::in_place, device, Unbinding{device, ends}};
        Owner two{device, Unbinding{device, ends}};
        one.reset();
        CHECK(ends == 2);
        CHECK_FALSE(two.try_access());
    }
    SECTION("two devices that unbind each other") {
        Owner one{device, Unbinding{other, ends}};
        Owner two{other, Unbinding{device, ends}};
        device.devres.revoke_all();
        CHECK(ends == 2);
    }
    SECTION("too late") {
        device.devres.revoke_all();
        Owner late{device, Unbinding{device, ends}};
        CHECK(ends == 1);
    }
}

TEST_CASE("devres: two threads that end what unbinds their device wait for nobody", "[devres]") {
    int wrong = 0;
    for (int round = 0; round < rounds; ++round) {
        using Owner = io::Devres<Unbinding, Device>;
        std::atomic<int> ends = 0;
        std::atomic<int> ready = 0;
        Device device;
        std::optional<Owner> one{std::in_place, device, Unbinding{device, ends}};
        std::optional<Owner> two{std::in_place, device, Unbinding{device, ends}};
        const auto end = [&](std::optional<Owner>& owner) {
            ++ready;
            while (ready != 2)
                std::this_thread::yield();
            owner.reset();
        };
        std::thread first([&] { end(one); });
        std::thread second([&] { end(two); });
        first.join();
        second.join();
        device.devres.revoke_all();
        wrong += ends != 2;
    }
    CHECK(wrong == 0);
}
