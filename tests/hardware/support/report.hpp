// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a board says: one line a check, its end only when the check has ended, so that a board that
// hangs has said where; then a last line with the counts.
//
//   Report report{put};
//   report.check("edu", "liveness", [&] { return edu::check_alive(bar, 1); });
//   return report.finish();

#include <ioview/error.hpp>

#include <concepts>

namespace hardware {

namespace io = ioview;

class Report {
public:
    using Put = void (*)(char);

    constexpr explicit Report(Put put) noexcept : put_(put) {}

    // f() -> bool, or a Result whose success is what is wanted.
    template <class F>
    void check(const char* device, const char* what, F&& f) {
        begin(device, what);
        const auto outcome = f();
        if constexpr (std::same_as<const bool, decltype(outcome)>)
            end(outcome, outcome ? "" : "it is not so");
        else
            end(outcome.has_value(), outcome ? "" : io::to_string(outcome.error()));
    }

    // f() -> Result, which must be this error.
    template <class F>
    void refuses(const char* device, const char* what, io::Error wanted, F&& f) {
        begin(device, what);
        const auto outcome = f();
        const bool right = !outcome && outcome.error() == wanted;
        end(right, outcome ? "no error" : io::to_string(outcome.error()));
    }

    void text(const char* line) const {
        for (; *line != 0; ++line)
            put_(*line);
    }
    void number(unsigned value) const {
        if (value >= 10)
            number(value / 10);
        put_(static_cast<char>('0' + value % 10));
    }

    // The exit status for the host: 0 when all passed.
    int finish() const {
        text("end: ");
        number(passed_);
        text(" passed, ");
        number(failed_);
        text(" failed\n");
        return failed_ == 0 ? 0 : 1;
    }

private:
    void begin(const char* device, const char* what) const {
        text("check ");
        text(device);
        text(": ");
        text(what);
        text(" ... ");
    }
    void end(bool right, const char* why) {
        (right ? passed_ : failed_) += 1;
        text(right ? "ok" : "FAILED: ");
        if (!right)
            text(why);
        text("\n");
    }

    Put put_;
    unsigned passed_ = 0;
    unsigned failed_ = 0;
};

} // namespace hardware
