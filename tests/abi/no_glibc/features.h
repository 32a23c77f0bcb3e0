/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What libstdc++'s configuration for Linux asks of the C library, where there is none. */
#define __GLIBC_PREREQ(major, minor) 0
