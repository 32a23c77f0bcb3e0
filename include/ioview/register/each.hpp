// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// IOVIEW_EACH(m, a, b, …): m(a) m(b) …, for 1 to 64 arguments, picked by their number: no
// recursion, so that a fault is reported at the argument. IOVIEW_LIST puts commas between 1 to 8 of
// them.
//
//   IOVIEW_EACH(IOVIEW_MEMBER, bits(7, 4, high), bits(3, 0, low))

// The macro that does it for this many arguments: picked once where they are passed over often.
#define IOVIEW_EACH_OF(...)                                                                        \
    IOVIEW_EACH_PICK(__VA_ARGS__,                                                                  \
                     IOVIEW_EACH_64,                                                               \
                     IOVIEW_EACH_63,                                                               \
                     IOVIEW_EACH_62,                                                               \
                     IOVIEW_EACH_61,                                                               \
                     IOVIEW_EACH_60,                                                               \
                     IOVIEW_EACH_59,                                                               \
                     IOVIEW_EACH_58,                                                               \
                     IOVIEW_EACH_57,                                                               \
                     IOVIEW_EACH_56,                                                               \
                     IOVIEW_EACH_55,                                                               \
                     IOVIEW_EACH_54,                                                               \
                     IOVIEW_EACH_53,                                                               \
                     IOVIEW_EACH_52,                                                               \
                     IOVIEW_EACH_51,                                                               \
                     IOVIEW_EACH_50,                                                               \
                     IOVIEW_EACH_49,                                                               \
                     IOVIEW_EACH_48,                                                               \
                     IOVIEW_EACH_47,                                                               \
                     IOVIEW_EACH_46,                                                               \
                     IOVIEW_EACH_45,                                                               \
                     IOVIEW_EACH_44,                                                               \
                     IOVIEW_EACH_43,                                                               \
                     IOVIEW_EACH_42,                                                               \
                     IOVIEW_EACH_41,                                                               \
                     IOVIEW_EACH_40,                                                               \
                     IOVIEW_EACH_39,                                                               \
                     IOVIEW_EACH_38,                                                               \
                     IOVIEW_EACH_37,                                                               \
                     IOVIEW_EACH_36,                                                               \
                     IOVIEW_EACH_35,                                                               \
                     IOVIEW_EACH_34,                                                               \
                     IOVIEW_EACH_33,                                                               \
                     IOVIEW_EACH_32,                                                               \
                     IOVIEW_EACH_31,                                                               \
                     IOVIEW_EACH_30,                                                               \
                     IOVIEW_EACH_29,                                                               \
                     IOVIEW_EACH_28,                                                               \
                     IOVIEW_EACH_27,                                                               \
                     IOVIEW_EACH_26,                                                               \
                     IOVIEW_EACH_25,                                                               \
                     IOVIEW_EACH_24,                                                               \
                     IOVIEW_EACH_23,                                                               \
                     IOVIEW_EACH_22,                                                               \
                     IOVIEW_EACH_21,                                                               \
                     IOVIEW_EACH_20,                                                               \
                     IOVIEW_EACH_19,                                                               \
                     IOVIEW_EACH_18,                                                               \
                     IOVIEW_EACH_17,                                                               \
                     IOVIEW_EACH_16,                                                               \
                     IOVIEW_EACH_15,                                                               \
                     IOVIEW_EACH_14,                                                               \
                     IOVIEW_EACH_13,                                                               \
                     IOVIEW_EACH_12,                                                               \
                     IOVIEW_EACH_11,                                                               \
                     IOVIEW_EACH_10,                                                               \
                     IOVIEW_EACH_9,                                                                \
                     IOVIEW_EACH_8,                                                                \
                     IOVIEW_EACH_7,                                                                \
                     IOVIEW_EACH_6,                                                                \
                     IOVIEW_EACH_5,                                                                \
                     IOVIEW_EACH_4,                                                                \
                     IOVIEW_EACH_3,                                                                \
                     IOVIEW_EACH_2,                                                                \
                     IOVIEW_EACH_1)
