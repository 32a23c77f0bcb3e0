// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// FakeSysRegs: simulated registers of a CPU. Works in constant expressions.
//
//   io::testing::FakeSysRegs cpu;
//   cpu.add(Mstatus{});                                  // nothing but this is there
//   driver(io::SysRegs{cpu});
//   CHECK(cpu.value<Mstatus>().mie());
//
// What is not there traps in a CPU. Here a try_ form says unsupported, and a plain one is a failure
// (testing/failure.hpp), since a driver would have gone no further.

#include <ioview/backend/sys_reg.hpp>
#include <ioview/error.hpp>
#include <ioview/support/panic.hpp>
#include <ioview/testing/failure.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::testing {

// Beside testing::read and write, which a Script expects: g++ 12 takes a scoped name for one that
// hides them.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
// What was done: csrr or mrs, csrw or msr, csrs, csrc.
enum class SysRegOp : std::uint8_t { read, write, set, clear };
#pragma GCC diagnostic pop

// Up to 32 registers, with the last 64 accesses that were made of them. For one thread.
class FakeSysRegs {
public:
    static constexpr std::size_t most = 32;
    static constexpr std::size_t most_accesses = 64;
    static constexpr const char* trap = "ioview: FakeSysRegs: a trap: there is no such register";

    // One access, as it was made.
    struct Access {
        SysRegOp op{};
        SysRegId id;
        std::uint64_t value = 0; // read, written, or the bits
        friend constexpr bool operator==(const Access&, const Access&) = default;
    };

    constexpr FakeSysRegs() noexcept = default;
    FakeSysRegs(const FakeSysRegs&) = delete;
    FakeSysRegs& operator=(const FakeSysRegs&) = delete;

    // ---- behind the back of the driver ----

    // There is an R that has this value now, whose bits under writable can be written: those that
    // an implementation lacks stay as they are.
    template <detail::RegisterValue R>
    constexpr FakeSysRegs& add(R value, std::uint64_t writable = ~std::uint64_t{0}) noexcept {
        if (count_ == most)
            panic("ioview: FakeSysRegs: too many registers");
        registers_[count_++] = {
            R::Register::Location::IoSysRegPlace::id, value.R::Register::raw(), writable};
        return *this;
    }
    // What an R is now; panics where there is none.
    template <detail::RegisterValue R>
    [[nodiscard]] constexpr R value() const noexcept {
        for (std::size_t i = 0; i < count_; ++i)
            if (registers_[i].id == R::Register::Location::IoSysRegPlace::id)
                return R::from_raw(static_cast<typename R::Register::Storage>(registers_[i].value));
        panic("ioview: FakeSysRegs: no such register");
    }

    // Accesses that did not trap; after 64, the later ones are counted only.
    [[nodiscard]] constexpr std::size_t accesses() const noexcept { return made_; }
    [[nodiscard]] constexpr const Access& access(std::size_t i) const noexcept {
        if (i >= made_ || i >= most_accesses)
            panic("ioview: FakeSysRegs: no such access");
        return accesses_[i];
    }
    // Accesses that did.
    [[nodiscard]] constexpr std::size_t traps() const noexcept { return traps_; }

    // ---- one access ----

    // What is asked of a file of registers; unsupported for one that was not declared.
    template <class Place>
    [[nodiscard]] constexpr Result<typename Place::Word> read() noexcept {
        const Held* held = find(Place::id);
        if (held == nullptr)
            return fail(Error::unsupported);
        note(SysRegOp::read, Place::id, held->value);
        return static_cast<typename Place::Word>(held->value);
    }
    template <class Place>
    [[nodiscard]] constexpr Result<> write(typename Place::Word word) noexcept {
        return change(SysRegOp::write, Place::id, word, ~std::uint64_t{0});
    }
    template <class Place>
    [[nodiscard]] constexpr Result<> set(typename Place::Word bits) noexcept {
        return change(SysRegOp::set, Place::id, bits, bits);
    }
    template <class Place>
    [[nodiscard]] constexpr Result<> clear(typename Place::Word bits) noexcept {
        return change(SysRegOp::clear, Place::id, bits, bits);
    }
    // Of a plain form.
    void unreported(const SysRegId&, Error) const noexcept { report_failure(trap); }

private:
    struct Held {
        SysRegId id;
        std::uint64_t value = 0;
        std::uint64_t writable = 0;
    };

    constexpr Held* find(const SysRegId& id) noexcept {
        for (std::size_t i = 0; i < count_; ++i)
            if (registers_[i].id == id)
                return &registers_[i];
        ++traps_;
        return nullptr;
    }
    constexpr void note(SysRegOp op, const SysRegId& id, std::uint64_t value) noexcept {
        if (made_ < most_accesses)
            accesses_[made_] = {op, id, value};
        ++made_;
    }
    [[nodiscard]] constexpr Result<>
    change(SysRegOp op, const SysRegId& id, std::uint64_t value, std::uint64_t mask) noexcept {
        Held* held = find(id);
        if (held == nullptr)
            return fail(Error::unsupported);
        note(op, id, value);
        mask &= held->writable;
        const std::uint64_t bits = op == SysRegOp::clear ? 0 : value;
        held->value = (held->value & ~mask) | (bits & mask);
        return {};
    }

    Held registers_[most]{};
    Access accesses_[most_accesses]{};
    std::size_t count_ = 0;
    std::size_t made_ = 0;
    std::size_t traps_ = 0;
};

} // namespace ioview::testing
