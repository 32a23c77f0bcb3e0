// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the instructions are is in tests/codegen; here it is which accesses are made, on a CPU that
// is simulated.
#include <ioview/backend/sys_reg.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/failure.hpp>
#include <ioview/testing/sys_regs.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;
using io::testing::FakeSysRegs;
using Access = FakeSysRegs::Access;
using Op = io::testing::SysRegOp;

struct Mstatus : io::Register<Mstatus, std::uint64_t, io::csr<0x300>> {
    IO_FIELDS(bits(12, 11, mpp), bit(7, mpie), bit(3, mie));
};
struct Cycle : io::Register<Cycle, std::uint64_t, io::csr<0xc00>, io::ro> {
    IO_FIELDS(bits(63, 0, count));
};
// No real one: some CPU's flags that ones clear.
struct Flags : io::Register<Flags, std::uint64_t, io::csr<0x7c0>> {
    IO_FIELDS(bit(8, enable), bit(1, overflow, io::w1c), bit(0, done, io::w1c));
};
struct ApicBase : io::Register<ApicBase, std::uint64_t, io::msr<0x1b>> {
    IO_FIELDS(bits(35, 12, page), bit(11, enable), bit(8, boot, io::ro));
};
struct CntVct : io::Register<CntVct, std::uint64_t, io::arm64_reg<3, 3, 14, 0, 2>, io::ro> {
    IO_FIELDS(bits(63, 0, ticks));
};
IO_SYS_REG(DaifPlace, daif);
struct Daif : io::Register<Daif, std::uint64_t, io::sys_reg<DaifPlace>> {
    IO_FIELDS(bit(7, no_irq), bit(6, no_fiq));
};

// The accesses that there were, and no others.
void check_accesses(const FakeSysRegs& cpu, std::initializer_list<Access> expected) {
    REQUIRE(cpu.accesses() == expected.size());
    std::size_t i = 0;
    for (const Access& access : expected)
        CHECK(cpu.access(i++) == access);
}
constexpr io::SysRegId mstatus{"csr", 0x300};

static_assert(std::is_empty_v<decltype(io::sys_regs)>);
static_assert(std::is_trivially_copyable_v<decltype(io::sys_regs.view_of<Mstatus>())>);
static_assert(sizeof(io::SysRegs<FakeSysRegs>) == sizeof(void*));

TEST_CASE("sys regs: read, write and update are the accesses of any register") {
    FakeSysRegs cpu;
    cpu.add(Mstatus::from_raw(0x1880));
    const io::SysRegs regs{cpu};
    CHECK(regs.read<Mstatus>().mpp() == 3);
    regs.write(Mstatus{}.with_mpp(1u));
    regs.update<Mstatus>([](Mstatus old) { return old.with_mpie(true); });
    check_accesses(cpu,
                   {{Op::read, mstatus, 0x1880},
                    {Op::write, mstatus, 0x0800},
                    {Op::read, mstatus, 0x0800},
                    {Op::write, mstatus, 0x0880}});
}

TEST_CASE("sys regs: an update that only sets or clears is one access") {
    FakeSysRegs cpu;
    cpu.add(Mstatus::from_raw(0x1880));
    const io::SysRegs regs{cpu};
    regs.update<Mstatus>(io::set_bits(Mstatus{}.with_mie(true)));
    regs.update<Mstatus>(io::clear_bits(Mstatus{}.with_mpp(1u)));
    REQUIRE(regs.try_update<Mstatus>(io::set_bits(Mstatus::from_raw(0))));
    check_accesses(cpu,
                   {{Op::set, mstatus, 8}, {Op::clear, mstatus, 0x0800}, {Op::set, mstatus, 0}});
    CHECK(cpu.value<Mstatus>().raw() == 0x1088);
}

TEST_CASE("sys regs: where fields act when they are written, set and clear spare them") {
    FakeSysRegs cpu;
    cpu.add(Flags::from_raw(3));
    const io::SysRegs regs{cpu};
    regs.update<Flags>(io::set_bits(Flags{}.with_enable(true)));
    check_accesses(cpu, {{Op::read, {"csr", 0x7c0}, 3}, {Op::write, {"csr", 0x7c0}, 0x100}});
    REQUIRE(regs.try_update<Flags>(io::clear_bits(Flags{}.with_enable(true))));
    CHECK(cpu.access(3) == Access{Op::write, {"csr", 0x7c0}, 0});
}

