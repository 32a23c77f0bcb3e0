// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "aer.hpp"

#include <fmt/format.h>

namespace iov {
namespace {

char sign(bool flag) {
    return flag ? '+' : '-';
}

template <class R>
std::string uncorrectable(const char* name, R r) {
    return fmt::format("\t\t{}:\tDLP{} SDES{} TLP{} FCP{} CmpltTO{} CmpltAbrt{} UnxCmplt{} RxOF{} "
                       "MalfTLP{} ECRC{} UnsupReq{} ACSViol{}\n",
                       name,
                       sign(r.data_link_protocol()),
                       sign(r.surprise_down()),
                       sign(r.poisoned_tlp()),
                       sign(r.flow_control()),
                       sign(r.completion_timeout()),
                       sign(r.completer_abort()),
                       sign(r.unexpected_completion()),
                       sign(r.receiver_overflow()),
                       sign(r.malformed_tlp()),
                       sign(r.ecrc()),
                       sign(r.unsupported_request()),
                       sign(r.acs_violation()));
}

template <class R>
std::string correctable(const char* name, R r) {
    return fmt::format(
        "\t\t{}:\tRxErr{} BadTLP{} BadDLLP{} Rollover{} Timeout{} AdvNonFatalErr{}\n",
        name,
        sign(r.receiver_error()),
        sign(r.bad_tlp()),
        sign(r.bad_dllp()),
        sign(r.replay_rollover()),
        sign(r.replay_timeout()),
        sign(r.advisory_non_fatal()));
}

} // namespace

std::string to_text(const Aer& aer) {
    const AerControl c = aer.control;
    return uncorrectable("UESta", aer.uncorrectable_status) +
           uncorrectable("UEMsk", aer.uncorrectable_mask) +
           uncorrectable("UESvrt", aer.uncorrectable_severity) +
           correctable("CESta", aer.correctable_status) +
           correctable("CEMsk", aer.correctable_mask) +
           fmt::format(
               "\t\tAERCap:\tFirst Error Pointer: {:02x}, ECRCGenCap{} ECRCGenEn{} "
               "ECRCChkCap{} ECRCChkEn{}\n\t\t\tMultHdrRecCap{} MultHdrRecEn{} TLPPfxPres{} "
               "HdrLogCap{}\n\t\tHeaderLog: {:08x} {:08x} {:08x} {:08x}\n",
               c.first_error().get(),
               sign(c.ecrc_generate_capable()),
               sign(c.ecrc_generate_enable()),
               sign(c.ecrc_check_capable()),
               sign(c.ecrc_check_enable()),
               sign(c.multiple_headers_capable()),
               sign(c.multiple_headers_enable()),
               sign(c.prefix_log_present()),
               sign(c.header_log_capable()),
               aer.header_log[0],
               aer.header_log[1],
               aer.header_log[2],
               aer.header_log[3]);
}

} // namespace iov
