// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Device: a simulated device made of callbacks. Each register is declared; what a driver does to a
// place that is none, or in another width, is a failure with a text that says where.
//
//   io::testing::Device dev{0x100};
//   dev.reg("id", 0x00).holds(0x0100'00ed).read_only();
//   dev.reg("liveness", 0x04).on_write([](auto& value, auto written) { value = ~written; });
//   dev.reg<Status>("status").holds(1).on_read(io::testing::ready_after(3, 0));
//   driver::start(dev.view<MyDevice>());
//
// Registers are little-endian and as wide as declared; values in callbacks are plain numbers.

#if !__STDC_HOSTED__
#error "ioview/testing/device.hpp needs a hosted implementation"
#endif

#include <ioview/io.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/register/location.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/register/register_options.hpp>
#include <ioview/testing/access.hpp>
#include <ioview/testing/access_log.hpp>
#include <ioview/testing/device_register.hpp>
#include <ioview/testing/device_view.hpp>
#include <ioview/testing/failure.hpp>
#include <ioview/testing/garbage.hpp>
#include <ioview/testing/register_bits.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ioview::testing {

// Views hold a pointer to it: it stays where it is while they are used. Callbacks run inside the
// access, may look at and set other registers of the device, and must not throw. For one thread.
class Device : ioview::detail::methods::NoTypedViewsOfATemporary {
public:
    using ioview::detail::methods::NoTypedViewsOfATemporary::view;
    using Backend = DeviceBackend;
    using ReadRange = std::function<std::uint64_t(std::size_t offset, std::size_t width)>;
    using WriteRange =
        std::function<void(std::size_t offset, std::size_t width, std::uint64_t value)>;

    // So many bytes, of which none is anything until it is declared.
    explicit Device(std::size_t bytes) : bytes_(bytes) {}
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    // ---- what the device is ----

    // A register, width bytes wide, that holds what is written to it, and zero before. Further
    // widths are added by also_width(). The reference stays valid.
    DeviceRegister& reg(std::string name, std::size_t offset, std::size_t width = 4) {
        check_place(name, offset, width);
        if (width != 1 && width != 2 && width != 4 && width != 8)
            misuse(name + ": a register is 1, 2, 4 or 8 bytes wide");
        places_.push_back(
            {offset, width, std::make_unique<DeviceRegister>(std::move(name), width), {}, {}});
        return *places_.back().single;
    }
    // A register type with a fixed location: its place and width, and what its access kinds say of
    // each bit. A flag of w1c is cleared by a one alone, ro keeps what the device put there, rc is
    // gone once it was read, wo reads as zero; bits without a field are of the register's kind. Of
    // bits that are read as one field and written as another, write_side() has what was written. A
    // register that is ro or rc as a whole refuses writes, one that is wo reads, and a reserved bit
    // that is written as it must not be is a failure, and the write changes nothing. It holds what
    // io::reset<value> says, or R::reset_value of the user's own, a number as the manual prints it,
    // else zero, but for ones in bits of rsvdo.
    template <class R>
    DeviceRegister& reg(std::string name) {
        constexpr auto place = R::Register::Location::io_place;
        static_assert(place.is_one_place(),
                      "ioview: testing::Device takes the offset from registers at io::fixed; of "
                      "others give R::at(i) or R::of<Base>(), too");
        return declare<R>(std::move(name), place.offset);
    }
    // The same of one element of a register array, Irq::at(3), and of a relative register at its
    // base, Ctrl::of<Channel1>().
    template <class At>
        requires ioview::detail::is_own_location<At>
    DeviceRegister& reg(std::string name, At at) {
        return declare<typename At::Register>(std::move(name), at.offset());
    }

    // Places from offset on that one pair of callbacks answers for, in every width. Offsets in
    // callbacks count from the start of the device.
    void range(
        std::string name, std::size_t offset, std::size_t bytes, ReadRange read, WriteRange write) {
        check_place(name, offset, bytes);
        auto named = std::make_unique<DeviceRegister>(std::move(name), 0);
        places_.push_back({offset, bytes, std::move(named), std::move(read), std::move(write)});
    }

    // Plain memory, of any width of access, and of any content. The bytes stay where they are.
    unsigned char* memory(std::string name, std::size_t offset, std::size_t bytes) {
        memories_.push_back(std::make_unique<unsigned char[]>(bytes));
        unsigned char* const first = memories_.back().get();
        Garbage garbage{default_seed};
        for (std::size_t i = 0; i < bytes; ++i)
            first[i] = garbage.next_byte();
        range(
            std::move(name),
            offset,
            bytes,
            [=](std::size_t at, std::size_t width) {
                std::uint64_t value = 0;
                for (std::size_t i = 0; i < width; ++i)
                    value |= std::uint64_t{first[at - offset + i]} << 8 * i;
                return value;
            },
            [=](std::size_t at, std::size_t width, std::uint64_t value) {
                for (std::size_t i = 0; i < width; ++i)
                    first[at - offset + i] = static_cast<unsigned char>(value >> 8 * i);
            });
        return first;
    }

    // Who hears of what a driver must not do, instead of the handler that all doubles share
    // (failure.hpp). A failing read gives all ones, a failing write changes nothing.
    void on_failure(std::function<void(const std::string&)> report) { report_ = std::move(report); }

    // For callbacks that find a driver doing what it must not.
    void report_failure(const std::string& text) {
        if (report_)
            return report_(text);
        detail::failure_handler(("Device: " + text).c_str());
    }

    // Each register as it is after a reset; ranges are not.
    void reset() {
        for (Place& place : places_)
            place.single->reset();
    }

    // ---- what drivers get ----

