// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What the compiler and the target are: the only place that asks.
//
//   #if IOVIEW_ARCH_X86 … #endif

// All of it in one file comes from scripts/amalgamate, which can write these headers for it, too.
#ifdef IOVIEW_IN_ONE_FILE
#error "ioview in one file and its folder of headers do not go together: scripts/amalgamate --all"
#endif

// Where int has 16 bits, as on AVR and MSP430, arithmetic with narrow registers is another one.
#if __SIZEOF_INT__ < 4
#error "ioview needs an int of at least 32 bits; on this target it has 16"
#endif

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

// The same where the compiler optimises at all: at -Og g++ inlines nothing else. Without
// optimisation a call is less code than the body.
#if defined(__OPTIMIZE__)
#define IOVIEW_INLINE_OPTIMISED IOVIEW_INLINE
#else
#define IOVIEW_INLINE_OPTIMISED
#endif

// A member without state takes no space, so that a view of an object is a pointer in size. The
// Windows ABI ignores the standard's name of it (clang before 18 knows no other).
#if __has_cpp_attribute(msvc::no_unique_address)
#define IOVIEW_NO_UNIQUE_ADDRESS [[msvc::no_unique_address]]
#else
#define IOVIEW_NO_UNIQUE_ADDRESS [[no_unique_address]]
#endif

// IOVIEW_TARGET_IS(macro): 1 where the compiler predefines it as 1, else 0; in `#if` and in code.
//
// IOVIEW_FORCE_GENERIC_ARCH, the same in every file, takes the portable accessors (plain volatile)
// on any target.
#if defined(IOVIEW_FORCE_GENERIC_ARCH)
#define IOVIEW_TARGET_IS(macro) 0
#else
#define IOVIEW_TARGET_IS(macro) IOVIEW_IS_ONE(macro)
#endif
#define IOVIEW_IS_ONE(value) IOVIEW_HAS_COMMA(IOVIEW_COMMA_IF_##value)
#define IOVIEW_COMMA_IF_1 ~,
#define IOVIEW_HAS_COMMA(text) IOVIEW_SECOND(text 1, 0, ~)
#define IOVIEW_SECOND(first, second, ...) second

// Behind the declaration of a function that nobody is to call, why not and what to call instead:
// the first line that compilers print (docs/design/refusals.md). For g++ it is a template, or a
// member of one. A requires-expression sees it as deleted.
//
//   void read() const IOVIEW_REFUSED("ioview: an object is no single access; IO_READ(io, member)");
#if defined(__clang__)
#define IOVIEW_REFUSED(text)                                                                       \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"")          \
        __attribute__((diagnose_if(true, text, "error"))) _Pragma("clang diagnostic pop")
#else
#define IOVIEW_REFUSED(text) requires(bool(text)) = delete
#endif
// The same behind a constructor: of one that converts clang asks nothing but what depends on the
// argument.
#if defined(__clang__)
#define IOVIEW_REFUSED_OF(argument, text)                                                          \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"")          \
        __attribute__((diagnose_if(alignof(decltype(argument)) != 0, text, "error")))              \
        _Pragma("clang diagnostic pop")
#else
#define IOVIEW_REFUSED_OF(argument, text) IOVIEW_REFUSED(text)
#endif
// What compilers say where a Result is dropped.
#define IOVIEW_RESULT_IS_DROPPED "ioview: a failure would go unseen; test the Result, or say (void)"

// Whose file in arch/ arch/select.hpp picks; none of them: arch/generic.hpp.
#define IOVIEW_ARCH_X86 (IOVIEW_TARGET_IS(__x86_64__) || IOVIEW_TARGET_IS(__i386__))
#define IOVIEW_ARCH_ARM64 IOVIEW_TARGET_IS(__aarch64__)
#define IOVIEW_ARCH_RISCV IOVIEW_TARGET_IS(__riscv)
#define IOVIEW_ARCH_ARM IOVIEW_TARGET_IS(__arm__)
#define IOVIEW_ARCH_POWERPC IOVIEW_TARGET_IS(__powerpc__)
// but MIPS16 and MIPS I, which have no sync
#define IOVIEW_ARCH_MIPS                                                                           \
    (IOVIEW_TARGET_IS(__mips__) && !IOVIEW_TARGET_IS(__mips16) && !IOVIEW_TARGET_IS(__mips))

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
