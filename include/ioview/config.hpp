// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What the compiler and the target are: the only place that asks.
//
//   #if IOVIEW_ARCH_X86 … #endif

// Leaf accessors are inlined at -O0 too: drivers are debugged at -O0, and a device sees the
// timing.
#if defined(__x86_64__) || defined(__i386__)
// In general registers alone, as interrupt handlers want it: a compiler refuses to inline a
// function that may use vector registers into one that may not, while the other way is always
// possible.
#define IOVIEW_INLINE [[gnu::always_inline, gnu::target("general-regs-only")]]
#else
#define IOVIEW_INLINE [[gnu::always_inline]]
#endif

// A member without state takes no space, so that a view of an object is a pointer in size. The
// Windows ABI ignores the standard's name of it (clang before 18 knows no other).
#if __has_cpp_attribute(msvc::no_unique_address)
#define IOVIEW_NO_UNIQUE_ADDRESS [[msvc::no_unique_address]]
#else
#define IOVIEW_NO_UNIQUE_ADDRESS [[no_unique_address]]
#endif

#define IOVIEW_ARCH_X86 0
#define IOVIEW_ARCH_ARM64 0
#define IOVIEW_ARCH_RISCV 0
#define IOVIEW_ARCH_ARM 0
#define IOVIEW_ARCH_POWERPC 0

// IOVIEW_FORCE_GENERIC_ARCH takes the portable accessors (plain volatile) on any target.
#if defined(IOVIEW_FORCE_GENERIC_ARCH)
#elif defined(__x86_64__) || defined(__i386__)
#undef IOVIEW_ARCH_X86
#define IOVIEW_ARCH_X86 1
#elif defined(__aarch64__)
#undef IOVIEW_ARCH_ARM64
#define IOVIEW_ARCH_ARM64 1
#elif defined(__riscv)
#undef IOVIEW_ARCH_RISCV
#define IOVIEW_ARCH_RISCV 1
#elif defined(__arm__)
#undef IOVIEW_ARCH_ARM
#define IOVIEW_ARCH_ARM 1
#elif defined(__powerpc__)
#undef IOVIEW_ARCH_POWERPC
#define IOVIEW_ARCH_POWERPC 1
#endif

// Under ThreadSanitizer shared memory is accessed by relaxed atomics, which it understands;
// volatile accesses and barrier instructions it does not.
#define IOVIEW_TSAN 0
#if defined(__SANITIZE_THREAD__)
#undef IOVIEW_TSAN
#define IOVIEW_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#undef IOVIEW_TSAN
#define IOVIEW_TSAN 1
#endif
#endif