    // The device as a T: an object or array at its start, a slice of all the elements that fit, a
    // region of all of it. Panics when it is smaller than that.
    template <class T>
    [[nodiscard]] DeviceView<T> view() & noexcept {
        if (bytes_ < min_size_of<T>)
            panic("ioview: Device::view: the target is larger than the device");
        return {this, {0, ioview::detail::extent_for<T>(bytes_)}};
    }
    [[nodiscard]] std::size_t size_bytes() const noexcept { return bytes_; }

    // ---- one access, as the views make it ----

    // width bytes at offset. An access that the device does not take is a failure: a read of it
    // gives all ones, a write changes nothing.
    [[nodiscard]] std::uint64_t read(std::size_t offset, std::size_t width) {
        const std::uint64_t ones = ~std::uint64_t{0} >> (64 - 8 * width);
        Place* const place = find({Op::read, offset, narrow_width(width), ones});
        if (place == nullptr)
            return ones;
        return (place->read ? place->read(offset, width)
                            : place->single->read(offset - place->offset, width)) &
               ones;
    }
    void write(std::size_t offset, std::size_t width, std::uint64_t value) {
        const Access access{Op::write, offset, narrow_width(width), value};
        Place* const place = find(access);
        if (place == nullptr)
            return;
        if (place->write)
            return place->write(offset, width, value);
        DeviceRegister& single = *place->single;
        const std::size_t at = offset - place->offset;
        if (const std::uint64_t wrong = single.wrong_bits(at, width, value); wrong != 0)
            return report(access, single.name() + ": reserved bits are wrong: " + hex(wrong));
        single.write(at, width, value);
    }

private:
    struct Place {
        std::size_t offset;
        std::size_t bytes;
        std::unique_ptr<DeviceRegister> single; // of a range its name only
        ReadRange read;
        WriteRange write;
    };

    static constexpr std::uint8_t narrow_width(std::size_t width) noexcept {
        return static_cast<std::uint8_t>(width);
    }

    template <class R>
    DeviceRegister& declare(std::string name, std::size_t offset) {
        DeviceRegister& made = reg(std::move(name), offset, sizeof(R));
        constexpr RegisterBits bits = register_bits<R>();
        made.bits(bits);
        if constexpr (ioview::detail::states_reset<R>) {
            std::uint64_t reset = ioview::detail::reset_value_of<R>();
            if constexpr (R::Register::io_is_big)
                reset = __builtin_bswap64(reset) >> (64 - 8 * sizeof(R));
            made.resets_to(reset);
        } else {
            made.resets_to(bits.reserved_ones());
        }
        if constexpr (!R::Register::writable)
            made.read_only();
        if constexpr (!R::Register::readable)
            made.write_only();
        return made;
    }

    // The place that answers an access, null after a failure.
    Place* find(const Access& access) {
        for (Place& place : places_) {
            if (access.address + access.width <= place.offset ||
                access.address >= place.offset + place.bytes)
                continue;
            const std::string what = refusal(place, access);
            if (what.empty())
                return &place;
            report(access, what);
            return nullptr;
        }
        report(access, "nothing is declared there");
        return nullptr;
    }
    static std::string refusal(const Place& place, const Access& access) {
        const DeviceRegister& single = *place.single;
        const bool is_range = place.read || place.write;
        const bool is_inside = access.address >= place.offset &&
                               access.address + access.width <= place.offset + place.bytes;
        if (is_range && !is_inside)
            return "it runs over the edge of " + single.name();
        if (!is_range &&
            (access.address < place.offset ||
             !single.takes(static_cast<std::size_t>(access.address - place.offset), access.width)))
            return single.name() + " is at " + hex(place.offset) + " and " +
                   std::to_string(8 * place.bytes) + " bits wide";
        const bool can = is_range ? (access.op == Op::read ? bool(place.read) : bool(place.write))
                                  : (access.op == Op::read ? single.readable() : single.writable());
        if (!can)
            return single.name() + (access.op == Op::read ? " is write-only" : " is read-only");
        return "";
    }

    void report(const Access& access, const std::string& what) {
        std::string text = to_string(access);
        if (access.op == Op::read) // what it gives is no news
            text.erase(text.find(" ->"));
        report_failure(text + ": " + what);
    }
    void check_place(const std::string& name, std::size_t offset, std::size_t bytes) {
        if (bytes == 0 || !ioview::detail::fits(offset, bytes, bytes_))
            misuse(name + ": it is not inside the device");
        for (const Place& place : places_) {
            if (offset < place.offset + place.bytes && place.offset < offset + bytes)
                misuse(name + ": it overlaps " + place.single->name());
        }
    }
    // A double that contradicts itself is of no use to any test.
    [[noreturn]] static void misuse(const std::string& text) {
        std::fprintf(stderr, "Device: %s\n", text.c_str());
        std::abort();
    }
    static std::string hex(std::uint64_t number) {
        char text[2 + 2 * sizeof number + 1];
        std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(number));
        return text;
    }

    std::size_t bytes_;
    std::vector<Place> places_;
    std::vector<std::unique_ptr<unsigned char[]>> memories_;
    std::function<void(const std::string&)> report_;
};

template <class W>
    requires(std::unsigned_integral<W> && sizeof(W) <= 8)
W DeviceBackend::io_read(DeviceView<W> view) noexcept {
    return static_cast<W>(view.device_->read(view.ptr_.address, sizeof(W)));
}
template <class W>
    requires(std::unsigned_integral<W> && sizeof(W) <= 8)
void DeviceBackend::io_write(DeviceView<W> view, W word) noexcept {
    view.device_->write(view.ptr_.address, sizeof(W), word);
}

} // namespace ioview::testing