TEST_CASE("sys regs: set_bits and clear_bits are functions of a register anywhere") {
    static_assert(io::set_bits(Mstatus{}.with_mie(true))(Mstatus::from_raw(0x80)).raw() == 0x88);
    static_assert(io::clear_bits(Mstatus{}.with_mpp(3u))(Mstatus::from_raw(0x1880)).raw() == 0x80);
    // By a base that does not know of one-access changes.
    FakeSysRegs cpu;
    cpu.add(Mstatus::from_raw(0));
    const auto view = io::SysRegs{cpu}.view_of<Mstatus>();
    using Base = io::
        Io<std::remove_const_t<decltype(view)>, decltype(view)::Backend, decltype(view)::Target>;
    static_cast<const Base&>(view).update(io::set_bits(Mstatus{}.with_mie(true)));
    check_accesses(cpu, {{Op::read, mstatus, 0}, {Op::write, mstatus, 8}});
}

TEST_CASE("sys regs: bits that a CPU lacks stay as they are") {
    FakeSysRegs cpu;
    cpu.add(Mstatus::from_raw(0x1880), 0x88);
    const io::SysRegs regs{cpu};
    regs.write(Mstatus{}.with_mie(true));
    CHECK(regs.read<Mstatus>().raw() == 0x1808);
    regs.update<Mstatus>(io::clear_bits(Mstatus::from_raw(~std::uint64_t{0})));
    CHECK(cpu.value<Mstatus>().raw() == 0x1800);
}

std::string failure;
constexpr const char* trap = "ioview: FakeSysRegs: a trap: there is no such register";

TEST_CASE("sys regs: one that is not there traps") {
    FakeSysRegs cpu;
    cpu.add(Cycle::from_raw(5)).add(ApicBase{});
    const io::SysRegs regs{cpu};
    CHECK(regs.try_read<Mstatus>().error() == Error::unsupported);
    CHECK(regs.try_write(Mstatus{}).error() == Error::unsupported);
    CHECK(regs.try_update<Mstatus>(io::set_bits(Mstatus{})).error() == Error::unsupported);
    CHECK(regs.try_update<Mstatus>([](Mstatus old) { return old; }).error() == Error::unsupported);
    CHECK(cpu.traps() == 4);
    CHECK(cpu.accesses() == 0);
    CHECK(regs.try_read<Cycle>()->count() == 5);

    // Of a plain form nobody would hear.
    const auto before = io::testing::on_failure([](const char* message) { failure = message; });
    failure.clear();
    CHECK(regs.read<Mstatus>().raw() == ~std::uint64_t{0});
    CHECK(failure == trap);
    failure.clear();
    regs.write(Mstatus{});
    CHECK(failure == trap);
    failure.clear();
    regs.update<Mstatus>(io::set_bits(Mstatus{}));
    CHECK(failure == trap);
    failure.clear();
    regs.update<Mstatus>([](Mstatus old) { return old; });
    CHECK(failure == trap);
    failure.clear();
    static_cast<void>(regs.read<Daif>());
    CHECK(failure == trap);
    io::testing::on_failure(before);
    CHECK(cpu.traps() == 9);
}

