/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Stack, vectors, zeroed memory; then kmain, which does not return. */
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
2: jsr kmain
trapv:
  jsr trap
.balign 4
vec: .rept 256
  .long trapv
  .endr
