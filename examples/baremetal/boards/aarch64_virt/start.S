// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// AArch64, entered at EL2 or EL1 with the MMU off: down to EL1, stack, FP and SIMD, vectors, zeroed
// memory; then run, which does not return.
// [start]
.section .text.start,"ax"
.global _start
_start: mrs x1,CurrentEL
  cmp x1,#(2<<2)
  b.ne el1
  ldr x1,=0x80000000      // HCR_EL2.RW: EL1 is AArch64
  msr hcr_el2,x1
  mov x1,#3               // CNTHCTL_EL2: EL1 may read the counter
  msr cnthctl_el2,x1
  msr cntvoff_el2,xzr
  mov x1,#0x33ff          // CPTR_EL2: FP and SIMD do not trap
  msr cptr_el2,x1
  ldr x1,=0x30d00800      // SCTLR_EL1: MMU and caches off
  msr sctlr_el1,x1
  mov x1,#0x3c5           // SPSR_EL2: EL1 on its own stack, interrupts masked
  msr spsr_el2,x1
  adr x1,el1
  msr elr_el2,x1
  eret
el1: ldr x1,=stack_top
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

// Four groups of four: synchronous, IRQ, FIQ, SError. An IRQ of this exception level, the sixth, goes
// to irq(), which a program may define; everything else is an error.
.macro error
  .balign 128
  mrs x0,esr_el1
  mrs x1,elr_el1
  b trap
.endm
.balign 2048
vectors: .rept 5
  error
  .endr
  .balign 128
  b interrupted
  .rept 10
  error
  .endr

// Kept is what a function may change: the registers of FP and SIMD too, by which compilers copy.
interrupted: sub sp,sp,#576
  stp x0,x1,[sp,#0]
  stp x2,x3,[sp,#16]
  stp x4,x5,[sp,#32]
  stp x6,x7,[sp,#48]
  stp x8,x9,[sp,#64]
  stp x10,x11,[sp,#80]
  stp x12,x13,[sp,#96]
  stp x14,x15,[sp,#112]
  stp x16,x17,[sp,#128]
  stp x18,x30,[sp,#144]
  mrs x0,fpsr
  mrs x1,fpcr
  stp x0,x1,[sp,#160]
  stp q0,q1,[sp,#176]
  stp q2,q3,[sp,#208]
  stp q4,q5,[sp,#240]
  stp q6,q7,[sp,#272]
  stp q16,q17,[sp,#304]
  stp q18,q19,[sp,#336]
  stp q20,q21,[sp,#368]
  stp q22,q23,[sp,#400]
  stp q24,q25,[sp,#432]
  stp q26,q27,[sp,#464]
  stp q28,q29,[sp,#496]
  stp q30,q31,[sp,#528]
  bl irq
  ldp q30,q31,[sp,#528]
  ldp q28,q29,[sp,#496]
  ldp q26,q27,[sp,#464]
  ldp q24,q25,[sp,#432]
  ldp q22,q23,[sp,#400]
  ldp q20,q21,[sp,#368]
  ldp q18,q19,[sp,#336]
  ldp q16,q17,[sp,#304]
  ldp q6,q7,[sp,#272]
  ldp q4,q5,[sp,#240]
  ldp q2,q3,[sp,#208]
  ldp q0,q1,[sp,#176]
  ldp x0,x1,[sp,#160]
  msr fpsr,x0
  msr fpcr,x1
  ldp x18,x30,[sp,#144]
  ldp x16,x17,[sp,#128]
  ldp x14,x15,[sp,#112]
  ldp x12,x13,[sp,#96]
  ldp x10,x11,[sp,#80]
  ldp x8,x9,[sp,#64]
  ldp x6,x7,[sp,#48]
  ldp x4,x5,[sp,#32]
  ldp x2,x3,[sp,#16]
  ldp x0,x1,[sp,#0]
  add sp,sp,#576
  eret

.weak irq
irq: mov x0,#0               // nobody's interrupt
  mrs x1,elr_el1
  b trap