TEST_CASE("sys regs: each instruction set's are told apart") {
    FakeSysRegs cpu;
    cpu.add(ApicBase{}.with_page(0xf'ee00u), 0xf'ffff'f800)
        .add(CntVct::from_raw(7))
        .add(Daif::from_raw(0xc0));
    const io::SysRegs regs{cpu};
    regs.update<ApicBase>(io::set_bits(ApicBase{}.with_enable(true)));
    CHECK(regs.read<ApicBase>().page() == 0xf'ee00);
    CHECK(cpu.value<ApicBase>().enable());
    CHECK(regs.read<CntVct>().ticks() == 7);
    CHECK(regs.read<Daif>().no_irq());
    CHECK(cpu.access(2).id == io::SysRegId{"arm64", 3 << 14 | 3 << 11 | 14 << 7 | 2});
    CHECK(cpu.access(3).id == io::SysRegId{"daif", 0});
}

TEST_CASE("sys regs: what is wrong with a number or an encoding, and how wide each may be") {
    using namespace io::detail;
    CHECK(CsrPlace<0xfff>::fault(false) == SysRegFault::none);
    CHECK(CsrPlace<0x1000>::fault(false) == SysRegFault::csr);
    CHECK(CsrPlace<0xbff>::fault(true) == SysRegFault::none);
    CHECK(CsrPlace<0xc00>::fault(true) == SysRegFault::read_only);
    CHECK(CsrPlace<0xc00>::fault(false) == SysRegFault::none);
    CHECK(MsrPlace<0xffff'ffff>::fault(true) == SysRegFault::none);
    CHECK(Arm64Place<3, 7, 15, 15, 7>::fault(true) == SysRegFault::none);
    CHECK(Arm64Place<2, 0, 0, 0, 0>::fault(true) == SysRegFault::none);
    CHECK(Arm64Place<1, 0, 0, 0, 0>::fault(true) == SysRegFault::arm64);
    CHECK(Arm64Place<4, 0, 0, 0, 0>::fault(true) == SysRegFault::arm64);
    CHECK(Arm64Place<3, 8, 0, 0, 0>::fault(true) == SysRegFault::arm64);
    CHECK(Arm64Place<3, 0, 16, 0, 0>::fault(true) == SysRegFault::arm64);
    CHECK(Arm64Place<3, 0, 0, 16, 0>::fault(true) == SysRegFault::arm64);
    CHECK(Arm64Place<3, 0, 0, 0, 8>::fault(true) == SysRegFault::arm64);
    CHECK(DaifPlace::fault(true) == SysRegFault::none);
    for (const std::size_t bytes : {1u, 2u, 4u, 8u}) {
        CHECK(CsrPlace<0>::has_width(bytes) == (bytes >= 4));
        CHECK(DaifPlace::has_width(bytes) == (bytes >= 4));
        CHECK(MsrPlace<0>::has_width(bytes) == (bytes == 8));
        CHECK(Arm64Place<3, 0, 0, 0, 0>::has_width(bytes) == (bytes == 8));
    }
}

// As a driver for Cortex-M has it, or for RV32.
struct Daif32 : io::Register<Daif32, std::uint32_t, io::sys_reg<DaifPlace>> {
    IO_FIELDS(bit(7, no_irq));
};

TEST_CASE("sys regs: those of a CPU of 32 bits on one of 64, and the other way round") {
    FakeSysRegs cpu;
    cpu.add(Daif32::from_raw(0xffff'ff7f));
    const io::SysRegs regs{cpu};
    regs.update<Daif32>(io::set_bits(Daif32{}.with_no_irq(true)));
    CHECK(regs.read<Daif32>().raw() == 0xffff'ffff);
    CHECK(regs.try_read<Daif>()->raw() == 0xffff'ffff);
}

// What a program without privileges may do, on emulated processors.
#if IOVIEW_ARCH_RISCV
struct Fflags : io::Register<Fflags, io::detail::XWord, io::csr<0x001>> {
    IO_FIELDS(bit(4, invalid), bit(0, inexact));
};
IO_SYS_REG(FcsrPlace, fcsr);
struct Fcsr : io::Register<Fcsr, io::detail::XWord, io::sys_reg<FcsrPlace>> {
    IO_FIELDS(bits(7, 5, rounding), bit(4, invalid), bit(0, inexact));
};

TEST_CASE("sys regs: the flags of floating point, by number and by name") {
    const auto before = io::sys_regs.read<Fcsr>();
    io::sys_regs.write(Fflags::from_raw(0));
    io::sys_regs.update<Fflags>(io::set_bits(Fflags{}.with_invalid(true).with_inexact(true)));
    CHECK(io::sys_regs.read<Fflags>().raw() == 0x11);
    io::sys_regs.update<Fcsr>(io::clear_bits(Fcsr{}.with_invalid(true)));
    CHECK(io::sys_regs.read<Fcsr>().raw() == (before.raw() & 0xe0) + 1);
    io::sys_regs.update<Fflags>([](Fflags old) { return old.with_invalid(!old.invalid()); });
    CHECK(io::sys_regs.try_read<Fflags>()->raw() == 0x11);
    REQUIRE(io::sys_regs.try_update<Fcsr>(io::clear_bits(Fcsr::from_raw(0x1f))));
    CHECK(io::sys_regs.read<Fflags>().raw() == 0);
    io::sys_regs.write(before);
}
#elif IOVIEW_ARCH_ARM64
struct TpidrEl0 : io::Register<TpidrEl0, std::uint64_t, io::arm64_reg<3, 3, 13, 0, 2>, io::ro> {
    IO_FIELDS(bits(63, 0, pointer));
};
IO_SYS_REG(FpcrPlace, fpcr);
struct Fpcr : io::Register<Fpcr, std::uint64_t, io::sys_reg<FpcrPlace>> {
    IO_FIELDS(bits(23, 22, rounding));
};

TEST_CASE("sys regs: the thread pointer by its encoding, the rounding mode by its name") {
    CHECK(io::sys_regs.read<TpidrEl0>().pointer() ==
          reinterpret_cast<std::uintptr_t>(__builtin_thread_pointer()));
    const auto before = io::sys_regs.read<Fpcr>();
    io::sys_regs.update<Fpcr>(io::set_bits(Fpcr{}.with_rounding(2u)));
    CHECK(io::sys_regs.read<Fpcr>().rounding() == (before.rounding() | 2u));
    io::sys_regs.write(before);
    CHECK(io::sys_regs.read<Fpcr>() == before);
}
#endif

constexpr bool in_a_constant_expression() {
    FakeSysRegs cpu;
    cpu.add(Mstatus::from_raw(0));
    const io::SysRegs regs{cpu};
    regs.update<Mstatus>(io::set_bits(Mstatus{}.with_mie(true)));
    return regs.read<Mstatus>().mie() && cpu.accesses() == 2;
}
static_assert(in_a_constant_expression());

} // namespace
