// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// MsrDev on a file of our own with eight bytes at each number, and on this process' memory, which
// fails as the msr driver does where nothing is: EIO.
#define _FILE_OFFSET_BITS 64 // for numbers above 0x7fff'ffff
#include <ioview/backend/sys_reg.hpp>
#include <ioview/linux/msr_dev.hpp>
#include <ioview/register.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/types.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace io = ioview;
using io::Error;
using io::MsrDev;

namespace {

struct ApicBase : io::Register<ApicBase, std::uint64_t, io::msr<0x1b>> {
    IO_FIELDS(bits(35, 12, page), bit(11, enable));
};
struct Efer : io::Register<Efer, std::uint64_t, io::msr<0xc000'0080>> {
    IO_FIELDS(bit(0, syscall));
};
struct Mstatus : io::Register<Mstatus, std::uint64_t, io::csr<0x300>> {
    IO_FIELDS(bit(3, mie));
};

static_assert(!std::is_copy_constructible_v<MsrDev>);
static_assert(std::is_nothrow_move_constructible_v<MsrDev>);

// A sparse file without a name of its own, gone at the end.
struct File {
    int number = ::memfd_create("msr", 0);
    std::string path = "/proc/self/fd/" + std::to_string(number);
    File() { REQUIRE(number >= 0); }
    ~File() { ::close(number); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void put(::off_t at, std::uint64_t value) const {
        REQUIRE(::pwrite(number, &value, 8, at) == 8);
    }
    std::uint64_t get(::off_t at) const {
        std::uint64_t value = 0;
        REQUIRE(::pread(number, &value, 8, at) == 8);
        return value;
    }
};

TEST_CASE("msr: eight bytes at the number of the register") {
    const File file;
    file.put(0x1b, 0xfee0'0800);
    file.put(0xc000'0080, 0xd01);
    auto cpu = MsrDev::open(file.path.c_str(), MsrDev::Mode::to_write);
    REQUIRE(cpu);
    const io::SysRegs regs{*cpu};
    CHECK(regs.try_read<ApicBase>()->page() == 0xf'ee00);
    CHECK(regs.read<Efer>().raw() == 0xd01);
    REQUIRE(regs.try_update<ApicBase>(io::clear_bits(ApicBase{}.with_enable(true))));
    CHECK(file.get(0x1b) == 0xfee0'0000);
    regs.write(Efer{}.with_syscall(true));
    CHECK(file.get(0xc000'0080) == 1);
}

TEST_CASE("msr: what cannot be reached") {
    const File file;
    file.put(0x1b, 0xfee0'0800);
    CHECK(MsrDev::open("/dev/null/msr").error() == Error::no_device);
    auto cpu = MsrDev::open(file.path.c_str());
    REQUIRE(cpu);
    const io::SysRegs regs{*cpu};
    // Open to read only.
    CHECK(regs.try_write(ApicBase{}).error() == Error::unsupported);
    CHECK(file.get(0x1b) == 0xfee0'0800);
    // The file ends.
    CHECK(regs.try_read<Efer>().error() == Error::io_error);
    CHECK(regs.read<Efer>().raw() == ~std::uint64_t{0});
    // Of another instruction set.
    CHECK(regs.try_read<Mstatus>().error() == Error::unsupported);
    CHECK(regs.try_write(Mstatus{}).error() == Error::unsupported);

    auto memory = MsrDev::open("/proc/self/mem");
    REQUIRE(memory);
    CHECK(io::SysRegs{*memory}.try_read<ApicBase>().error() == Error::unsupported);
}

TEST_CASE("msr: a file is one owner's, and closed once") {
    const File file;
    file.put(0x1b, 0xfee0'0800);
    auto cpu = MsrDev::open(file.path.c_str());
    auto other = MsrDev::open(file.path.c_str());
    REQUIRE(cpu);
    REQUIRE(other);
    const int first = cpu->native_handle();
    const int second = other->native_handle();
    CHECK(::fcntl(first, F_GETFD) == FD_CLOEXEC);
    {
        MsrDev taken{std::move(*other)};
        *cpu = std::move(taken); // which has the first one now
        CHECK(cpu->native_handle() == second);
        CHECK(io::SysRegs{*cpu}.try_read<ApicBase>()->page() == 0xf'ee00);
    }
    CHECK(::fcntl(first, F_GETFD) == -1);
    CHECK(::fcntl(second, F_GETFD) == FD_CLOEXEC);
}

} // namespace
