// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Ways to configuration space for code that owns the machine: ECAM, the ports 0xcf8 and 0xcfc, and
// bridges that can only do 32 bits. What each gives for an address models ConfigFunction.
//
//   io::pci::Ecam ecam{window};                          // any view of a Region: Mmio on hardware
//   auto function = ecam.function({.bus = 0, .device = 3});
//   auto cfg = io::ConfigSpace<decltype(ecam)::Function>::of(*function);

#include <ioview/backend/config_space.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/address.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::pci {

namespace detail {
template <class W>
concept ConfigWord = std::unsigned_integral<W> && sizeof(W) <= 4;

// Where an access to a function of size bytes goes wrong, or Error{}.
constexpr Error fault_at(std::size_t offset, std::size_t bytes, std::size_t size) noexcept {
    if (!ioview::detail::fits(offset, bytes, size))
        return Error::out_of_bounds;
    return offset % bytes == 0 ? Error{} : Error::misaligned;
}
} // namespace detail

// The memory-mapped configuration space of PCI Express: PCIe 5.0, 7.2.2. A function has 4 KiB at
// bus << 20 | device << 15 | function << 12 in the window of its segment. The window is a view of a
// region that begins with first_bus; its size tells how many buses it has. Accesses need no lock.
// With Mmio, writes are posted unless the window is mapped so that they are not (arm64:
// Device-nGnRnE); a read of the same register waits for them.
template <IoBase Window>
    requires RegionTarget<typename Window::Target>
class Ecam {
    using View = ioview::detail::ViewIn<Window>;

public:
    // One function. Reads of what is not there give all ones, and no error.
    class Function {
    public:
        static constexpr bool ordered =
            ioview::detail::BackendTraits<typename Window::Backend>::ordered;
        static constexpr Error error_when_gone{}; // it is read as all ones

        // What is asked of a ConfigFunction: one access, or out_of_bounds or misaligned.
        template <detail::ConfigWord W>
        [[nodiscard]] constexpr Result<W> read(std::uint16_t offset) const noexcept {
            if (auto fault = detail::fault_at(offset, sizeof(W), size());
                ioview::detail::failed(fault))
                return fail(fault);
            return window_.template try_read<W>(start_ + offset);
        }
        template <detail::ConfigWord W>
        [[nodiscard]] constexpr Result<> write(std::uint16_t offset, W value) const noexcept {
            if (auto fault = detail::fault_at(offset, sizeof(W), size());
                ioview::detail::failed(fault))
                return fail(fault);
            return window_.template try_write<W>(start_ + offset, value);
        }
        [[nodiscard]] static constexpr std::size_t size() noexcept { return 4'096; }

    private:
        friend Ecam;
        constexpr Function(View window, std::size_t start) noexcept
            : window_(window), start_(start) {}
        View window_;
        std::size_t start_;
    };

    constexpr explicit Ecam(const Window& window,
                            std::uint8_t first_bus = 0,
                            std::uint32_t segment = 0) noexcept
        : window_(window.as_view()), segment_(segment), first_bus_(first_bus) {}
    template <class... A>
        requires(ioview::detail::is_owner<Window>)
    explicit Ecam(const Window&& window, A...)
        IOVIEW_REFUSED_OF(window,
                          "ioview: an Ecam keeps a view of its window; give the window a name");

    // invalid_argument for a device past 31 or a function past 7; out_of_bounds for a segment or a
    // bus that the window does not have. Makes no access.
    [[nodiscard]] constexpr Result<Function> function(const Address& address) const noexcept {
        if (!address.valid())
            return fail(Error::invalid_argument);
        if (address.segment != segment_ || address.bus < first_bus_)
            return fail(Error::out_of_bounds);
        const std::size_t start = static_cast<std::size_t>(address.bus - first_bus_) << 20 |
                                  static_cast<std::size_t>(address.devfn()) << 12;
        if (!ioview::detail::fits(start, Function::size(), window_.size_bytes()))
            return fail(Error::out_of_bounds);
        return Function{window_, start};
    }

private:
    View window_;
    std::uint32_t segment_;
    std::uint8_t first_bus_;
};

// For single-threaded firmware, or where the caller holds a lock of his own.
struct NoLock {
    // Nothing.
    constexpr void lock() const noexcept {}
    constexpr void unlock() const noexcept {}
};

// PC configuration mechanism #1: PCI 3.0, 3.2.2.3.2. The address goes to port 0xcf8, the data
// through 0xcfc to 0xcff, so each access is two steps that nobody may come between: on a machine
// with several CPUs, or with interrupt handlers that use it, Lock is a type with lock() and
// unlock() that keeps all of them out (one lock for the machine, since there is one pair of ports).
// 256 bytes a function, segment 0 only.
//
//   io::pci::ConfigPorts ports{io::PortIo<io::Region<8>>::from_port(0xcf8), lock};
template <IoBase Ports, class Lock = const NoLock>
    requires(RegionTarget<typename Ports::Target> && min_size_of<typename Ports::Target> >= 8)
class ConfigPorts {
    using View = ioview::detail::ViewIn<Ports>;

public:
    // One function, by the ports.
    class Function {
    public:
        static constexpr bool ordered =
            ioview::detail::BackendTraits<typename Ports::Backend>::ordered;
        static constexpr Error error_when_gone{}; // it is read as all ones

