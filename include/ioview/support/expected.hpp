// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// A drop-in subset of std::expected for C++20 without exceptions: a value, or the reason why there
// is none.
//
//   expected<int, Error> digit(char c) {
//       if (c < '0' || c > '9') return unexpected(Error::invalid_argument);
//       return c - '0';
//   }
//
// Names, constraints and outcomes are those of std::expected; the same tests run on both. What
// differs:
//
//   - every access to what is not there panics, `*`, `->` and `error()` included, which is the
//     hardened rule of C++26;
//   - changing between value and error needs payloads that move without throwing;
//   - in constant evaluation that change needs trivially copyable payloads (std::construct_at
//     costs a header);
//   - transform(&S::member) holds a copy of the member.
//
// It is trivially copyable when both payloads are, so a small one travels in registers. How that
// is done on compilers without conditionally trivial members: expected_base.hpp.

// IWYU pragma: begin_exports
#include <ioview/support/expected_value.hpp>
#include <ioview/support/expected_void.hpp>
#include <ioview/support/unexpected.hpp>
// IWYU pragma: end_exports

#undef IOVIEW_DETAIL_MONADIC
