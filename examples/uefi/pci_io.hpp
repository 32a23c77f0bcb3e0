// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A PCI function as EFI_PCI_IO_PROTOCOL shows it: its memory and ports as views of two backends,
// its configuration space by a mechanism, its memory for DMA by a DmaDevice. Drivers do not know.
//
//   const uefi::PciIo function{*protocol, *boot};
//   auto config = io::ConfigSpace<uefi::PciIo, io::pci::Normal>::of(function);
//   auto bar = function.memory<edu::Edu>(edu::bar_number);
//   auto product = edu::factorial(*bar, 5, clock);
//
// Every access is a call that can fail. The try_ forms say how; the plain ones read all ones, as of
// a device that has gone, and keep the first error until take_error() is asked.

#include <ioview/backend/config_space.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>

#include "protocol.hpp"

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace uefi {

namespace io = ioview;

// What a status is here; of one that is no error, nothing.
[[nodiscard]] constexpr io::Error error_of(Status status) noexcept {
    switch (status) {
    case success:
        return io::Error{};
    case invalid_parameter:
        return io::Error::invalid_argument;
    case unsupported: // so the protocol says of what lies outside a BAR, and of a BAR that is none
        return io::Error::out_of_bounds;
    case out_of_resources:
        return io::Error::no_memory;
    case not_found:
    case no_response:
        return io::Error::no_device;
    case access_denied:
        return io::Error::unsupported;
    case timeout:
        return io::Error::timed_out;
    default: // warnings have been made, whatever they warn of
        return (static_cast<std::uintptr_t>(status) & error_bit) != 0 ? io::Error::io_error
                                                                      : io::Error{};
    }
}

template <class W>
inline constexpr Width width_of = static_cast<Width>(std::countr_zero(sizeof(W)));

enum class Space : std::uint8_t { memory, ports };

template <Space Where, class T>
class BarView;
template <Space Where>
struct BarBackend;

// The protocol of one function and what went wrong first. Views keep a pointer to it.
class PciIo {
public:
    static constexpr bool ordered = true; // by the firmware's own barriers

    PciIo(PciIoProtocol& protocol, BootServices& boot) noexcept
        : protocol_(&protocol), boot_(&boot) {}
    PciIo(const PciIo&) = delete;
    PciIo& operator=(const PciIo&) = delete;

    // The memory, or the ports, of a BAR as a T. out_of_bounds when it is no BAR of the function or
    // too small for a T, unsupported when it is of the other kind, invalid_argument when what the
    // protocol says of it cannot be: no whole descriptor of it, a size that no BAR has, an address
    // that no BAR of that size has. A size that can be, and is more than there is, shows at the
    // access: that is out_of_bounds then.
    template <class T, std::integral I>
    [[nodiscard]] io::Result<BarView<Space::memory, T>> memory(I bar) const noexcept {
        return view<Space::memory, T>(bar);
    }
    template <class T, std::integral I>
    [[nodiscard]] io::Result<BarView<Space::ports, T>> ports(I bar) const noexcept {
        return view<Space::ports, T>(bar);
    }

    // The function decodes its memory and ports, and may start transactions. Firmware has it do so
    // only once somebody asks.
    [[nodiscard]] io::Result<> enable() const noexcept {
        const auto wanted = static_cast<std::uint64_t>(Attribute::memory) |
                            static_cast<std::uint64_t>(Attribute::bus_master);
        return done(protocol_->attributes(protocol_, AttributeOperation::enable, wanted, nullptr));
    }

    // The first error of a plain access since it was asked last, or Error{}.
    [[nodiscard]] io::Error take_error() const noexcept {
        return std::exchange(first_error_, io::Error{});
    }

    // ---- ConfigFunction ----

    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] io::Result<W> read(std::uint16_t offset) const noexcept {
        W word = 0;
        const auto status = protocol_->pci.read(protocol_, width_of<W>, offset, 1, &word);
        return done(status).transform([&] { return word; });
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] io::Result<> write(std::uint16_t offset, W word) const noexcept {
        return done(protocol_->pci.write(protocol_, width_of<W>, offset, 1, &word));
    }
    // What lies behind 256 bytes, the protocol says at the access: out_of_bounds where there is
    // nothing.
    [[nodiscard]] static constexpr std::size_t size() noexcept { return 4'096; }

    [[nodiscard]] PciIoProtocol& protocol() const noexcept { return *protocol_; }

private:
    template <Space>
    friend struct BarBackend;

    static io::Result<> done(Status status) noexcept {
        const io::Error error = error_of(status);
        return error == io::Error{} ? io::Result<>{} : io::fail(error);
    }
    void keep(io::Error error) const noexcept {
        if (first_error_ == io::Error{})
            first_error_ = error;
    }

    template <Space Where, class T, class I>
    io::Result<BarView<Where, T>> view(I bar) const noexcept {
        const std::size_t number = io::detail::to_size(bar);
        if (number > 5)
            return io::fail(io::Error::out_of_bounds);
        const auto size = size_of(static_cast<std::uint8_t>(number), Where);
        if (!size)
            return io::fail(size.error());
        if (*size < io::min_size_of<T>)
            return io::fail(io::Error::out_of_bounds);
        return BarView<Where, T>{this,
                                 static_cast<std::uint8_t>(number),
                                 {0, io::detail::extent_for<T>(static_cast<std::size_t>(*size))}};
    }

    // The one descriptor of a BAR, as ACPI 6.4.3.5.1 has it, and the end tag after it.
    io::Result<std::uint64_t> size_of(std::uint8_t bar, Space where) const noexcept {
        void* resources = nullptr;
        const auto got = protocol_->get_bar_attributes(protocol_, bar, nullptr, &resources);
        if (auto asked = done(got); !asked)
            return io::fail(asked.error());
        if (resources == nullptr)
            return io::fail(io::Error::invalid_argument);
        const auto* const bytes = static_cast<const std::uint8_t*>(resources);
        const auto number = [&](std::size_t at) {
            std::uint64_t value = 0;
            for (std::size_t i = 8; i-- != 0;)
                value = value << 8 | bytes[at + i];
            return value;
        };
        const bool whole =
            bytes[0] == 0x8a && bytes[1] == 0x2b && bytes[2] == 0 && bytes[46] == 0x79;
        const std::uint8_t kind = whole ? bytes[3] : std::uint8_t{0xff};
        const std::uint64_t address = whole ? number(14) : 0;
        const std::uint64_t size = whole ? number(38) : 0;
        static_cast<void>(boot_->free_pool(resources));
        if (kind != 0 && kind != 1)
            return io::fail(io::Error::invalid_argument);
        if ((kind == 1) != (where == Space::ports))
            return io::fail(io::Error::unsupported);
        if (!std::has_single_bit(size) || address % size != 0 ||
            size > static_cast<std::size_t>(-1))
            return io::fail(io::Error::invalid_argument);
        return size;
    }

    PciIoProtocol* protocol_;
    BootServices* boot_;
    mutable io::Error first_error_{};
};

// Addresses are offsets into the BAR.
template <Space Where>
struct BarBackend {
    template <class T>
    using View = BarView<Where, T>;
    static constexpr std::endian order = std::endian::little;
    static constexpr bool ordered = PciIo::ordered;

    template <class T>
    static constexpr io::IoPtr<T> as_ptr(BarView<Where, T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    static constexpr BarView<Where, U> project_view(BarView<Where, T> view,
                                                    io::IoPtr<U> ptr) noexcept {
        return {view.function_, view.bar_, ptr};
    }

    template <class W>
        requires(std::unsigned_integral<W> && (Where == Space::memory || sizeof(W) <= 4))
    [[nodiscard]] static io::Result<W> try_io_read(BarView<Where, W> view) noexcept {
        W word = 0;
        const auto status = access(view).read(
            &view.function_->protocol(), width_of<W>, view.bar_, view.ptr_.address, 1, &word);
        return PciIo::done(status).transform([&] { return word; });
    }
    template <class W>
        requires(std::unsigned_integral<W> && (Where == Space::memory || sizeof(W) <= 4))
    [[nodiscard]] static io::Result<> try_io_write(BarView<Where, W> view, W word) noexcept {
        return PciIo::done(access(view).write(
            &view.function_->protocol(), width_of<W>, view.bar_, view.ptr_.address, 1, &word));
    }
    template <class W>
        requires(std::unsigned_integral<W> && (Where == Space::memory || sizeof(W) <= 4))
    static W io_read(BarView<Where, W> view) noexcept {
        const auto word = try_io_read<W>(view);
        if (!word)
            view.function_->keep(word.error());
        return word.value_or(static_cast<W>(~W{0}));
    }
    template <class W>
        requires(std::unsigned_integral<W> && (Where == Space::memory || sizeof(W) <= 4))
    static void io_write(BarView<Where, W> view, W word) noexcept {
        if (auto done = try_io_write<W>(view, word); !done)
            view.function_->keep(done.error());
    }

private:
    template <class T>
    static const PciIoProtocol::Access& access(BarView<Where, T> view) noexcept {
        const PciIoProtocol& protocol = view.function_->protocol();
        return Where == Space::memory ? protocol.mem : protocol.io;
    }
};

// A BAR, or a part of one. It holds a pointer to the function.
template <Space Where, class T>
class BarView : public io::Io<BarView<Where, T>, BarBackend<Where>, T> {
public:
    [[nodiscard]] constexpr BarView as_view() const noexcept { return *this; }
    friend constexpr bool operator==(BarView a, BarView b) noexcept {
        return a.function_ == b.function_ && a.bar_ == b.bar_ && a.ptr_ == b.ptr_;
    }

private:
    friend PciIo;
    friend BarBackend<Where>;
    constexpr BarView(const PciIo* function, std::uint8_t bar, io::IoPtr<T> ptr) noexcept
        : function_(function), ptr_(ptr), bar_(bar) {}

    const PciIo* function_;
    io::IoPtr<T> ptr_;
    std::uint8_t bar_;
};

// Memory that function and CPU use at the same time. The firmware says where the function sees it,
// and keeps a mapping that has to be ended: so many are kept at a time.
class Dma {
public:
    explicit Dma(const PciIo& function) noexcept : protocol_(&function.protocol()) {}

    // no_memory when the firmware has none, too many are in use, or it maps less than was asked;
    // unsupported for an alignment beyond a page.
    io::Result<io::DmaRegion>
    allocate(std::size_t bytes, std::size_t align, io::DmaAttrs) noexcept {
        if (align > page)
            return io::fail(io::Error::unsupported);
        Mapped* const slot = find(nullptr);
        if (slot == nullptr || bytes == 0 || bytes > static_cast<std::size_t>(-1) - page)
            return io::fail(io::Error::no_memory);
        constexpr std::uint32_t any_pages = 0, boot_services_data = 4;
        void* host = nullptr;
        const auto got = protocol_->allocate_buffer(
            protocol_, any_pages, boot_services_data, pages_of(bytes), &host, 0);
        if (got != success || host == nullptr)
            return io::fail(got != success ? error_of(got) : io::Error::no_memory);
        std::uintptr_t mapped = bytes;
        std::uint64_t device = 0;
        void* mapping = nullptr;
        const auto done = protocol_->map(
            protocol_, MapOperation::common_buffer, host, &mapped, &device, &mapping);
        if (done == success && mapped >= bytes) {
            *slot = {host, mapping};
            return io::DmaRegion{host, device};
        }
        if (done == success)
            static_cast<void>(protocol_->unmap(protocol_, mapping));
        static_cast<void>(protocol_->free_buffer(protocol_, pages_of(bytes), host));
        return io::fail(done != success ? error_of(done) : io::Error::no_memory);
    }
    void free(io::DmaRegion region, std::size_t bytes) noexcept {
        if (Mapped* const slot = find(region.cpu)) {
            static_cast<void>(protocol_->unmap(protocol_, slot->mapping));
            static_cast<void>(protocol_->free_buffer(protocol_, pages_of(bytes), slot->host));
            *slot = {};
        }
    }
    // The mapping reaches whatever the function reaches: 32 bits, where it has not said more.
    [[nodiscard]] io::DmaMask mask() const noexcept { return io::DmaMask::of<32>(); }

private:
    static constexpr std::size_t page = 4'096;
    static constexpr std::size_t pages_of(std::size_t bytes) noexcept {
        return (bytes + page - 1) / page;
    }

    struct Mapped {
        void* host = nullptr; // of a slot that is free
        void* mapping = nullptr;
    };
    Mapped* find(void* host) noexcept {
        for (Mapped& each : slots_) {
            if (each.host == host)
                return &each;
        }
        return nullptr;
    }

    PciIoProtocol* protocol_;
    Mapped slots_[8]{};
};

// Microseconds that the firmware was asked to wait: a clock that polls.
class StallClock {
public:
    explicit StallClock(BootServices& boot) noexcept : boot_(&boot) {}
    [[nodiscard]] std::uint64_t now() const noexcept { return now_; }
    void sleep_for(std::uint64_t microseconds) noexcept {
        static_cast<void>(boot_->stall(static_cast<std::uintptr_t>(microseconds)));
        now_ += microseconds;
    }

private:
    BootServices* boot_;
    std::uint64_t now_ = 0;
};

} // namespace uefi
