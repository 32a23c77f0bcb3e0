// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SysRegs: the registers of the CPU itself (RISC-V CSRs, x86 MSRs, AArch64's by mrs and msr, the
// special registers of Cortex-M), declared like those of a device. One access is one instruction.
//
//   struct Mie : io::Register<Mie, std::uint64_t, io::csr<0x304>> {
//       IO_FIELDS(bit(11, external), bit(7, timer));
//   };
//   const Mie enabled = io::sys_regs.read<Mie>();
//   io::sys_regs.update<Mie>(io::set_bits(Mie{}.with_timer(true)));     // csrs: no read
//
// A driver takes the registers as an argument, so that a test gives others
// (testing/sys_regs.hpp). What a CPU does not have traps there; a try_ form of io::sys_regs knows
// nothing of that, but one of a medium that can fail does (linux/msr_dev.hpp).

#include <ioview/backend/sys_reg_place.hpp> // IWYU pragma: export
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/register.hpp>

#include <type_traits>

namespace ioview {

// ---- changes that a register can make by itself ----

// What update() takes in place of a function, on every medium: the ones of bits are set, or
// cleared. Where one instruction does it, and no field acts when it is written, there is no read.
template <class R, bool Sets>
struct ChangeBits {
    R bits;
    [[nodiscard]] IOVIEW_INLINE constexpr R operator()(R old) const noexcept {
        using Word = typename R::Register::Storage;
        const Word ones = bits.R::Register::raw();
        const Word was = old.R::Register::raw();
        return R::Register::from_raw(static_cast<Word>(Sets ? was | ones : was & ~ones));
    }
};
template <detail::RegisterValue R>
[[nodiscard]] IOVIEW_INLINE constexpr ChangeBits<R, true> set_bits(R bits) noexcept {
    return {bits};
}
template <detail::RegisterValue R>
[[nodiscard]] IOVIEW_INLINE constexpr ChangeBits<R, false> clear_bits(R bits) noexcept {
    return {bits};
}

// ---- who makes the accesses ----

namespace detail {
template <bool IsHere>
struct CheckedInstruction {
    static_assert(IsHere, "ioview: this register is of another instruction set");
    static constexpr bool ok = true;
};
} // namespace detail

// This CPU. A file of registers has these, for each Place or some, giving a Result where it can
// fail. One that reports what a plain form has lost to a failure has unreported(id, error).
struct CpuFile {
    // One instruction each; a place that has none for this CPU does not compile.
    template <class Place>
    IOVIEW_INLINE static typename Place::Word read() noexcept {
        constexpr bool is_here = requires { Place::read(); };
        static_assert(detail::CheckedInstruction<is_here>::ok);
        if constexpr (is_here)
            return Place::read();
        else
            return {};
    }
    template <class Place>
    IOVIEW_INLINE static void write(typename Place::Word word) noexcept {
        constexpr bool is_here = requires { Place::write(word); };
        static_assert(detail::CheckedInstruction<is_here>::ok);
        if constexpr (is_here)
            Place::write(word);
    }
    template <class Place>
        requires requires { Place::set(0); }
    IOVIEW_INLINE static void set(typename Place::Word bits) noexcept {
        Place::set(bits);
    }
    template <class Place>
        requires requires { Place::clear(0); }
    IOVIEW_INLINE static void clear(typename Place::Word bits) noexcept {
        Place::clear(bits);
    }
};

template <class Place, class File, class T>
class SysRegView;
template <class File>
class SysRegs;

namespace detail {

template <class Location>
inline constexpr bool is_sys_reg = requires { typename Location::IoSysRegPlace; };

// A file that has state is pointed to.
template <class File, bool = std::is_empty_v<File>>
struct FileRef {
    File* file;
    IOVIEW_INLINE constexpr File& operator*() const noexcept { return *file; }
};
template <class File>
struct FileRef<File, true> {
    IOVIEW_INLINE constexpr File operator*() const noexcept { return {}; }
};

// A place with the width of the register that is there.
template <class Place, class W>
struct SizedPlace : Place {
    using Word = W;
};

template <class R, class File>
consteval SysRegFault sys_reg_fault() noexcept {
    using Location = typename R::Register::Location;
    if constexpr (!is_sys_reg<Location>) {
        return SysRegFault::not_the_cpus;
    } else {
        using Where = typename Location::IoSysRegPlace;
        constexpr bool is_instruction =
            std::is_same_v<File, CpuFile> && requires { Where::read(); };
        return !Where::has_width(sizeof(R)) ||
                       (is_instruction && sizeof(R) != sizeof(typename Where::Word))
                   ? SysRegFault::width
                   : Where::fault(R::io_map.writable);
    }
}
template <SysRegFault F>
struct CheckedSysReg {
    static_assert(F != SysRegFault::not_the_cpus,
                  "ioview: this register is not the CPU's; io::csr<number>, io::msr<number>, "
                  "io::arm64_reg<op0, op1, CRn, CRm, op2> or io::sys_reg<Place> say where one is");
    static_assert(F != SysRegFault::width,
                  "ioview: this register of the CPU has another width; 64 bits, but a CSR XLEN and "
                  "a named one as many as a pointer");
    static_assert(F != SysRegFault::read_only,
                  "ioview: CSRs whose number begins with two ones are read only; declare the "
                  "register io::ro");
    static_assert(F != SysRegFault::csr, "ioview: the number of a CSR is one of 12 bits");
    static_assert(F != SysRegFault::arm64,
                  "ioview: the encoding of an AArch64 register is op0, 2 or 3; op1, to 7; CRn and "
                  "CRm, to 15; op2, to 7");
    static constexpr bool ok = true;
};

// Of a register with a fault: nothing more is said.
template <class R>
struct NoSysRegView {
    static constexpr R read() noexcept { return {}; }
    [[nodiscard]] static constexpr Result<R> try_read() noexcept { return R{}; }
    static constexpr void write(R) noexcept {}
    [[nodiscard]] static constexpr Result<> try_write(R) noexcept { return {}; }
    template <class F>
    static constexpr void update(F&&) noexcept {}
    template <class F>
    [[nodiscard]] static constexpr Result<> try_update(F&&) noexcept {
        return {};
    }
};

// A plain form has failed.
template <class Place, class File>
constexpr void lost(FileRef<File> file, Error error) noexcept {
    if constexpr (requires { (*file).unreported(Place::id, error); })
        (*file).unreported(Place::id, error);
}

} // namespace detail

// Of one register, which is part of the type, as the number is part of the instruction.
template <class Place, class File>
struct SysRegBackend {
private:
    using Word = typename Place::Word;
    static constexpr bool fails =
        !std::is_same_v<decltype((*detail::FileRef<File>{}).template read<Place>()), Word>;

public:
    template <class T>
    using View = SysRegView<Place, File, T>;
    static constexpr bool bulk_copy = false;

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(SysRegView<Place, File, T>) noexcept {
        return {};
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr SysRegView<Place, File, U>
    project_view(SysRegView<Place, File, T> view, IoPtr<U>) noexcept {
        return SysRegView<Place, File, U>{view.file_};
    }

    template <class W>
        requires(std::is_same_v<W, Word>)
    IOVIEW_INLINE static constexpr W io_read(SysRegView<Place, File, W> view) noexcept {
        if constexpr (fails) {
            const auto word = (*view.file_).template read<Place>();
            if (!word)
                detail::lost<Place>(view.file_, word.error());
            return word.value_or(static_cast<W>(~W{0}));
        } else {
            return (*view.file_).template read<Place>();
        }
    }
    template <class W>
        requires(std::is_same_v<W, Word>)
    IOVIEW_INLINE static constexpr void io_write(SysRegView<Place, File, W> view, W word) noexcept {
        if constexpr (fails) {
            if (const auto done = (*view.file_).template write<Place>(word); !done)
                detail::lost<Place>(view.file_, done.error());
        } else {
            (*view.file_).template write<Place>(word);
        }
    }
    template <class W>
        requires(fails && std::is_same_v<W, Word>)
    [[nodiscard]] static constexpr Result<W> try_io_read(SysRegView<Place, File, W> view) noexcept {
        return (*view.file_).template read<Place>();
    }
    template <class W>
        requires(fails && std::is_same_v<W, Word>)
    [[nodiscard]] static constexpr Result<> try_io_write(SysRegView<Place, File, W> view,
                                                         W word) noexcept {
        return (*view.file_).template write<Place>(word);
    }
};

namespace detail {

template <class Place, class File, class T>
struct SysRegMethods : Io<SysRegView<Place, File, T>, SysRegBackend<Place, File>, T> {};

// An update that sets or clears bits is one access where the file has it, and no field acts when
// it is written.
template <class Place, class File, class T>
    requires(RegisterValue<T> && !std::is_const_v<T>)
struct SysRegMethods<Place, File, T>
    : Io<SysRegView<Place, File, T>, SysRegBackend<Place, File>, T> {
private:
    using Base = Io<SysRegView<Place, File, T>, SysRegBackend<Place, File>, T>;
    using Word = typename Place::Word;
    using Ref = FileRef<File>;

public:
    using Base::try_update;

    template <class F>
    IOVIEW_INLINE constexpr void update(F&& f) const noexcept {
        if constexpr (!has_try_io_read<SysRegBackend<Place, File>, Word>)
            Base::update(static_cast<F&&>(f));
        else if (const auto done = Base::try_update(static_cast<F&&>(f)); !done)
            lost<Place>(file(), done.error());
    }
    template <bool Sets>
    IOVIEW_INLINE constexpr void update(ChangeBits<T, Sets> change) const noexcept {
        if constexpr (!is_one_access<Sets>()) {
            update([=](T old) noexcept { return change(old); });
        } else if constexpr (std::is_void_v<decltype(changed(change))>) {
            changed(change);
        } else if (const auto done = changed(change); !done) {
            lost<Place>(file(), done.error());
        }
    }
    template <bool Sets>
    [[nodiscard]] constexpr Result<> try_update(ChangeBits<T, Sets> change) const noexcept {
        if constexpr (!is_one_access<Sets>()) {
            return Base::try_update(change);
        } else if constexpr (std::is_void_v<decltype(changed(change))>) {
            changed(change);
            return {};
        } else {
            return changed(change);
        }
    }

private:
    IOVIEW_INLINE constexpr Ref file() const noexcept {
        return static_cast<const SysRegView<Place, File, T>&>(*this).file_;
    }
    template <bool Sets>
    static consteval bool is_one_access() noexcept {
        static_assert(CheckedMap<Does::update, T>::ok);
        constexpr bool acts = (T::io_map.write_zero | T::io_map.write_one) != 0;
        if constexpr (acts)
            return false;
        else if constexpr (Sets)
            return requires(Ref file, Word word) { (*file).template set<Place>(word); };
        else
            return requires(Ref file, Word word) { (*file).template clear<Place>(word); };
    }
    template <bool Sets>
    IOVIEW_INLINE constexpr auto changed(ChangeBits<T, Sets> change) const noexcept {
        const Word bits = change.bits.T::Register::raw();
        if constexpr (Sets)
            return (*file()).template set<Place>(bits);
        else
            return (*file()).template clear<Place>(bits);
    }
};

} // namespace detail

// A view of one register; of the CPU's own it has no bytes to carry.
template <class Place, class File, class T>
class SysRegView : public detail::SysRegMethods<Place, File, T> {
public:
    [[nodiscard]] IOVIEW_INLINE constexpr SysRegView as_view() const noexcept { return *this; }

private:
    friend SysRegBackend<Place, File>;
    friend detail::SysRegMethods<Place, File, T>;
    friend SysRegs<File>;
    IOVIEW_INLINE constexpr explicit SysRegView(detail::FileRef<File> file) noexcept
        : file_(file) {}

