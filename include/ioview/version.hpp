// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The version of ioview, as numbers for the preprocessor; the build reads it from here.
//
//   #if IOVIEW_VERSION >= IOVIEW_MAKE_VERSION(0, 2, 0)

// The version, part by part: semantic versioning.
#define IOVIEW_VERSION_MAJOR 0
#define IOVIEW_VERSION_MINOR 2
#define IOVIEW_VERSION_PATCH 0

// One number that grows with the version; minor and patch stay below 1000.
#define IOVIEW_MAKE_VERSION(major, minor, patch) ((major)*1'000'000 + (minor)*1'000 + (patch))
// The version of these headers, as one number.
#define IOVIEW_VERSION                                                                             \
    IOVIEW_MAKE_VERSION(IOVIEW_VERSION_MAJOR, IOVIEW_VERSION_MINOR, IOVIEW_VERSION_PATCH)