#define IOVIEW_EACH(m, ...) IOVIEW_EACH_OF(__VA_ARGS__)(m, __VA_ARGS__)
#define IOVIEW_EACH_PICK(a1,                                                                       \
                         a2,                                                                       \
                         a3,                                                                       \
                         a4,                                                                       \
                         a5,                                                                       \
                         a6,                                                                       \
                         a7,                                                                       \
                         a8,                                                                       \
                         a9,                                                                       \
                         a10,                                                                      \
                         a11,                                                                      \
                         a12,                                                                      \
                         a13,                                                                      \
                         a14,                                                                      \
                         a15,                                                                      \
                         a16,                                                                      \
                         a17,                                                                      \
                         a18,                                                                      \
                         a19,                                                                      \
                         a20,                                                                      \
                         a21,                                                                      \
                         a22,                                                                      \
                         a23,                                                                      \
                         a24,                                                                      \
                         a25,                                                                      \
                         a26,                                                                      \
                         a27,                                                                      \
                         a28,                                                                      \
                         a29,                                                                      \
                         a30,                                                                      \
                         a31,                                                                      \
                         a32,                                                                      \
                         a33,                                                                      \
                         a34,                                                                      \
                         a35,                                                                      \
                         a36,                                                                      \
                         a37,                                                                      \
                         a38,                                                                      \
                         a39,                                                                      \
                         a40,                                                                      \
                         a41,                                                                      \
                         a42,                                                                      \
                         a43,                                                                      \
                         a44,                                                                      \
                         a45,                                                                      \
                         a46,                                                                      \
                         a47,                                                                      \
                         a48,                                                                      \
                         a49,                                                                      \
                         a50,                                                                      \
                         a51,                                                                      \
                         a52,                                                                      \
                         a53,                                                                      \
                         a54,                                                                      \
                         a55,                                                                      \
                         a56,                                                                      \
                         a57,                                                                      \
                         a58,                                                                      \
                         a59,                                                                      \
                         a60,                                                                      \
                         a61,                                                                      \
                         a62,                                                                      \
                         a63,                                                                      \
                         a64,                                                                      \
                         each,                                                                     \
                         ...)                                                                      \
    each
