// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The vectors of a Cortex-M3, and its start: memory with values, zeroed memory; then kmain.
.syntax unified
.thumb
.section .vectors,"a"
.word stack_top, reset, fault, fault, fault, fault, fault
.space 9*4
.text
.thumb_func
.global reset
reset: ldr r0,=data_start
  ldr r1,=data_end
  ldr r2,=data_lma
1: cmp r0,r1
  bhs 2f
  ldr r3,[r2],#4
  str r3,[r0],#4
  b 1b
2: ldr r0,=bss_start
  ldr r1,=bss_end
  movs r2,#0
3: cmp r0,r1
  bhs 4f
  str r2,[r0],#4
  b 3b
4: bl kmain
.thumb_func
fault: b trap
