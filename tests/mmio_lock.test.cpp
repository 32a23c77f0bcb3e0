// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// MmioLock takes and releases a lock once; that mmiowb stands before the release is looked at in
// the generated code.
#include <ioview/mmio_lock.hpp>

#include "support/catch.hpp"

#include <mutex>
#include <type_traits>

namespace io = ioview;

namespace {

struct Counted {
    int taken = 0;
    int released = 0;
    bool is_free = true;
    constexpr void lock() { ++taken; }
    constexpr bool try_lock() {
        taken += is_free ? 1 : 0;
        return is_free;
    }
    constexpr void unlock() { ++released; }
};
struct Plain {
    void lock() noexcept {}
    void unlock() noexcept {}
};

constexpr bool takes_and_releases_once() {
    Counted lock;
    bool held = false;
    {
        const io::MmioLock guard{lock};
        held = guard.is_locked() && lock.taken == 1 && lock.released == 0;
    }
    return held && lock.taken == 1 && lock.released == 1;
}

constexpr bool leaves_a_taken_lock_alone() {
    Counted lock{.is_free = false};
    bool held = true;
    {
        const io::MmioLock guard{lock, io::try_to_lock};
        held = guard.is_locked();
    }
    return !held && lock.taken == 0 && lock.released == 0;
}

constexpr bool takes_a_free_lock() {
    Counted lock;
    bool held = false;
    {
        const io::MmioLock guard{lock, io::try_to_lock};
        held = guard.is_locked();
    }
    return held && lock.taken == 1 && lock.released == 1;
}

} // namespace

TEST_CASE("a lock is taken and released once", "[mmio_lock]") {
    CHECK(takes_and_releases_once());
    CHECK(leaves_a_taken_lock_alone());
    CHECK(takes_a_free_lock());
    STATIC_REQUIRE(takes_and_releases_once() && leaves_a_taken_lock_alone() && takes_a_free_lock());
}

TEST_CASE("any lock will do, and try_lock is needed by who asks for it", "[mmio_lock]") {
    std::mutex mutex;
    {
        const io::MmioLock guard{mutex};
        CHECK(guard.is_locked());
    }
    CHECK(mutex.try_lock()); // it was released
    mutex.unlock();
    STATIC_REQUIRE(std::is_constructible_v<io::MmioLock<Plain>, Plain&>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::MmioLock<Plain>, Plain&, io::TryToLock>);
    STATIC_REQUIRE(std::is_nothrow_constructible_v<io::MmioLock<Plain>, Plain&>);
    STATIC_REQUIRE_FALSE(std::is_nothrow_constructible_v<io::MmioLock<Counted>, Counted&>);
}

TEST_CASE("a guard is of one lock and stays where it is", "[mmio_lock]") {
    using Guard = io::MmioLock<Plain>;
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Guard> ||
                         std::is_move_constructible_v<Guard>);
    STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<Guard> || std::is_move_assignable_v<Guard>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Guard, Plain>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<Plain&, Guard>);
    STATIC_REQUIRE(sizeof(Guard) == sizeof(void*));
}
