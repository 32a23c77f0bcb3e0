/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Two mappings beside that of RAM, which is there: devices, and PCI memory. Then vectors, stack,
   zeroed memory, and run, which does not return. */
.macro map entry, virtual, physical, physical_high  /* 256 MiB, not cached, guarded */
  lis 3,0x1000+\entry   /* MAS0: TLB 1, entry */
  mtspr 624,3
  lis 3,0xc000          /* MAS1: valid, protected, 256 MiB */
  ori 3,3,0x0900
  mtspr 625,3
  lis 3,\virtual        /* MAS2 */
  ori 3,3,0x000a
  mtspr 626,3
  lis 3,\physical       /* MAS3: read, write and execute for the supervisor */
  ori 3,3,0x0015
  mtspr 627,3
  li 3,\physical_high   /* MAS7 */
  mtspr 944,3
  isync
  tlbwe
  isync
.endm
.section .text.start,"ax"
.global _start
_start:
  map 1, 0xe000, 0xe000, 0xf
  map 2, 0xc000, 0xc000, 0
  lis 3,vector@ha
  addi 3,3,vector@l
  rlwinm 4,3,0,0,15
  mtspr 63,4            /* IVPR */
  rlwinm 4,3,0,16,31
  .set number,400       /* IVOR0 to IVOR15 */
  .rept 16
  mtspr number,4
  .set number,number+1
  .endr
  lis 1,stack_top@ha
  addi 1,1,stack_top@l
  lis 3,bss_start@ha
  addi 3,3,bss_start@l
  lis 4,bss_end@ha
  addi 4,4,bss_end@l
  li 5,0
1: cmplw 3,4
  bge 2f
  stw 5,0(3)
  addi 3,3,4
  b 1b
2: stwu 5,-16(1)
  bl run
.balign 16
vector: mfspr 3,62      /* ESR, SRR0 */
  mfspr 4,26
  bl trap
