// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// By what a dropped result is noticed, where that takes more than an attribute.
//
//   (IOVIEW_NOTICE(result) IOVIEW_NOTICED(step))

#ifndef IOVIEW_WARN_IN_MACROS
#pragma GCC system_header
#endif

#define IOVIEW_NOT_NOTICED(s)
#ifdef __clang__
#define IOVIEW_NOTICE
#define IOVIEW_NOTICED(s)
#else
#define IOVIEW_NOTICE ::ioview::detail::outcome
// Nothing that g++ says of a system header's macro reaches the user. It says of a class, outside
// templates, the last token, and the string has the place of the user's own line; else the
// operator. The marker takes the lines below it out of the system header, by -isystem too; it is
// the last thing in a file of its own, so that its number stays right.
// clang-format off
#ifndef IOVIEW_WARN_IN_MACROS
#if __LINE__ != 25
#error "the marker below states the number of the line after it"
#endif
# 29 __FILE__
#endif
#define IOVIEW_NOTICED(s) ->* #s
#endif
// clang-format on
