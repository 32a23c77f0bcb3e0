// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/script.hpp>
// Part of <ioview/testing/script.hpp>, which is the one to include.
#pragma once
// ScriptText: what a script says of its steps, and to whom; with the spaces that they are in, and
// the garbage that was read.
//
//   append_wanted(message, step, false, names_of("uart"));

#include <ioview/register/names.hpp>
#include <ioview/support/panic.hpp>
#include <ioview/testing/access.hpp>
#include <ioview/testing/failure.hpp>
#include <ioview/testing/garbage.hpp>
#include <ioview/testing/message.hpp>
#include <ioview/testing/step.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::testing {

class ScriptText {
public:
    ScriptText(const ScriptText&) = delete;
    ScriptText& operator=(const ScriptText&) = delete;

    // Where garbage starts from. Failures print it when garbage was read.
    constexpr void seed(std::uint64_t start) noexcept {
        seed_ = start != 0 ? start : default_seed;
        garbage_ = Garbage{seed_ * default_seed}; // odd: not zero
    }
    // Takes the place of the common handler, for this script.
    constexpr void on_failure(FailureHandler handler) noexcept {
        handler_ = handler;
        has_handler_ = true;
    }

protected:
    static constexpr std::size_t most_spaces = 16;
    struct Space {
        Text name{};
        detail::AppendName names = nullptr;
    };

    constexpr explicit ScriptText(Step* steps, std::size_t size) noexcept
        : steps_(steps), size_(size) {}

    // Where the last step in a space ends.
    constexpr std::uint64_t end_of(Text space) const noexcept {
        std::uint64_t end = 0;
        for (std::size_t i = 0; i < size_; ++i)
            if (steps_[i].space_ == space && steps_[i].address_ + steps_[i].width_ > end)
                end = steps_[i].address_ + steps_[i].width_;
        return end;
    }

    // The number of a space, made when it is new.
    constexpr std::uint8_t space(Text name) noexcept {
        std::uint8_t i = 0;
        while (i < space_count_ && !(spaces_[i].name == name))
            ++i;
        if (i == most_spaces)
            panic("ioview: Script: too many spaces");
        if (i == space_count_)
            spaces_[space_count_++] = {name, nullptr};
        return i;
    }
    // The names of what is in a space.
    constexpr void name_space(std::uint8_t i, detail::AppendName names) noexcept {
        spaces_[i].names = names;
    }

    // What a read gives that the script does not know.
    constexpr std::uint64_t garbage() noexcept {
        gave_garbage_ = true;
        return garbage_.next_word();
    }

    // ---- texts ----

    void append_wanted(Message& message,
                       const Step& step,
                       bool is_write_back,
                       detail::AppendName names) const {
        const Op op = is_write_back ? Op::write : step.op_;
        const std::uint64_t value = is_write_back ? step.updated(read_) : step.value_;
        const Access wanted{op, step.address_, step.width_, value, step.space_};
        const bool is_masked = op == Op::write && !is_write_back && step.mask_ != step.all_ones();
        append(message,
               wanted,
               op != Op::read && !is_masked,
               step.name_ != nullptr ? step.name_ : names);
        if (is_masked && step.mask_ != 0)
            message << " <- " << Hex{step.value_ & step.mask_} << " in bits " << Hex{step.mask_};
        if (is_masked && step.mask_ == 0)
            message << " of any value";
        if (step.is_update_)
            message << (is_write_back ? " (the write of an update)" : " (the read of an update)");
    }
    detail::AppendName names_of(Text space) const noexcept {
        for (std::size_t i = 0; i < space_count_; ++i)
            if (spaces_[i].name == space)
                return spaces_[i].names;
        return nullptr;
    }
    // A step of the script may know what is at the address where the block does not say.
    detail::AppendName name_at(const Access& got, detail::AppendName names) const {
        Message name;
        if (names != nullptr)
            names(name, got.op, got.address);
        if (!name.empty() || got.op == Op::fence)
            return names;
        for (std::size_t i = 0; i < size_; ++i) {
            const Step& step = steps_[i];
            if (step.name_ != nullptr && step.address_ == got.address && step.space_ == got.space)
                return step.name_;
        }
        return nullptr;
    }
    void end_report(Message& message) const {
        if (gave_garbage_)
            message << "\n  garbage was read, from seed " << Hex{seed_};
        if (has_handler_)
            handler_(message.c_str());
        else
            detail::failure_handler(message.c_str());
    }

    Step* steps_;
    std::size_t size_;
    std::uint64_t seed_ = default_seed;
    Garbage garbage_{default_seed * default_seed};
    bool gave_garbage_ = false;
    std::uint64_t read_ = 0; // by the update that is to be written back
    bool has_handler_ = false;
    std::uint8_t space_count_ = 0;
    Space spaces_[most_spaces]{};
    FailureHandler handler_{static_cast<void (*)(const char*)>(nullptr)};
};

} // namespace ioview::testing