    IOVIEW_NO_UNIQUE_ADDRESS detail::FileRef<File> file_;
};

// All registers of one CPU: a driver's argument. Methods are those of the registers of a region,
// by the types of registers that are declared with csr, msr, arm64_reg or sys_reg.
template <class File>
class SysRegs {
public:
    constexpr SysRegs() noexcept
        requires(std::is_empty_v<File>)
        : file_{} {}
    // Keeps a pointer to it.
    constexpr explicit SysRegs(File& file) noexcept
        requires(!std::is_empty_v<File>)
        : file_{&file} {}
    SysRegs(const File&& file) IOVIEW_REFUSED_OF(
        file, "ioview: the file of registers would end before its view; give it a name");

    // A view of the register R, with the methods of every view of one register.
    template <detail::RegisterValue R>
    [[nodiscard]] IOVIEW_INLINE constexpr auto view_of() const noexcept {
        constexpr detail::SysRegFault fault = detail::sys_reg_fault<R, File>();
        static_assert(detail::CheckedSysReg<fault>::ok);
        if constexpr (fault == detail::SysRegFault::none)
            return SysRegView<detail::SizedPlace<typename R::Register::Location::IoSysRegPlace,
                                                 typename R::Register::Storage>,
                              File,
                              R>{file_};
        else
            return detail::NoSysRegView<R>{};
    }

