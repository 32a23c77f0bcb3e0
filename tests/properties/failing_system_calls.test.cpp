// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: it stands before the C library's system calls
// Each system call of each owner of linux/ fails in its turn: the error and errno are the call's,
// and nothing stays open or mapped. Each is cut short by a signal, and made again.
#include <ioview/linux/sysfs_bar.hpp>

#include "support/catch.hpp"
#include "support/fake_sysfs.hpp"
#include "support/system_calls.hpp"

#include <cerrno>
#include <string>
#include <vector>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::tests::FakeSysfs;
using io::tests::SystemCalls;

namespace {

// Of an owner's making, whose n-th call fails for each n. A call that may fail without harm is
// named in `harmless`.
template <class Make>
void check_each_call(Make make, unsigned at_least) {
    unsigned failed = 0;
    for (unsigned n = 1;; ++n) {
        SystemCalls calls;
        calls.fail(n, EPERM); // as under lockdown
        {
            const auto made = make();
            const int number = errno;
            if (calls.came_through()) {
                CHECK(made);
                break;
            }
            INFO("call " << n << ", " << calls.names.back());
            CHECK_FALSE(made);
            CHECK(made.error() == Error::unsupported);
            CHECK(number == EPERM);
            CHECK(calls.is_clean());
        }
        ++failed;
    }
    CHECK(failed >= at_least);

    SystemCalls calls;
    calls.interrupt_each();
    {
        const auto made = make();
        CHECK(made);
    }
    CHECK(calls.is_clean());
}

constexpr std::uint64_t somewhere = 0xfea0'0400;

} // namespace

TEST_CASE("failing calls: SysfsBar", "[linux]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x1100);
    check_each_call([&] { return pci::SysfsBar<io::Region<0x1000>>::map(function, 0); }, 8);
    tree.file("a/resource0_wc", std::string(0x1100, '\0'));
    check_each_call(
        [&] {
            return pci::SysfsBar<io::Region<0x1000>, io::WriteCombiningBackend>::map(function, 0);
        },
        10);
    SystemCalls calls;
    CHECK(pci::SysfsBar<io::Region<0x1000>>::map(function, 0));
    CHECK(calls.names == std::vector<std::string>{
                             "open", "read", "read", "readlink", "open", "flock", "fstat", "mmap"});
    CHECK(calls.is_clean());
}