#define IOVIEW_EACH_1(m, a) m(a)
#define IOVIEW_EACH_2(m, a, b) m(a) m(b)
#define IOVIEW_EACH_3(m, a, b, c) m(a) m(b) m(c)
#define IOVIEW_EACH_4(m, a, b, c, d) m(a) m(b) m(c) m(d)
#define IOVIEW_EACH_5(m, a, b, c, d, e) m(a) m(b) m(c) m(d) m(e)
#define IOVIEW_EACH_6(m, a, b, c, d, e, f) m(a) m(b) m(c) m(d) m(e) m(f)
#define IOVIEW_EACH_7(m, a, b, c, d, e, f, g) m(a) m(b) m(c) m(d) m(e) m(f) m(g)
#define IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) m(a) m(b) m(c) m(d) m(e) m(f) m(g) m(h)
#define IOVIEW_EACH_9(m, a, b, c, d, e, f, g, h, ...)                                              \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_1(m, __VA_ARGS__)
#define IOVIEW_EACH_10(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_2(m, __VA_ARGS__)
#define IOVIEW_EACH_11(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_3(m, __VA_ARGS__)
#define IOVIEW_EACH_12(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_4(m, __VA_ARGS__)
#define IOVIEW_EACH_13(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_5(m, __VA_ARGS__)
#define IOVIEW_EACH_14(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_6(m, __VA_ARGS__)
#define IOVIEW_EACH_15(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_7(m, __VA_ARGS__)
#define IOVIEW_EACH_16(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_8(m, __VA_ARGS__)
#define IOVIEW_EACH_17(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_9(m, __VA_ARGS__)
#define IOVIEW_EACH_18(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_10(m, __VA_ARGS__)
#define IOVIEW_EACH_19(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_11(m, __VA_ARGS__)
#define IOVIEW_EACH_20(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_12(m, __VA_ARGS__)
#define IOVIEW_EACH_21(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_13(m, __VA_ARGS__)
#define IOVIEW_EACH_22(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_14(m, __VA_ARGS__)
#define IOVIEW_EACH_23(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_15(m, __VA_ARGS__)
#define IOVIEW_EACH_24(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_16(m, __VA_ARGS__)
#define IOVIEW_EACH_25(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_17(m, __VA_ARGS__)
#define IOVIEW_EACH_26(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_18(m, __VA_ARGS__)
#define IOVIEW_EACH_27(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_19(m, __VA_ARGS__)
#define IOVIEW_EACH_28(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_20(m, __VA_ARGS__)
#define IOVIEW_EACH_29(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_21(m, __VA_ARGS__)
#define IOVIEW_EACH_30(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_22(m, __VA_ARGS__)
#define IOVIEW_EACH_31(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_23(m, __VA_ARGS__)
#define IOVIEW_EACH_32(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_24(m, __VA_ARGS__)
#define IOVIEW_EACH_33(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_25(m, __VA_ARGS__)
#define IOVIEW_EACH_34(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_26(m, __VA_ARGS__)
#define IOVIEW_EACH_35(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_27(m, __VA_ARGS__)
#define IOVIEW_EACH_36(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_28(m, __VA_ARGS__)
#define IOVIEW_EACH_37(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_29(m, __VA_ARGS__)
#define IOVIEW_EACH_38(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_30(m, __VA_ARGS__)
#define IOVIEW_EACH_39(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_31(m, __VA_ARGS__)
#define IOVIEW_EACH_40(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_32(m, __VA_ARGS__)
#define IOVIEW_EACH_41(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_33(m, __VA_ARGS__)
#define IOVIEW_EACH_42(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_34(m, __VA_ARGS__)
#define IOVIEW_EACH_43(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_35(m, __VA_ARGS__)
#define IOVIEW_EACH_44(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_36(m, __VA_ARGS__)
#define IOVIEW_EACH_45(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_37(m, __VA_ARGS__)
#define IOVIEW_EACH_46(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_38(m, __VA_ARGS__)
#define IOVIEW_EACH_47(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_39(m, __VA_ARGS__)
#define IOVIEW_EACH_48(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_40(m, __VA_ARGS__)
#define IOVIEW_EACH_49(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_41(m, __VA_ARGS__)
#define IOVIEW_EACH_50(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_42(m, __VA_ARGS__)
#define IOVIEW_EACH_51(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_43(m, __VA_ARGS__)
#define IOVIEW_EACH_52(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_44(m, __VA_ARGS__)
#define IOVIEW_EACH_53(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_45(m, __VA_ARGS__)
#define IOVIEW_EACH_54(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_46(m, __VA_ARGS__)
#define IOVIEW_EACH_55(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_47(m, __VA_ARGS__)
#define IOVIEW_EACH_56(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_48(m, __VA_ARGS__)
#define IOVIEW_EACH_57(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_49(m, __VA_ARGS__)
#define IOVIEW_EACH_58(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_50(m, __VA_ARGS__)
#define IOVIEW_EACH_59(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_51(m, __VA_ARGS__)
#define IOVIEW_EACH_60(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_52(m, __VA_ARGS__)
#define IOVIEW_EACH_61(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_53(m, __VA_ARGS__)
#define IOVIEW_EACH_62(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_54(m, __VA_ARGS__)
#define IOVIEW_EACH_63(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_55(m, __VA_ARGS__)
#define IOVIEW_EACH_64(m, a, b, c, d, e, f, g, h, ...)                                             \
    IOVIEW_EACH_8(m, a, b, c, d, e, f, g, h) IOVIEW_EACH_56(m, __VA_ARGS__)

#define IOVIEW_LIST(m, ...)                                                                        \
    IOVIEW_LIST_PICK(__VA_ARGS__,                                                                  \
                     IOVIEW_LIST_8,                                                                \
                     IOVIEW_LIST_7,                                                                \
                     IOVIEW_LIST_6,                                                                \
                     IOVIEW_LIST_5,                                                                \
                     IOVIEW_LIST_4,                                                                \
                     IOVIEW_LIST_3,                                                                \
                     IOVIEW_LIST_2,                                                                \
                     IOVIEW_LIST_1)                                                                \
    (m, __VA_ARGS__)
#define IOVIEW_LIST_PICK(a, b, c, d, e, f, g, h, list, ...) list
#define IOVIEW_LIST_1(m, a) m(a)
#define IOVIEW_LIST_2(m, a, b) m(a), m(b)
#define IOVIEW_LIST_3(m, a, b, c) m(a), m(b), m(c)
#define IOVIEW_LIST_4(m, a, b, c, d) m(a), m(b), m(c), m(d)
#define IOVIEW_LIST_5(m, a, b, c, d, e) m(a), m(b), m(c), m(d), m(e)
#define IOVIEW_LIST_6(m, a, b, c, d, e, f) m(a), m(b), m(c), m(d), m(e), m(f)
#define IOVIEW_LIST_7(m, a, b, c, d, e, f, g) m(a), m(b), m(c), m(d), m(e), m(f), m(g)
#define IOVIEW_LIST_8(m, a, b, c, d, e, f, g, h) m(a), m(b), m(c), m(d), m(e), m(f), m(g), m(h)
