// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/device.hpp>
// Part of <ioview/testing/device.hpp>, which is the one to include.
#pragma once
// DeviceRegister: what one register of a testing::Device does when it is read and written, by the
// access kinds of its bits and by callbacks, and the usual answers ready made: w1c, clear_on_read,
// counts, ready_after, Countdown, Fifo, InterruptLine.
//
//   dev.reg("irq status", 0x24).holds(0x101).bits(io::Access::w1c, 0x1ff);
//   dev.reg("status", 0x20).on_read(io::testing::ready_after(2, 0x0));
//   io::testing::Fifo rx{16};
//   dev.reg("data", 0x00).on_read(rx.pop()).on_write([&](auto&, auto sent) { line.push(sent); });

#if !__STDC_HOSTED__
#error "ioview/testing/device_register.hpp needs a hosted implementation"
#endif

#include <ioview/register/access_kind.hpp>
#include <ioview/testing/register_bits.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <utility>

// As in register/access_kind.hpp.
#pragma push_macro("w1c")
#undef w1c

namespace ioview::testing {

// Each bit of a register, as a mask.
inline constexpr std::uint64_t all_bits = ~std::uint64_t{0};

// Written ones of mask clear what is stored; other bits are stored.
struct WriteOneToClear {
    std::uint64_t mask;

    void operator()(std::uint64_t& value, std::uint64_t written) const {
        value = (value & mask & ~written) | (written & ~mask);
    }
};
[[nodiscard]] inline WriteOneToClear w1c(std::uint64_t mask = all_bits) {
    return {mask};
}

class DeviceRegister {
public:
    // Gets the stored value, which it may change, and returns what the driver reads.
    using OnRead = std::function<std::uint64_t(std::uint64_t& value)>;
    // Gets the stored value, which it may change, and what the driver wrote.
    using OnWrite = std::function<void(std::uint64_t& value, std::uint64_t written)>;

    DeviceRegister(std::string name, std::size_t width)
        : name_(std::move(name)),
          width_(width),
          widths_(width),
          mask_(width == 0 ? 0 : all_bits >> (64 - 8 * width)) {}
    DeviceRegister(const DeviceRegister&) = delete;
    DeviceRegister& operator=(const DeviceRegister&) = delete;

    // The stored value, now and as often as the device changes it by itself.
    DeviceRegister& holds(std::uint64_t value) {
        value_ = value & mask_;
        return *this;
    }
    // What it holds now and after each reset().
    DeviceRegister& resets_to(std::uint64_t value) {
        reset_value_ = value & mask_;
        return holds(value);
    }
    DeviceRegister& reset() {
        write_side_ = 0;
        return holds(reset_value_);
    }

    // Bits under mask do what that access kind says, as those of reg<R>() do by themselves.
    DeviceRegister& bits(ioview::Access kind, std::uint64_t mask) {
        kinds_.set(kind, mask & mask_);
        knows_bits_ = true;
        return *this;
    }
    DeviceRegister& bits(const RegisterBits& kinds) {
        kinds_ = kinds;
        knows_bits_ = true;
        return *this;
    }

    // Before bits act: what f returns is what there is to see.
    DeviceRegister& on_read(OnRead f) {
        on_read_ = std::move(f);
        return *this;
    }
    // Where the bits are known (reg<R>(), bits()): after they have acted; before() is what it held
    // in front of that. Else instead of storing what is written.
    DeviceRegister& on_write(OnWrite f) {
        on_write_ = std::move(f);
        return *this;
    }
    // What the bits do, instead of what was known of them, and of a callback from before.
    DeviceRegister& on_write(WriteOneToClear rule) {
        kinds_ = {};
        on_write_ = nullptr;
        return bits(ioview::Access::write_one_to_clear, rule.mask);
    }
    // The other direction is a failure.
    DeviceRegister& read_only() {
        writable_ = false;
        return *this;
    }
    DeviceRegister& write_only() {
        readable_ = false;
        return *this;
    }
    // Accesses of width bytes are answered too, as long as they begin where the register does.
    DeviceRegister& also_width(std::size_t width) {
        widths_ |= width;
        return *this;
    }
    // Every narrower access inside it is answered too, at a multiple of its width, as byte enables
    // have it: other bytes are neither changed nor consumed.
    DeviceRegister& also_parts() {
        has_parts_ = true;
        return *this;
    }

    // What it holds, and held before the write that is under way; how often it was read and
    // written; what was declared.
    [[nodiscard]] std::uint64_t value() const noexcept { return value_; }
    [[nodiscard]] std::uint64_t before() const noexcept { return before_; }
    // What was written to bits that mean another thing when they are read: value() has that.
    [[nodiscard]] std::uint64_t write_side() const noexcept { return write_side_; }
    [[nodiscard]] unsigned reads() const noexcept { return reads_; }
    [[nodiscard]] unsigned writes() const noexcept { return writes_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] bool readable() const noexcept { return readable_; }
    [[nodiscard]] bool writable() const noexcept { return writable_; }
    // An access of width bytes, so many bytes into it, is answered.
    [[nodiscard]] bool takes(std::size_t at, std::size_t width) const noexcept {
        if (at == 0 && (widths_ & width) != 0)
            return true;
        return has_parts_ && width < width_ && at % width == 0 && at + width <= width_;
    }

