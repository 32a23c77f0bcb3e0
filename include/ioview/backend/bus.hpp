// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// BusView: the registers of a device behind I2C, SPI, SMBus or MDIO. One access is one transaction
// of the bus, and a copy is one too where the device counts on by itself.
//
//   constexpr io::BusFormat tmp102{.register_bytes = 2, .increments = false};
//   auto sensor = io::on_bus<Tmp102, tmp102>(i2c);            // i2c: the user's, or linux/i2c.hpp
//   io::Result<Temperature> now = sensor.try_read<Temperature>();
//
// What failed is said by the try_ forms, in the bus' own words; a plain read gives all ones.
// Nothing is tried again here: how often is for the bus to say, which knows what a NAK means.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/span.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace ioview {

// One transaction each, to the one device that the object stands for: address is what goes out
// first, its most significant byte as the format has it, then the data, without a stop between
// (I2C: a repeated start; SPI: one chip select). All of it, or an error.
template <class Bus>
concept RegisterBus = requires(
    Bus& bus, Span<const std::byte> address, Span<std::byte> to, Span<const std::byte> from) {
    { bus.read(address, to) } -> std::same_as<Result<>>;
    { bus.write(address, from) } -> std::same_as<Result<>>;
};

// How a device's registers go over the wire. As most of I2C are, where nothing else is said.
struct BusFormat {
    unsigned address_bits = 8;            // of the number of a register, 1 to 32
    unsigned register_bytes = 1;          // 1, 2 or 4; a target lists registers, so many bytes each
    std::endian order = std::endian::big; // of the bytes of a register
    std::endian address_order = std::endian::big; // of the bytes of its number
    bool counts_bytes = false;    // numbers are offsets in bytes, else they count registers
    bool increments = true;       // what follows in a transaction is the next register's
    std::uint32_t read_bits = 0;  // set in the number when it is read, as SPI's R/W bit
    std::uint32_t write_bits = 0; // when it is written
    std::uint32_t burst_bits = 0; // when more than one register is
    unsigned dummy_bytes = 0;     // zeros behind the number when it is read, up to 4

    // Of a number and its flags.
    [[nodiscard]] constexpr std::size_t address_bytes() const noexcept {
        const std::uint32_t flags = read_bits | write_bits | burst_bits;
        const auto flag_bits = static_cast<unsigned>(std::bit_width(flags));
        return ((flag_bits > address_bits ? flag_bits : address_bits) + 7) / 8;
    }
    // How far numbers reach, in bytes of registers.
    [[nodiscard]] constexpr std::size_t size_bytes() const noexcept {
        const std::uint64_t bytes =
            (std::uint64_t{1} << address_bits) * (counts_bytes ? 1 : register_bytes);
        constexpr std::uint64_t most = std::numeric_limits<std::size_t>::max();
        return static_cast<std::size_t>(bytes < most ? bytes : most);
    }
    [[nodiscard]] constexpr bool is_right() const noexcept {
        const std::uint64_t flags = std::uint64_t{read_bits} | write_bits | burst_bits;
        return address_bits >= 1 && address_bits <= 32 &&
               (register_bytes == 1 || register_bytes == 2 || register_bytes == 4) &&
               (flags & ((std::uint64_t{1} << address_bits) - 1)) == 0 && dummy_bytes <= 4;
    }
};

template <class Bus, BusFormat Format, class T>
class BusView;

namespace detail::bus {

// What goes out before the data.
template <BusFormat Format>
class Head {
public:
    constexpr Head(std::uintptr_t address, std::size_t bytes, bool reads) noexcept {
        auto number = static_cast<std::uint32_t>(
            Format.counts_bytes ? address : address / Format.register_bytes);
        number |= reads ? Format.read_bits : Format.write_bits;
        if (bytes > Format.register_bytes)
            number |= Format.burst_bits;
        constexpr std::size_t size = Format.address_bytes();
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t shift = Format.address_order == std::endian::big ? size - 1 - i : i;
            bytes_[i] = static_cast<std::byte>(number >> (8 * shift) & 0xff);
        }
        size_ = size + (reads ? Format.dummy_bytes : 0);
    }
    constexpr operator Span<const std::byte>() const noexcept { return {bytes_, size_}; }

private:
    std::byte bytes_[8]{};
    std::size_t size_ = 0;
};

template <class Bus, BusFormat Format>
struct Transfers {
    template <class T>
    [[nodiscard]] static constexpr Result<> out(BusView<Bus, Format, T> view,
                                                Span<std::byte> to) noexcept {
        const Head<Format> head{view.ptr_.address, to.size(), true};
        if constexpr (RegisterBus<Bus>) // refused by on_bus, where not
            return view.bus_->read(head, to);
        else
            return {};
    }
    template <class T>
    [[nodiscard]] static constexpr Result<> in(BusView<Bus, Format, T> view,
                                               Span<const std::byte> from) noexcept {
        const Head<Format> head{view.ptr_.address, from.size(), false};
        if constexpr (RegisterBus<Bus>)
            return view.bus_->write(head, from);
        else
            return {};
    }
};

// All of a copy in one transaction, where the device counts on. The widths of single accesses say
// which copies are of whole registers.
template <class Bus, BusFormat Format, bool Increments>
struct Bursts {};
template <class Bus, BusFormat Format>
struct Bursts<Bus, Format, true> {
    [[nodiscard]] static constexpr Result<> try_copy_from_io(BusView<Bus, Format, std::byte[]> view,
                                                             std::byte* to) noexcept {
        return Transfers<Bus, Format>::out(view, {to, view.size_bytes()});
    }
    [[nodiscard]] static constexpr Result<> try_copy_to_io(BusView<Bus, Format, std::byte[]> view,
                                                           const std::byte* from) noexcept {
        return Transfers<Bus, Format>::in(view, {from, view.size_bytes()});
    }
};

} // namespace detail::bus

