// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers of Advanced Error Reporting (PCI Express Base Specification 5.0, 7.8.4), and what
// `lspci -vv` prints of them.
//
//   if (const auto aer = cfg.try_subview<Aer>(capability.offset))
//       text += aer_text(*aer);

#include <ioview/concepts.hpp>
#include <ioview/error.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include <cstdint>
#include <string>

namespace iov {

namespace io = ioview;

// 7.8.4.2 to 7.8.4.4: the status, cleared by ones, its mask, and which errors are fatal
#define IOV_UNCORRECTABLE(...)                                                                     \
    IO_FIELDS(bit(21, acs_violation __VA_OPT__(, ) __VA_ARGS__),                                   \
              bit(20, unsupported_request __VA_OPT__(, ) __VA_ARGS__),                             \
              bit(19, ecrc __VA_OPT__(, ) __VA_ARGS__),                                            \
              bit(18, malformed_tlp __VA_OPT__(, ) __VA_ARGS__),                                   \
              bit(17, receiver_overflow __VA_OPT__(, ) __VA_ARGS__),                               \
              bit(16, unexpected_completion __VA_OPT__(, ) __VA_ARGS__),                           \
              bit(15, completer_abort __VA_OPT__(, ) __VA_ARGS__),                                 \
              bit(14, completion_timeout __VA_OPT__(, ) __VA_ARGS__),                              \
              bit(13, flow_control __VA_OPT__(, ) __VA_ARGS__),                                    \
              bit(12, poisoned_tlp __VA_OPT__(, ) __VA_ARGS__),                                    \
              bit(5, surprise_down __VA_OPT__(, ) __VA_ARGS__),                                    \
              bit(4, data_link_protocol __VA_OPT__(, ) __VA_ARGS__))
struct AerUncorrectableStatus : io::Register<AerUncorrectableStatus, std::uint32_t> {
    IOV_UNCORRECTABLE(io::w1c);
};
struct AerUncorrectable : io::Register<AerUncorrectable, std::uint32_t> {
    IOV_UNCORRECTABLE();
};
#undef IOV_UNCORRECTABLE

// 7.8.4.5 and 7.8.4.6
#define IOV_CORRECTABLE(...)                                                                       \
    IO_FIELDS(bit(13, advisory_non_fatal __VA_OPT__(, ) __VA_ARGS__),                              \
              bit(12, replay_timeout __VA_OPT__(, ) __VA_ARGS__),                                  \
              bit(8, replay_rollover __VA_OPT__(, ) __VA_ARGS__),                                  \
              bit(7, bad_dllp __VA_OPT__(, ) __VA_ARGS__),                                         \
              bit(6, bad_tlp __VA_OPT__(, ) __VA_ARGS__),                                          \
              bit(0, receiver_error __VA_OPT__(, ) __VA_ARGS__))
struct AerCorrectableStatus : io::Register<AerCorrectableStatus, std::uint32_t> {
    IOV_CORRECTABLE(io::w1c);
};
struct AerCorrectable : io::Register<AerCorrectable, std::uint32_t> {
    IOV_CORRECTABLE();
};
#undef IOV_CORRECTABLE

// 7.8.4.7
struct AerControl : io::Register<AerControl, std::uint32_t> {
    IO_FIELDS(bit(12, header_log_capable, io::ro),
              bit(11, prefix_log_present, io::ro),
              bit(10, multiple_headers_enable),
              bit(9, multiple_headers_capable, io::ro),
              bit(8, ecrc_check_enable),
              bit(7, ecrc_check_capable, io::ro),
              bit(6, ecrc_generate_enable),
              bit(5, ecrc_generate_capable, io::ro),
              bits(4, 0, first_error, io::ro));
};

struct Aer {
    static constexpr std::uint16_t id = 0x0001;
    std::uint32_t header;
    AerUncorrectableStatus uncorrectable_status; // +4
    AerUncorrectable uncorrectable_mask;
    AerUncorrectable uncorrectable_severity;
    AerCorrectableStatus correctable_status; // +0x10
    AerCorrectable correctable_mask;
    AerControl control;
    std::uint32_t header_log[4]; // +0x1c
};
static_assert(sizeof(Aer) == 0x2c);

// The lines below its name.
[[nodiscard]] std::string to_text(const Aer& aer);

// The first error ends it.
template <io::IoOf<Aer> View>
io::Result<Aer> read_aer(const View& view) {
    Aer made{};
    io::Error error{};
    const auto read = [&](auto& into, auto member) {
        if (const auto value = member.try_read())
            into = *value;
        else if (!io::detail::failed(error))
            error = value.error();
    };
    read(made.uncorrectable_status, IO_PROJECT(view, uncorrectable_status));
    read(made.uncorrectable_mask, IO_PROJECT(view, uncorrectable_mask));
    read(made.uncorrectable_severity, IO_PROJECT(view, uncorrectable_severity));
    read(made.correctable_status, IO_PROJECT(view, correctable_status));
    read(made.correctable_mask, IO_PROJECT(view, correctable_mask));
    read(made.control, IO_PROJECT(view, control));
    for (std::size_t i = 0; i < 4; ++i)
        read(made.header_log[i], *IO_PROJECT(view, header_log).try_at(i));
    if (io::detail::failed(error))
        return io::fail(error);
    return made;
}

} // namespace iov
