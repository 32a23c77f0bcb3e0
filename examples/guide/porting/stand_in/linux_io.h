// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// What drivers of Linux call, for user space: names and parameters are Linux', the bodies are what
// a test needs.

#include <stdbool.h>
#include <stdint.h>

#define __iomem
typedef uint8_t u8;
typedef uint32_t u32;

static inline u32 readl(const volatile void __iomem* address) {
    return *(const volatile u32*)address;
}
static inline void writel(u32 value, volatile void __iomem* address) {
    *(volatile u32*)address = value;
}

struct iosys_map {
    union {
        void __iomem* vaddr_iomem;
        void* vaddr;
    };
    bool is_iomem;
};
static inline void iosys_map_set_vaddr(struct iosys_map* map, void* vaddr) {
    map->vaddr = vaddr;
    map->is_iomem = false;
}
#define iosys_map_wr(map, offset, type, value)                                                     \
    ((map)->is_iomem ? writel((value), (char*)(map)->vaddr_iomem + (offset))                       \
                     : (void)(*(volatile type*)((char*)(map)->vaddr + (offset)) = (value)))
