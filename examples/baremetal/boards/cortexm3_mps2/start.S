// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The vectors of a Cortex-M3, and its start: memory with values, zeroed memory; then run, which does
// not return.
.syntax unified
.thumb
.section .vectors,"a"
.word stack_top, reset
// nmi(), systick() and irq0() to irq31() are handlers that a program may define; the others are errors.
.macro handler name
  .weak \name
  .thumb_set \name, fault
  .word \name
.endm
handler nmi
.rept 12                  // exceptions 3 to 14
  .word fault
.endr
handler systick
.irp number,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
  handler irq\number
.endr
.text
.thumb_func
// [start]
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
4: bl run
// [/start]
.thumb_func
fault: ldr r0,=0xe000ed28 // CFSR: why
  ldr r0,[r0]
  ldr r1,[sp,#24]         // of what the CPU has put on the stack: where
  b trap
