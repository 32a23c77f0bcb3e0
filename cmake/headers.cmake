# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Every header of ioview, each in one of three sorted lists; configuring stops when a header on
# disk is in none of them.

# Freestanding: compile alone with -ffreestanding -fno-exceptions -fno-rtti.
set(IOVIEW_HEADERS
    version.hpp)

# Hosted: refuse a freestanding compiler with "<file> needs a hosted implementation".
set(IOVIEW_HOSTED_HEADERS)

# Hosted, and need fmt 9 or newer.
set(IOVIEW_FMT_HEADERS)
