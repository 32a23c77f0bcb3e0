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
#include <ioview/testing/failure.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/message.hpp>
#include <ioview/testing/steps.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::detail {

// Not constexpr: in constant expressions the names are the messages, and the compilers print the
// arguments of their caller.
inline void the_script_expects_no_further_access() {}
inline void the_script_expects_a_read_or_write_in_another_place() {}
inline void the_script_expects_another_width() {}
inline void the_script_expects_another_value_to_be_written() {}
inline void the_script_expects_a_barrier_here_or_none() {}
inline void steps_of_the_script_are_left_over() {}
inline void the_next_step_of_the_script_can_never_be_reached() {}
inline void a_step_of_the_script_is_misaligned_for_its_width() {}

enum class ScriptFault : std::uint8_t { none, no_further, place, width, value, barrier };

constexpr void differs_in_constant(
    ScriptFault fault, testing::Op op, std::uint64_t address, unsigned width, std::uint64_t value) {
    static_cast<void>(op), static_cast<void>(address);
    static_cast<void>(width), static_cast<void>(value);
    if (fault == ScriptFault::no_further)
        the_script_expects_no_further_access();
    if (fault == ScriptFault::place)
        the_script_expects_a_read_or_write_in_another_place();
    if (fault == ScriptFault::width)
        the_script_expects_another_width();
    if (fault == ScriptFault::value)
        the_script_expects_another_value_to_be_written();
    if (fault == ScriptFault::barrier)
        the_script_expects_a_barrier_here_or_none();
}

// g++ prints the arguments of templates, and of functions only their names: so that the step's
// number shows, it is one. 0 is a later step.
template <std::size_t Step>
constexpr void differs_in_step(ScriptFault fault, const testing::Access& got) {
    differs_in_constant(fault, got.op, got.address, got.width, got.value);
}
constexpr void
differs_in_some_step(std::size_t step, ScriptFault fault, const testing::Access& got) {
    // clang-format off
    switch (step) {
    case 1: return differs_in_step<1>(fault, got);
    case 2: return differs_in_step<2>(fault, got);
    case 3: return differs_in_step<3>(fault, got);
    case 4: return differs_in_step<4>(fault, got);
    case 5: return differs_in_step<5>(fault, got);
    case 6: return differs_in_step<6>(fault, got);
    case 7: return differs_in_step<7>(fault, got);
    case 8: return differs_in_step<8>(fault, got);
    case 9: return differs_in_step<9>(fault, got);
    case 10: return differs_in_step<10>(fault, got);
    case 11: return differs_in_step<11>(fault, got);
    case 12: return differs_in_step<12>(fault, got);
    case 13: return differs_in_step<13>(fault, got);
    case 14: return differs_in_step<14>(fault, got);
    case 15: return differs_in_step<15>(fault, got);
    case 16: return differs_in_step<16>(fault, got);
    default: return differs_in_step<0>(fault, got);
    }
    // clang-format on
}

} // namespace ioview::detail

namespace ioview::testing {

// What the views of one script share.
class ScriptCore {
public:
    ScriptCore(const ScriptCore&) = delete;
    ScriptCore& operator=(const ScriptCore&) = delete;

    // All steps were made; those that may be left out may be missing.
    [[nodiscard]] constexpr bool done() const noexcept {
        return !failed_ && first_missing() == size_;
    }
    // Nothing that was not expected happened so far.
    [[nodiscard]] constexpr bool ok() const noexcept { return !failed_; }
    // Where garbage starts from. Failures print it when garbage was read.
    constexpr void seed(std::uint64_t start) noexcept {
        seed_ = start != 0 ? start : default_seed;
        garbage_ = seed_ * default_seed; // odd: not zero
    }
    // Takes the place of the common handler, for this script.
    constexpr void on_failure(FailureHandler handler) noexcept {
        handler_ = handler;
        has_handler_ = true;
    }

protected:
    constexpr explicit ScriptCore(Step* steps, std::size_t size) noexcept
        : steps_(steps), size_(size) {}

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

private:
    friend struct ScriptBackend;
    static constexpr std::size_t most_spaces = 16;
    static constexpr unsigned most_accesses_after_failure = 1'000'000;
    struct Space {
        Text name{};
        detail::AppendName names = nullptr;
    };

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

    // What a read gives that the script does not know.
    constexpr std::uint64_t garbage() noexcept {
        gave_garbage_ = true;
        garbage_ ^= garbage_ << 13; // xorshift64 (Marsaglia, 2003)
        garbage_ ^= garbage_ >> 7;
        garbage_ ^= garbage_ << 17;
        const std::uint64_t number = garbage_ * 0x2545'f491'4f6c'dd1d; // its low bits are poor
        return number ^ number >> 32;
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
    std::size_t next_ = 0;
    unsigned count_ = 0;       // how often the next step was made
    bool wants_write_ = false; // the next step is an update that has been read
    std::uint64_t read_ = 0;   // what that gave
    std::uint64_t seed_ = default_seed;
    std::uint64_t garbage_ = default_seed * default_seed;
    bool gave_garbage_ = false;
    bool expects_fences_ = false;
    bool failed_ = false;
    bool has_handler_ = false;
    unsigned after_failure_ = 0;
    std::uint8_t space_count_ = 0;
    Space spaces_[most_spaces]{};
    FailureHandler handler_{static_cast<void (*)(const char*)>(nullptr)};
};

} // namespace ioview::testing