    // One access by a driver, of width bytes from byte `at` on.
    std::uint64_t read(std::size_t at, std::size_t width) {
        ++reads_;
        const std::uint64_t seen = on_read_ ? on_read_(value_) : value_;
        value_ &= mask_ & ~kinds_.consumed(seen, lanes(at, width));
        return (kinds_.read(seen) & mask_) >> (8 * at);
    }
    void write(std::size_t at, std::size_t width, std::uint64_t word) {
        ++writes_;
        before_ = value_;
        const std::uint64_t written = word << (8 * at);
        write_side_ = kinds_.write_side(write_side_, written, lanes(at, width));
        if (knows_bits_ || !on_write_)
            value_ = kinds_.written(value_, written, lanes(at, width));
        if (on_write_)
            on_write_(value_, written);
        value_ &= mask_;
    }
    // Reserved bits that a write has as it must not.
    [[nodiscard]] std::uint64_t
    wrong_bits(std::size_t at, std::size_t width, std::uint64_t word) const noexcept {
        return kinds_.wrong(word << (8 * at), lanes(at, width));
    }

private:
    [[nodiscard]] std::uint64_t lanes(std::size_t at, std::size_t width) const noexcept {
        return (all_bits >> (64 - 8 * width)) << (8 * at) & mask_;
    }

    std::string name_;
    std::size_t width_;
    std::size_t widths_; // the allowed widths, each a bit of its own
    std::uint64_t mask_; // of the bits that there are
    RegisterBits kinds_;
    std::uint64_t value_ = 0;
    std::uint64_t before_ = 0;
    std::uint64_t write_side_ = 0;
    std::uint64_t reset_value_ = 0;
    unsigned reads_ = 0;
    unsigned writes_ = 0;
    bool knows_bits_ = false;
    bool has_parts_ = false;
    bool readable_ = true;
    bool writable_ = true;
    OnRead on_read_;
    OnWrite on_write_;
};

// Bits of mask are gone once they were read.
inline DeviceRegister::OnRead clear_on_read(std::uint64_t mask = all_bits) {
    return [=](std::uint64_t& value) {
        const std::uint64_t seen = value;
        value &= ~mask;
        return seen;
    };
}

// Each read finds it step further.
inline DeviceRegister::OnRead counts(std::uint64_t step = 1) {
    return [=](std::uint64_t& value) {
        const std::uint64_t seen = value;
        value += step;
        return seen;
    };
}

// n reads find what the register holds; from then on it holds `ready`.
inline DeviceRegister::OnRead ready_after(unsigned n, std::uint64_t ready) {
    return [=, left = n, done = false](std::uint64_t& value) mutable {
        if (left != 0) {
            --left;
        } else if (!done) {
            value = ready;
            done = true;
        }
        return value;
    };
}

// Work that a command starts and that is done when a driver has looked often enough. It outlives
// the callbacks that it gives.
//
//   Countdown busy;
//   auto& status = dev.reg("status", 0x20).on_read(busy.looked_at());
//   dev.reg("go", 0x08).on_write([&](auto&, auto) {
//       status.holds(1);
//       busy.start(3, [&] { status.holds(0); });   // three reads see a 1
//   });
class Countdown {
public:
    Countdown() = default;
    Countdown(const Countdown&) = delete;
    Countdown& operator=(const Countdown&) = delete;

    // done runs once, in front of the read after the next n. What was under way is forgotten.
    void start(unsigned n, std::function<void()> done) {
        left_ = n;
        done_ = std::move(done);
    }
    [[nodiscard]] bool is_running() const noexcept { return done_ != nullptr; }
    // One look, for more than one register too.
    void look() {
        if (!is_running())
            return;
        if (left_ != 0)
            --left_;
        else
            std::exchange(done_, nullptr)();
    }
    // For on_read.
    [[nodiscard]] DeviceRegister::OnRead looked_at() {
        return [this](std::uint64_t& value) {
            look();
            return value;
        };
    }

private:
    unsigned left_ = 0;
    std::function<void()> done_;
};

// A level-triggered interrupt: f(level) hears of each change.
class InterruptLine {
public:
    // Who is told when the level changes, and the level; there is no call where it stays.
    void on_change(std::function<void(bool)> f) { on_change_ = std::move(f); }
    void set(bool level) {
        if (level == std::exchange(level_, level))
            return;
        if (on_change_)
            on_change_(level);
    }
    [[nodiscard]] bool is_high() const noexcept { return level_; }

private:
    bool level_ = false;
    std::function<void(bool)> on_change_;
};

// A queue of at most `depth` values, as hardware has them: what comes when it is full is lost, and
// an empty one reads as zero; both are counted. It outlives the callbacks that it gives.
class Fifo {
public:
    explicit Fifo(std::size_t depth) : depth_(depth) {}
    Fifo(const Fifo&) = delete;
    Fifo& operator=(const Fifo&) = delete;

    // One in at the end, one out at the front; past its depth, or of an empty one, nothing but the
    // count of overruns or underruns changes.
    void push(std::uint64_t value) {
        if (values_.size() < depth_)
            values_.push_back(value);
        else
            ++overruns_;
    }
    std::uint64_t take() {
        if (values_.empty()) {
            ++underruns_;
            return 0;
        }
        const std::uint64_t value = values_.front();
        values_.pop_front();
        return value;
    }
    // For on_read: the driver takes; for on_write: the driver pushes.
    [[nodiscard]] DeviceRegister::OnRead pop() {
        return [this](std::uint64_t&) { return take(); };
    }
    [[nodiscard]] DeviceRegister::OnWrite fill() {
        return [this](std::uint64_t&, std::uint64_t written) { push(written); };
    }

    // How much is in it, and how often that was too much or too little.
    [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
    [[nodiscard]] bool full() const noexcept { return values_.size() == depth_; }
    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
    [[nodiscard]] unsigned overruns() const noexcept { return overruns_; }
    [[nodiscard]] unsigned underruns() const noexcept { return underruns_; }

private:
    std::deque<std::uint64_t> values_;
    std::size_t depth_;
    unsigned overruns_ = 0;
    unsigned underruns_ = 0;
};

} // namespace ioview::testing

#pragma pop_macro("w1c")