        // What is asked of a ConfigFunction: one access, or out_of_bounds or misaligned.
        template <detail::ConfigWord W>
        [[nodiscard]] constexpr Result<W> read(std::uint16_t offset) const noexcept {
            if (auto fault = detail::fault_at(offset, sizeof(W), size());
                ioview::detail::failed(fault))
                return fail(fault);
            const Held held(host_->lock_);
            select(offset);
            return host_->ports_.template try_read<W>(4 + offset % 4);
        }
        template <detail::ConfigWord W>
        [[nodiscard]] constexpr Result<> write(std::uint16_t offset, W value) const noexcept {
            if (auto fault = detail::fault_at(offset, sizeof(W), size());
                ioview::detail::failed(fault))
                return fail(fault);
            const Held held(host_->lock_);
            select(offset);
            return host_->ports_.template try_write<W>(4 + offset % 4, value);
        }
        [[nodiscard]] static constexpr std::size_t size() noexcept { return 256; }

    private:
        friend ConfigPorts;
        constexpr Function(const ConfigPorts* host, std::uint32_t select) noexcept
            : host_(host), select_(select) {}
        constexpr void select(std::uint16_t offset) const noexcept {
            host_->ports_.write32(0, select_ | (offset & 0xfcu));
        }
        const ConfigPorts* host_;
        std::uint32_t select_;
    };

    constexpr explicit ConfigPorts(const Ports& ports) noexcept
        requires std::same_as<Lock, const NoLock>
        : ports_(ports.as_view()), lock_(&no_lock_) {}
    // The lock stays where it is while functions of this are used, and so does this object.
    constexpr ConfigPorts(const Ports& ports, Lock& lock) noexcept
        : ports_(ports.as_view()), lock_(&lock) {}
    template <class... A>
        requires(ioview::detail::is_owner<Ports>)
    explicit ConfigPorts(const Ports&& ports, A&...)
        IOVIEW_REFUSED_OF(ports,
                          "ioview: ConfigPorts keeps a view of its ports; give the ports a name");

    // invalid_argument for a device past 31 or a function past 7, out_of_bounds for a segment other
    // than 0. Makes no access. The function holds a pointer to this.
    [[nodiscard]] constexpr Result<Function> function(const Address& address) const& noexcept {
        if (!address.valid())
            return fail(Error::invalid_argument);
        if (address.segment != 0)
            return fail(Error::out_of_bounds);
        return Function{this,
                        0x8000'0000u | static_cast<std::uint32_t>(address.bus) << 16 |
                            static_cast<std::uint32_t>(address.devfn()) << 8};
    }
    void function(const Address&) const&& IOVIEW_REFUSED(
        "ioview: the function would outlive its mechanism; give the mechanism a name");

private:
    static constexpr NoLock no_lock_{};

    class Held {
    public:
        constexpr explicit Held(Lock* lock) noexcept : lock_(lock) { lock_->lock(); }
        constexpr ~Held() { lock_->unlock(); }
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;

    private:
        Lock* lock_;
    };

    View ports_;
    Lock* lock_;
};

// A function behind a host bridge that only makes 32-bit configuration accesses. Narrow reads take
// their part of a word. Narrow writes read the word, replace their part and write all of it back,
// so a neighbour in the same word whose ones clear it loses what it holds, and a write from
// elsewhere in between is lost: write whole words where a word has such flags, with zeros there.
// Of the command and status this takes care itself, where drivers meet it first: a write of the
// command writes zeros to the status.
template <ConfigFunction Fn>
class WordsOnly {
public:
    static constexpr bool ordered = ioview::detail::BackendTraits<Fn>::ordered;

    constexpr explicit WordsOnly(const Fn& function) noexcept : function_(&function) {}
    explicit WordsOnly(const Fn&& function)
        IOVIEW_REFUSED_OF(function, "ioview: give the function a name, it must outlive this");

    // Of the whole word that the offset is in; a narrower write is a read and a write of it.
    // out_of_bounds or misaligned, or the function's error.
    template <detail::ConfigWord W>
    [[nodiscard]] constexpr Result<W> read(std::uint16_t offset) const noexcept {
        if (auto fault = detail::fault_at(offset, sizeof(W), size()); ioview::detail::failed(fault))
            return fail(fault);
        const auto word = function_->template read<std::uint32_t>(word_of(offset));
        if (!word)
            return fail(word.error());
        return static_cast<W>(*word >> shift_of(offset));
    }
    template <detail::ConfigWord W>
    [[nodiscard]] constexpr Result<> write(std::uint16_t offset, W value) const noexcept {
        if (auto fault = detail::fault_at(offset, sizeof(W), size()); ioview::detail::failed(fault))
            return fail(fault);
        if constexpr (sizeof(W) == 4) {
            return function_->template write<std::uint32_t>(offset, value);
        } else {
            const auto word = function_->template read<std::uint32_t>(word_of(offset));
            if (!word)
                return fail(word.error());
            std::uint32_t kept =
                *word & ~(std::uint32_t{static_cast<W>(~W{0})} << shift_of(offset));
            if (word_of(offset) == 0x04)
                kept &= 0xffff;
            return function_->template write<std::uint32_t>(
                word_of(offset), kept | std::uint32_t{value} << shift_of(offset));
        }
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return function_->size(); }

private:
    static constexpr std::uint16_t word_of(std::uint16_t offset) noexcept {
        return static_cast<std::uint16_t>(offset & ~3u);
    }
    static constexpr unsigned shift_of(std::uint16_t offset) noexcept { return 8u * (offset & 3u); }

    const Fn* function_;
};

} // namespace ioview::pci
