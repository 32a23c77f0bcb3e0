// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/script.hpp>
// Part of <ioview/testing/script.hpp>, which is the one to include.
#pragma once
// ScriptCore: what is the same in scripts of any length: which step comes next, and what is said of
// an access that is not it. Users see script.hpp.
//
//   if (!script.done()) …

#include <ioview/barrier.hpp>
#include <ioview/error.hpp>
#include <ioview/register/names.hpp>
#include <ioview/testing/access.hpp>
#include <ioview/testing/message.hpp>
#include <ioview/testing/script_fault.hpp>
#include <ioview/testing/script_text.hpp>
#include <ioview/testing/step.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::testing {

// What the views of one script share.
class ScriptCore : public ScriptText {
public:
    ScriptCore(const ScriptCore&) = delete;
    ScriptCore& operator=(const ScriptCore&) = delete;

    // All steps were made; those that may be left out may be missing.
    [[nodiscard]] constexpr bool done() const noexcept {
        return !failed_ && first_missing() == size_;
    }
    // Nothing that was not expected happened so far.
    [[nodiscard]] constexpr bool ok() const noexcept { return !failed_; }

protected:
    constexpr explicit ScriptCore(Step* steps, std::size_t size) noexcept
        : ScriptText(steps, size) {}

    constexpr void check_steps() noexcept {
        for (std::size_t i = 0; i < size_; ++i) {
            const Step& step = steps_[i];
            expects_fences_ = expects_fences_ || step.op_ == Op::fence;
            if (step.width_ != 0 && step.address_ % step.width_ != 0)
                reject(i, false);
            if (i != 0 && is_swallowed(step, steps_[i - 1]))
                reject(i, true);
        }
    }
    constexpr void check_end() noexcept {
        const std::size_t missing = failed_ ? size_ : first_missing();
        if (missing != size_)
            report_left_over(missing);
    }

private:
    friend struct ScriptBackend;
    static constexpr unsigned most_accesses_after_failure = 1'000'000;
    // The rest of the same reads, which the step before takes as often as they come.
    static constexpr bool is_swallowed(const Step& step, const Step& before) noexcept {
        return before.most_ == Step::forever && before.op_ == Op::read && !before.is_update_ &&
               step.op_ == Op::read && step.address_ == before.address_ &&
               step.width_ == before.width_ && step.space_ == before.space_;
    }

    constexpr std::size_t first_missing() const noexcept {
        for (std::size_t i = next_; i < size_; ++i)
            if ((i == next_ ? count_ : 0) < steps_[i].least_)
                return i;
        return wants_write_ ? next_ : size_;
    }

    // ---- accesses ----

    [[nodiscard]] constexpr Result<std::uint64_t>
    read(std::uint8_t space, std::uint64_t address, std::size_t width, detail::AppendName name) {
        const Access got{
            Op::read, address, static_cast<std::uint8_t>(width), 0, spaces_[space].name};
        const Step* const step = take(got, space, name);
        if (step == nullptr)
            return fail(Error::io_error);
        if (step->error_ != Error{})
            return fail(step->error_);
        const std::uint64_t ones = step->all_ones();
        const std::uint64_t value =
            step->mask_ == ones ? step->value_
                                : (step->value_ & step->mask_) | (garbage() & ~step->mask_ & ones);
        if (step->is_update_)
            read_ = value;
        return value;
    }

    [[nodiscard]] constexpr Result<> write(std::uint8_t space,
                                           std::uint64_t address,
                                           std::size_t width,
                                           std::uint64_t value,
                                           detail::AppendName name) {
        const Access got{
            Op::write, address, static_cast<std::uint8_t>(width), value, spaces_[space].name};
        const Step* const step = take(got, space, name);
        if (step == nullptr)
            return fail(Error::io_error);
        if (step->error_ != Error{})
            return fail(step->error_);
        return {};
    }

    constexpr void fence(std::uint8_t space, Fence kind) {
        if (expects_fences_)
            static_cast<void>(take(fence_entry(kind, spaces_[space].name), space, nullptr));
    }

    constexpr detail::ScriptFault compare(const Step& step, const Access& got) const noexcept {
        using detail::ScriptFault;
        const Op op = wants_write_ ? Op::write : step.op_;
        if (got.op != op)
            return got.op == Op::fence || op == Op::fence ? ScriptFault::barrier
                                                          : ScriptFault::place;
        if (got.address != step.address_ || !(got.space == step.space_))
            return ScriptFault::place;
        if (got.width != step.width_)
            return ScriptFault::width;
        if (op == Op::fence)
            return got.value == step.value_ ? ScriptFault::none : ScriptFault::barrier;
        if (op == Op::write && differing_bits(step, got) != 0)
            return ScriptFault::value;
        return ScriptFault::none;
    }
    constexpr std::uint64_t differing_bits(const Step& step, const Access& got) const noexcept {
        if (step.is_update_)
            return (got.value ^ step.updated(read_)) & step.all_ones();
        return (got.value ^ step.value_) & step.mask_;
    }

