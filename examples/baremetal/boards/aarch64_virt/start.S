// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// AArch64, entered at EL1 with the MMU off: stack, FP and SIMD, vectors, zeroed memory; then run,
// which does not return.
// [start]
.section .text.start,"ax"
.global _start
_start: ldr x1,=stack_top
  mov sp,x1
  mov x1,#(3<<20)         // CPACR_EL1.FPEN: allow FP/SIMD
  msr cpacr_el1,x1
  adr x1,vectors
  msr vbar_el1,x1
  isb
  ldr x1,=bss_start
  ldr x2,=bss_end
1: cmp x1,x2
  b.ge 2f
  str xzr,[x1],#8
  b 1b
2: bl run
// [/start]

// Four groups of four: synchronous, IRQ, FIQ, SError. Nothing is enabled here, so that all are
// errors; an IRQ's own code takes the place of the sixth, which is that of this exception level.
.balign 2048
vectors: .rept 16
  .balign 128
  mrs x0,esr_el1
  mrs x1,elr_el1
  b trap
  .endr
