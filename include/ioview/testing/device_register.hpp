// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// DeviceRegister: what one register of a testing::Device does when it is read and written, and the
// usual answers ready made: w1c, clear_on_read, counts, ready_after, Countdown, Fifo,
// InterruptLine.
//
//   dev.reg("irq status", 0x24).holds(0x101).on_write(io::testing::w1c());
//   dev.reg("status", 0x20).on_read(io::testing::ready_after(2, 0x0));
//   io::testing::Fifo rx{16};
//   dev.reg("data", 0x00).on_read(rx.pop()).on_write([&](auto&, auto sent) { line.push(sent); });

#if !__STDC_HOSTED__
#error "ioview/testing/device_register.hpp needs a hosted implementation"
#endif

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <utility>

namespace ioview::testing {

class DeviceRegister {
public:
    // Gets the stored value, which it may change, and returns what the driver reads.
    using OnRead = std::function<std::uint64_t(std::uint64_t& value)>;
    // Gets the stored value, which it may change, and what the driver wrote.
    using OnWrite = std::function<void(std::uint64_t& value, std::uint64_t written)>;

    DeviceRegister(std::string name, std::size_t width)
        : name_(std::move(name)),
          widths_(width),
          bits_(width == 0 ? 0 : ~std::uint64_t{0} >> (64 - 8 * width)) {}
    DeviceRegister(const DeviceRegister&) = delete;
    DeviceRegister& operator=(const DeviceRegister&) = delete;

    // The stored value, now and as often as the device changes it by itself.
    DeviceRegister& holds(std::uint64_t value) {
        value_ = value & bits_;
        return *this;
    }
    DeviceRegister& on_read(OnRead f) {
        on_read_ = std::move(f);
        return *this;
    }
    // Instead of storing what is written.
    DeviceRegister& on_write(OnWrite f) {
        on_write_ = std::move(f);
        return *this;
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

    [[nodiscard]] std::uint64_t value() const noexcept { return value_; }
    [[nodiscard]] unsigned reads() const noexcept { return reads_; }
    [[nodiscard]] unsigned writes() const noexcept { return writes_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] bool readable() const noexcept { return readable_; }
    [[nodiscard]] bool writable() const noexcept { return writable_; }
    [[nodiscard]] bool takes_width(std::size_t width) const noexcept {
        return (widths_ & width) != 0;
    }

    // One access by a driver.
    std::uint64_t read() {
        ++reads_;
        const std::uint64_t seen = on_read_ ? on_read_(value_) : value_;
        value_ &= bits_;
        return seen & bits_;
    }
    void write(std::uint64_t written) {
        ++writes_;
        if (on_write_)
            on_write_(value_, written);
        else
            value_ = written;
        value_ &= bits_;
    }

private:
    std::string name_;
    std::size_t widths_; // the allowed widths, each a bit of its own
    std::uint64_t bits_; // that the register has
    std::uint64_t value_ = 0;
    unsigned reads_ = 0;
    unsigned writes_ = 0;
    bool readable_ = true;
    bool writable_ = true;
    OnRead on_read_;
    OnWrite on_write_;
};

inline constexpr std::uint64_t all_bits = ~std::uint64_t{0};

// Written ones of mask clear what is stored; other bits are stored.
inline DeviceRegister::OnWrite w1c(std::uint64_t mask = all_bits) {
    return [=](std::uint64_t& value, std::uint64_t written) {
        value = (value & mask & ~written) | (written & ~mask);
    };
}

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