    // The step that the access is, or null after a failure.
    constexpr const Step* take(const Access& got, std::uint8_t space, detail::AppendName name) {
        if (failed_) {
            if (++after_failure_ == most_accesses_after_failure)
                panic("ioview: Script: the driver goes on and on after its script has failed");
            return nullptr;
        }
        std::size_t at = next_;
        unsigned count = count_;
        for (; at < size_; ++at, count = 0) {
            const Step& step = steps_[at];
            if (step.most_ == 0)
                continue;
            const auto fault = compare(step, got);
            if (fault == detail::ScriptFault::none) {
                advance(at, count, step);
                return &step;
            }
            if (count < step.least_ || wants_write_) {
                differs(fault, at + 1, count, got, space, name);
                return nullptr;
            }
        }
        differs(detail::ScriptFault::no_further, at, 0, got, space, name);
        return nullptr;
    }
    constexpr void advance(std::size_t at, unsigned count, const Step& step) noexcept {
        next_ = at;
        count_ = count;
        if (step.is_update_ && !wants_write_ && step.error_ == Error{}) {
            wants_write_ = true;
            return;
        }
        wants_write_ = false;
        if (++count_ == step.most_) {
            ++next_;
            count_ = 0;
        }
    }

    // ---- failures ----

    // step counts from 1.
    constexpr void differs(detail::ScriptFault fault,
                           std::size_t step,
                           unsigned count,
                           const Access& got,
                           std::uint8_t space,
                           detail::AppendName name) {
        if (__builtin_is_constant_evaluated())
            detail::differs_in_some_step(step, fault, got);
        else
            report(fault, step, count, got, spaces_[space].names, name);
        failed_ = true;
    }
    void report(detail::ScriptFault fault,
                std::size_t step,
                unsigned count,
                const Access& got,
                detail::AppendName names,
                detail::AppendName name) {
        Message message;
        const detail::AppendName got_name = name != nullptr ? name : name_at(got, names);
        message << "ioview: Script: ";
        if (fault == detail::ScriptFault::no_further) {
            if (size_ == 0)
                message << "expected no access, got ";
            else
                message << "all " << Dec{size_} << " steps are done: expected no more, got ";
            append(message, got, got.op != Op::read, got_name);
        } else {
            const Step& wanted = steps_[step - 1];
            message << "step " << Dec{step} << " of " << Dec{size_};
            if (wanted.most_ != 1)
                message << ", time " << Dec{count + 1u};
            message << ": expected ";
            append_wanted(message, wanted, wants_write_, names);
            message << ", got ";
            append(message, got, got.op != Op::read, got_name);
            if (fault == detail::ScriptFault::width)
                message << "\n  another width of access";
            if (fault == detail::ScriptFault::value)
                message << "\n  wrong bits: " << Hex{differing_bits(wanted, got)};
            if (wants_write_ && fault == detail::ScriptFault::value)
                message << ", after a read of " << Hex{read_};
        }
        end_report(message);
    }
    constexpr void report_left_over(std::size_t missing) {
        if (__builtin_is_constant_evaluated()) {
            left_over_in_constant(missing + 1, steps_[missing].address_);
        } else {
            Message message;
            const Step& wanted = steps_[missing];
            message << "ioview: Script: ended before step " << Dec{missing + 1} << " of "
                    << Dec{size_};
            if (wanted.most_ != 1)
                message << ", time " << Dec{(missing == next_ ? count_ : 0u) + 1u};
            message << ": expected ";
            append_wanted(message, wanted, wants_write_, names_of(wanted.space_));
            message << ", got nothing";
            end_report(message);
        }
        failed_ = true;
    }
    static constexpr void left_over_in_constant(std::size_t step, std::uint64_t address) {
        static_cast<void>(address);
        if (step != 0)
            detail::steps_of_the_script_are_left_over();
    }
    // A step that no driver can make.
    constexpr void reject(std::size_t i, bool swallowed) {
        if (__builtin_is_constant_evaluated()) {
            rejected_in_constant(i + 1, swallowed);
        } else if (!failed_) {
            Message message;
            message << "ioview: Script: step " << Dec{i + 1} << " of " << Dec{size_} << ": ";
            append_wanted(message, steps_[i], false, nullptr);
            message << (swallowed ? " can never be reached: the step before takes these reads"
                                  : " can never be made: misaligned for its width");
            end_report(message);
        }
        failed_ = true;
    }
    static constexpr void rejected_in_constant(std::size_t step, bool swallowed) {
        static_cast<void>(step);
        if (swallowed)
            detail::the_next_step_of_the_script_can_never_be_reached();
        if (!swallowed)
            detail::a_step_of_the_script_is_misaligned_for_its_width();
    }

    std::size_t next_ = 0;
    unsigned count_ = 0;       // how often the next step was made
    bool wants_write_ = false; // the next step is an update that has been read
    bool expects_fences_ = false;
    bool failed_ = false;
    unsigned after_failure_ = 0;
};

} // namespace ioview::testing
