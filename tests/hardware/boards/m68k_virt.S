/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Stack, vectors, zeroed memory; then run, which does not return. */
.section .text.start,"ax"
.global _start
_start: move.l #stack_top,%sp
  move.l #vec,%d0
  movec %d0,%vbr
  move.l #bss_start,%a0
1: cmp.l #bss_end,%a0
  bge 2f
  clr.l (%a0)+
  bra 1b
2: jsr run
trapv:                  /* trap(format and vector, address) */
  move.l 2(%sp),%d0
  clr.l %d1
  move.w 6(%sp),%d1
  move.l %d0,-(%sp)
  move.l %d1,-(%sp)
  jsr trap
.balign 4
vec: .rept 256
  .long trapv
  .endr
