// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PVH entry: zeroed memory, the first 4 GiB mapped as they are, long mode; then run.
.section .note.pvh,"a",@note
.align 4
.long 4,4,18           # namesz descsz XEN_ELFNOTE_PHYS32_ENTRY
.asciz "Xen"
.long _start
.section .text.start,"ax"
.code32
.global _start
_start: cli
  mov $stack_top,%esp
  # clear bss
  mov $bss_start,%edi
  mov $bss_end,%ecx
  sub %edi,%ecx
  shr $2,%ecx
  xor %eax,%eax
  rep stosl
  # identity map 4 GiB with 2 MiB pages: 4 page directories
  mov $pdpt,%eax
  or $3,%eax
  mov %eax,pml4
  mov $pd,%eax
  or $3,%eax
  mov $pdpt,%edi
  mov $4,%ecx
1: mov %eax,(%edi)
  add $0x1000,%eax
  add $8,%edi
  loop 1b
  mov $0x83,%eax
  mov $pd,%edi
  mov $2048,%ecx
2: mov %eax,(%edi)
  add $0x200000,%eax
  add $8,%edi
  loop 2b
  mov $pml4,%eax
  mov %eax,%cr3
  mov %cr4,%eax
  or $0x620,%eax        # PAE, OSFXSR, OSXMMEXCPT
  mov %eax,%cr4
  mov $0xc0000080,%ecx
  rdmsr
  or $0x100,%eax
  wrmsr
  mov %cr0,%eax
  and $~4,%eax          # EM off
  or $0x80000002,%eax   # PG, MP
  mov %eax,%cr0
  lgdt gdtr
  ljmp $8,$long_mode
.code64
long_mode: mov $16,%ax
  mov %ax,%ds
  mov %ax,%es
  mov %ax,%ss
  mov $stack_top,%rsp
  call run
.align 8
gdt: .quad 0, 0x00af9a000000ffff, 0x00cf92000000ffff
gdtr: .word 23
  .long gdt
.section .bss
.align 4096
pml4: .space 4096
pdpt: .space 4096
pd: .space 16384
.section .note.GNU-stack,"",@progbits
