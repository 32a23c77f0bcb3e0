// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The first hart: stack, FP, vectors, zeroed memory; then run, which does not return.
.section .text.start,"ax"
.global _start
_start: csrr t0,mhartid
  bnez t0,3f
  la sp,stack_top
  .option push
  .option norelax
  la gp,__global_pointer$
  .option pop
  li t0,(1<<13)          # mstatus.FS=Initial: allow FP
  csrs mstatus,t0
  la t0,vec
  csrw mtvec,t0
  la t0,bss_start
  la t1,bss_end
1: bgeu t0,t1,2f
  sd zero,0(t0)
  addi t0,t0,8
  j 1b
2: call run
3: wfi
  j 3b
.balign 4
vec: csrr a0,mcause
  csrr a1,mepc
  j trap
