// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// labels: threads
// not-32-bit: qemu-arm raises SIGBUS anew whatever is mapped there, and qemu-i386 ends itself
// not-big-endian: qemu-s390x tells where SIGBUS was with the halves of the address exchanged
// Removable: a mapped file that is cut off raises SIGBUS, as a BAR does whose device is pulled out.
#include <ioview/linux/dev_mem.hpp>
#include <ioview/linux/removable.hpp>
#include <ioview/linux/sysfs_bar.hpp>

#include "../../examples/drivers/edu.hpp"
#include "support/catch.hpp"
#include "support/death.hpp"
#include "support/fake_sysfs.hpp"

#include <atomic>
#include <cerrno>
#include <csetjmp>
#include <csignal>
#include <cstdint>
#include <string>
#include <sys/mman.h>
#include <thread>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::Removable;
using io::tests::FakeSysfs;
using pci::SysfsBar;

namespace {

using Regs = io::Region<0x2000, 8>;
using Bar = Removable<SysfsBar<Regs>>;
static_assert(io::OrderedIoOf<Bar, Regs>);
static_assert(!std::is_copy_constructible_v<Bar>);
static_assert(std::is_nothrow_move_constructible_v<Bar> && std::is_nothrow_move_assignable_v<Bar>);
static_assert(sizeof(io::RemovableView<io::MmioBackend, std::uint32_t>) == 2 * sizeof(void*));

// A function whose BAR 0 can be pulled out.
struct Function {
    FakeSysfs tree;
    std::string path;
    explicit Function(std::uint64_t bytes = 0x2000)
        : path(tree.function("a", 0xfea0'0000, bytes)) {}
    template <class T = Regs, class B = io::MmioBackend>
    Removable<SysfsBar<T, B>> bar() const {
        auto bar = SysfsBar<T, B>::map(path, 0);
        REQUIRE(bar);
        auto guarded = Removable<SysfsBar<T, B>>::of(std::move(*bar));
        REQUIRE(guarded);
        return std::move(*guarded);
    }
    void pull_out() const { REQUIRE(::truncate((path + "/resource0").c_str(), 0) == 0); }
};

struct Microseconds {
    std::uint64_t time = 0;
    std::uint64_t now() const { return time; }
    void sleep_for(std::uint64_t much) { time += much; }
};

// Pages of a file that ends before them, which nobody guards.
struct Unguarded {
    std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    int file = ::memfd_create("unguarded", MFD_CLOEXEC);
    void* start = ::mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    Unguarded() { REQUIRE(start != MAP_FAILED); }
    ~Unguarded() {
        ::munmap(start, page);
        ::close(file);
    }
    void touch() const { static_cast<void>(*static_cast<volatile unsigned char*>(start)); }
    void mend() const { static_cast<void>(::ftruncate(file, static_cast<::off_t>(page))); }
};
Unguarded* broken = nullptr;
std::atomic<int> handled = 0;
std::atomic<int> handled_code = 0;
std::atomic<bool> was_masked = false;

void mend(int) {
    ++handled;
    broken->mend();
}
void mend_with_info(int, ::siginfo_t* info, void*) {
    ++handled;
    handled_code = info->si_code;
    ::sigset_t now;
    ::pthread_sigmask(SIG_BLOCK, nullptr, &now);
    was_masked = ::sigismember(&now, SIGUSR2) == 1 && ::sigismember(&now, SIGBUS) == 1;
    if (info->si_addr == broken->start)
        broken->mend();
}

// The handler of SIGBUS for a while.
class Handler {
public:
    explicit Handler(void (*handler)(int), int flags = 0) {
        struct ::sigaction act {};
        act.sa_handler = handler;
        act.sa_flags = flags;
        REQUIRE(::sigaction(SIGBUS, &act, &before_) == 0);
        handled = 0;
    }
    explicit Handler(void (*handler)(int, ::siginfo_t*, void*)) {
        struct ::sigaction act {};
        act.sa_sigaction = handler;
        act.sa_flags = SA_SIGINFO;
        ::sigaddset(&act.sa_mask, SIGUSR2);
        REQUIRE(::sigaction(SIGBUS, &act, &before_) == 0);
        handled = 0;
    }
    ~Handler() { ::sigaction(SIGBUS, &before_, nullptr); }
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;

private:
    struct ::sigaction before_ {};
};

struct ::sigaction current() {
    struct ::sigaction now {};
    ::sigaction(SIGBUS, nullptr, &now);
    return now;
}

} // namespace

TEST_CASE("removable: while it is there it is as its owner", "[linux]") {
    const Function function;
    const auto bar = function.bar();
    CHECK(bar.size_bytes() == 0x2000);
    bar.write32(0x10, 5);
    CHECK(bar.read32(0x10) == 5u);
    CHECK(bar.try_write16(0x18, 0x102));
    CHECK(bar.try_read16(0x18) == std::uint16_t{0x102});
    CHECK(bar.view().try_read32(0x2000).error() == Error::out_of_bounds);
    CHECK(bar.view() == bar.as_view());
    CHECK_FALSE(bar.has_gone());
    CHECK(function.tree.text("a/resource0")[0x10] == 5);
}

TEST_CASE("removable: pulled out, it is no_device and all ones", "[linux]") {
    const Function function;
    const auto bar = function.bar();
    bar.write32(0x10, 5);
    function.pull_out();
    CHECK_FALSE(bar.has_gone()); // nobody has looked
    errno = 0;
    CHECK(bar.try_read32(0x10).error() == Error::no_device);
    CHECK(errno == ENODEV);
    CHECK(bar.has_gone());
    CHECK(bar.read32(0x10) == 0xffff'ffff);
    CHECK(bar.read8(0x1fff) == 0xff); // another page
    bar.write32(0x10, 7);             // into nothing
    CHECK(bar.read32(0x10) == 0xffff'ffff);
    CHECK(bar.try_write32(0x1000, 1).error() == Error::no_device);
    CHECK(bar.try_read16(0x1000).error() == Error::no_device);
    CHECK(bar.try_update<std::uint32_t>(0x10, [](std::uint32_t old) { return old; }).error() ==
          Error::no_device);
    CHECK(bar.try_read32(0x2000).error() == Error::out_of_bounds);
}

TEST_CASE("removable: a store can be what finds it gone", "[linux]") {
    const Function function;
    const auto plain = function.bar();
    function.pull_out();
    errno = 77;
    plain.write32(0x10, 1);
    CHECK(errno == 77); // which a handler leaves alone
    CHECK(plain.has_gone());

    const Function other;
    const auto tried = other.bar();
    other.pull_out();
    CHECK(tried.try_write32(0x10, 1).error() == Error::no_device);
}

TEST_CASE("removable: views of other types read ones, and what they write", "[linux]") {
    const Function function;
    const auto bar = function.bar();
    const auto plain =
        io::Mmio<std::uint32_t>::from_raw(io::MmioRaw<std::uint32_t>::at(bar.address() + 0x1ffc));
    function.pull_out();
    CHECK(plain.read() == 0xffff'ffff);
    plain.write(5);
    CHECK(plain.read() == 5u); // which is why there is a type of view
    CHECK(bar.read32(0x1ffc) == 0xffff'ffff);
}

TEST_CASE("removable: copies stop, or give ones", "[linux]") {
    const Function function;
    const auto bar = function.bar<std::byte[]>();
    std::byte bytes[16]{};
    function.pull_out();
    CHECK(bar.subview(0, 16).try_copy_to(bytes).error() == Error::no_device);
    bar.subview(0, 16).copy_to(bytes);
    for (const std::byte each : bytes)
        CHECK(each == std::byte{0xff});
}

TEST_CASE("removable: write-combining", "[linux]") {
    const Function function;
    function.tree.link("a/resource0_wc", "resource0");
    const auto bar = function.bar<Regs, io::WriteCombiningBackend>();
    bar.write32(0, 3);
    io::publish(bar.subview<std::uint32_t>(4), 1u);
    CHECK(bar.read32(0) == 3u);
    function.pull_out();
    CHECK(bar.try_read32(0).error() == Error::no_device);
}

TEST_CASE("removable: each range for itself", "[linux]") {
    const Function function;
    const Function other;
    const auto first = function.bar();
    const auto second = other.bar();
    function.pull_out();
    CHECK(first.read32(0) == 0xffff'ffff);
    CHECK_FALSE(second.has_gone());
    CHECK(second.try_read32(0) == 0u);
}

TEST_CASE("removable: the driver of edu gives up with no_device", "[linux]") {
    const Function function(0x10'0000);
    const auto bar = function.bar<edu::Edu>();
    Microseconds clock;
    function.pull_out();
    CHECK(edu::factorial(bar, 5, clock).error() == Error::no_device);
    CHECK(edu::check_alive(bar, 1).error() == Error::no_device);
    CHECK(edu::wait_idle(bar, clock).error() == Error::no_device);
    CHECK(edu::take_interrupts(bar).raw() == 0);
}

TEST_CASE("removable: moved, and mapped anew", "[linux]") {
    const Function function;
    const Function other;
    auto bar = function.bar();
    Bar moved = std::move(bar);
    CHECK(death_of([&] { static_cast<void>(bar.read32(0)); }).signal != 0);
    function.pull_out();
    CHECK(moved.try_read32(0).error() == Error::no_device);
    moved = other.bar();
    CHECK_FALSE(moved.has_gone());
    CHECK(moved.try_read32(0) == 0u);
    other.pull_out();
    CHECK(moved.try_read32(0).error() == Error::no_device);
}

TEST_CASE("removable: threads that find out together", "[linux]") {
    const Function function;
    const auto bar = function.bar();
    std::atomic<bool> wrong = false;
    std::vector<std::thread> threads;
    for (unsigned n = 0; n < 4; ++n)
        threads.emplace_back([&, n] {
            const auto mine = *bar.try_subview<std::uint32_t>(4 * n);
            const auto beside = *bar.try_subview<std::uint32_t>(0x100 + 4 * n);
            while (mine.read() == 0)
                beside.write(0);
            for (int i = 0; i < 1'000; ++i) {
                mine.write(0);
                wrong = wrong || mine.read() != 0xffff'ffff;
            }
        });
    ::usleep(1'000);
    function.pull_out();
    for (std::thread& each : threads)
        each.join();
    CHECK_FALSE(wrong);
}

TEST_CASE("removable: a child finds out for itself", "[linux]") {
    const Function function;
    const auto bar = function.bar();
    const Death death = death_of([&] {
        function.pull_out();
        if (bar.try_read32(0).error() != Error::no_device)
            ::raise(SIGKILL);
    });
    CHECK(death.signal == 0);
    CHECK_FALSE(bar.has_gone());
    CHECK(bar.try_read32(0).error() == Error::no_device);
}

TEST_CASE("removable: SIGBUS of others ends the process as ever", "[linux]") {
    for (auto* const handler : {SIG_DFL, SIG_IGN}) { // a fault cannot be ignored
        const Death death = death_of([=] {
            const Handler before(handler);
            const Function function;
            const auto bar = function.bar();
            Unguarded().touch();
        });
        CHECK(death.signal == SIGBUS);
    }
}

TEST_CASE("removable: a signal that was sent is passed on", "[linux]") {
    CHECK(death_of([] {
              const Handler before(SIG_DFL);
              const Function function;
              const auto bar = function.bar();
              ::raise(SIGBUS);
          }).signal == SIGBUS);
    const Handler before(SIG_IGN);
    const Function function;
    const auto bar = function.bar();
    ::raise(SIGBUS);
    CHECK_FALSE(bar.has_gone());
}

TEST_CASE("removable: a handler that was there has its signals", "[linux]") {
    Unguarded page;
    broken = &page;
    SECTION("without information") {
        const Handler before(mend);
        const Function function;
        const auto bar = function.bar();
        page.touch();
        CHECK(handled == 1);
        function.pull_out();
        CHECK(bar.try_read32(0).error() == Error::no_device);
        CHECK(handled == 1);
    }
    SECTION("with it, and its mask") {
        const Handler before(mend_with_info);
        const Function function;
        const auto bar = function.bar();
        page.touch();
        CHECK(handled == 1);
        CHECK(handled_code == BUS_ADRERR);
        CHECK(was_masked);
        ::raise(SIGBUS);
        CHECK(handled == 2);
        CHECK(handled_code == SI_TKILL);
        ::sigset_t now;
        ::pthread_sigmask(SIG_BLOCK, nullptr, &now);
        CHECK(::sigismember(&now, SIGUSR2) == 0);
        CHECK(::sigismember(&now, SIGBUS) == 0);
    }
    SECTION("once only, as it was to") {
        CHECK(death_of([&] {
                  const Handler before(mend, static_cast<int>(SA_RESETHAND));
                  const Function function;
                  const auto bar = function.bar();
                  page.touch();
                  if (handled == 1)
                      Unguarded().touch();
              }).signal == SIGBUS);
    }
}

TEST_CASE("removable: with the last guard the handler goes, unless it is covered", "[linux]") {
    const Handler before(mend);
    {
        const Function function;
        const auto bar = function.bar();
        CHECK((current().sa_flags & SA_SIGINFO) != 0);
        {
            const auto other = Removable<SysfsBar<Regs>>::of(
                std::move(*SysfsBar<Regs>::map(function.path, 0, {.with_owners = true})));
            CHECK(other);
        }
        CHECK((current().sa_flags & SA_SIGINFO) != 0);
    }
    CHECK((current().sa_flags & SA_SIGINFO) == 0);
    CHECK(current().sa_handler == &mend);

    static struct ::sigaction covered;
    {
        const Function function;
        const auto bar = function.bar();
        covered = current();
        struct ::sigaction over {};
        over.sa_sigaction = [](int number, ::siginfo_t* info, void* context) {
            covered.sa_sigaction(number, info, context);
        };
        over.sa_flags = SA_SIGINFO;
        REQUIRE(::sigaction(SIGBUS, &over, nullptr) == 0);
        function.pull_out();
        CHECK(bar.try_read32(0).error() == Error::no_device);
    }
    CHECK(current().sa_sigaction != covered.sa_sigaction); // left as it is
    {
        const Function function;
        const auto bar = function.bar();
        function.pull_out();
        CHECK(bar.try_read32(0).error() == Error::no_device);
    }
    REQUIRE(::sigaction(SIGBUS, &covered, nullptr) == 0); // uncovered; the next one takes it away
    {
        const Function function;
        const auto bar = function.bar();
    }
    CHECK(current().sa_handler == &mend);
}

TEST_CASE("removable: there are so many ranges", "[linux]") {
    const Function function;
    std::vector<Bar> bars;
    for (unsigned n = 0; n < io::detail::SigbusGuard::capacity; ++n) {
        auto made =
            Bar::of(std::move(*SysfsBar<Regs>::map(function.path, 0, {.with_owners = true})));
        if (!made)
            break;
        bars.push_back(std::move(*made));
    }
    auto one = SysfsBar<Regs>::map(function.path, 0, {.with_owners = true});
    const auto made = Bar::of(std::move(*one));
    const int number = errno;
    CHECK(made.error() == Error::no_memory);
    CHECK(number == ENOSPC);
    bars.pop_back();
    CHECK(Bar::of(std::move(*SysfsBar<Regs>::map(function.path, 0, {.with_owners = true}))));
}