    // As the methods of views of the same names, of the register R: one instruction, or what the
    // file does in its place. The try_ forms give the file's error.
    template <detail::RegisterValue R>
    [[nodiscard]] IOVIEW_INLINE constexpr R read() const noexcept {
        return view_of<R>().read();
    }
    template <detail::RegisterValue R>
    [[nodiscard]] constexpr Result<R> try_read() const noexcept {
        return view_of<R>().try_read();
    }
    template <detail::RegisterValue R>
    IOVIEW_INLINE constexpr void write(R value) const noexcept {
        view_of<R>().write(value);
    }
    template <detail::RegisterValue R>
    [[nodiscard]] constexpr Result<> try_write(R value) const noexcept {
        return view_of<R>().try_write(value);
    }
    // f: R -> R, or set_bits(R), or clear_bits(R).
    template <detail::RegisterValue R, class F>
    IOVIEW_INLINE constexpr void update(F&& f) const noexcept {
        view_of<R>().update(static_cast<F&&>(f));
    }
    template <detail::RegisterValue R, class F>
    [[nodiscard]] constexpr Result<> try_update(F&& f) const noexcept {
        return view_of<R>().try_update(static_cast<F&&>(f));
    }

private:
    IOVIEW_NO_UNIQUE_ADDRESS detail::FileRef<File> file_;
};

// Those of the CPU that runs this.
inline constexpr SysRegs<CpuFile> sys_regs{};

} // namespace ioview