// The tag of BusView: each access is one transaction of Bus, and its errors are those of the try_
// forms.
template <class Bus, BusFormat Format = BusFormat{}>
struct BusBackend : detail::bus::Bursts<Bus, Format, Format.increments> {
private:
    using Transfers = detail::bus::Transfers<Bus, Format>;
    // Where the byte of this weight is.
    static constexpr std::size_t place(std::size_t i, std::size_t bytes) noexcept {
        return Format.order == std::endian::big ? bytes - 1 - i : i;
    }

public:
    template <class T>
    using View = BusView<Bus, Format, T>;
    static constexpr std::endian order = Format.order;

    // One register, or several in a row where the device counts on.
    template <class W>
    static constexpr bool has_width = sizeof(W) == Format.register_bytes ||
                                      (Format.increments && sizeof(W) > Format.register_bytes);

    template <class T>
    static constexpr IoPtr<T> as_ptr(BusView<Bus, Format, T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    static constexpr BusView<Bus, Format, U> project_view(BusView<Bus, Format, T> view,
                                                          IoPtr<U> ptr) noexcept {
        return {view.bus_, ptr};
    }

    template <class W>
        requires(has_width<W>)
    [[nodiscard]] static constexpr Result<W> try_io_read(BusView<Bus, Format, W> view) noexcept {
        std::byte wire[sizeof(W)]{};
        const Result<> done = Transfers::out(view, wire);
        if (!done)
            return fail(done.error());
        W word = 0;
        for (std::size_t i = 0; i < sizeof(W); ++i)
            word = static_cast<W>(
                word | static_cast<W>(static_cast<W>(wire[place(i, sizeof(W))]) << (8 * i)));
        return word;
    }
    template <class W>
        requires(has_width<W>)
    [[nodiscard]] static constexpr Result<> try_io_write(BusView<Bus, Format, W> view,
                                                         W word) noexcept {
        std::byte wire[sizeof(W)]{};
        for (std::size_t i = 0; i < sizeof(W); ++i)
            wire[place(i, sizeof(W))] = static_cast<std::byte>(word >> (8 * i) & 0xff);
        return Transfers::in(view, wire);
    }
    template <class W>
        requires(has_width<W>)
    static constexpr W io_read(BusView<Bus, Format, W> view) noexcept {
        return try_io_read<W>(view).value_or(static_cast<W>(~W{0}));
    }
    template <class W>
        requires(has_width<W>)
    static constexpr void io_write(BusView<Bus, Format, W> view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }
};

// Holds a pointer to the bus.
template <class Bus, BusFormat Format, class T>
class BusView : public Io<BusView<Bus, Format, T>, BusBackend<Bus, Format>, T> {
public:
    [[nodiscard]] constexpr BusView as_view() const noexcept { return *this; }

    friend constexpr bool operator==(BusView a, BusView b) noexcept {
        return a.bus_ == b.bus_ && a.ptr_ == b.ptr_;
    }

private:
    friend BusBackend<Bus, Format>;
    friend detail::bus::Transfers<Bus, Format>;
    template <class U, BusFormat F, class B>
    friend constexpr BusView<B, F, U> on_bus(B& bus) noexcept;
    template <class U, BusFormat F, class B>
    friend constexpr Result<BusView<B, F, U>> on_bus(B& bus, std::size_t size) noexcept;

    constexpr BusView(Bus* bus, IoPtr<T> ptr) noexcept : bus_(bus), ptr_(ptr) {}

    Bus* bus_;
    IoPtr<T> ptr_;
};

// The registers of the device as a T, from number 0: an object or array, or all that its numbers
// reach.
template <class T, BusFormat Format = BusFormat{}, class Bus>
[[nodiscard]] constexpr BusView<Bus, Format, T> on_bus(Bus& bus) noexcept {
    constexpr bool is_bus = RegisterBus<Bus>;
    static_assert(is_bus,
                  "ioview: this is no bus of registers; it has Result<> read(Span<const std::byte> "
                  "address, Span<std::byte> to) and Result<> write(Span<const std::byte> address, "
                  "Span<const std::byte> from)");
    constexpr bool is_format = Format.is_right();
    static_assert(
        is_format,
        "ioview: this is no format of a bus; 1 to 32 address bits, registers of 1, 2 or 4 bytes, "
        "flags above the address, and up to 4 dummy bytes");
    constexpr bool is_reached = min_size_of<T> <= Format.size_bytes();
    static_assert(is_reached || !is_format,
                  "ioview: the addresses of this bus do not reach as far as the target goes; view "
                  "the part that they reach");
    return {&bus, {0, detail::extent_for<T>(Format.size_bytes())}};
}
// The first so many bytes of them; out_of_bounds when T needs more, or the numbers reach less.
template <class T, BusFormat Format = BusFormat{}, class Bus>
[[nodiscard]] constexpr Result<BusView<Bus, Format, T>> on_bus(Bus& bus,
                                                               std::size_t size) noexcept {
    if (size < min_size_of<T> || size > Format.size_bytes())
        return fail(Error::out_of_bounds);
    return BusView<Bus, Format, T>{&bus, {0, detail::extent_for<T>(size)}};
}
template <class T, BusFormat Format = BusFormat{}, RegisterBus Bus, class... Size>
void on_bus(const Bus&& bus, Size... size)
    IOVIEW_REFUSED("ioview: the bus would end before its view; give the bus a name");

} // namespace ioview
