// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// What drivers of Zephyr call, for user space: names and parameters are Zephyr's, the bodies are
// what a test needs. One device, whose address is known at build time.

#include <stdint.h>

typedef uintptr_t mem_addr_t;
typedef uintptr_t mm_reg_t;

static inline uint32_t sys_read32(mem_addr_t address) {
    return *(volatile uint32_t*)address;
}
static inline void sys_write32(uint32_t data, mem_addr_t address) {
    *(volatile uint32_t*)address = data;
}
static inline void sys_set_bits(mem_addr_t address, unsigned bits) {
    sys_write32(sys_read32(address) | bits, address);
}

struct device {
    const void* config;
    void* data;
};
#define DEVICE_MMIO_ROM mm_reg_t _mmio
#define DEVICE_MMIO_GET(dev) (*(const mm_reg_t*)(dev)->config)
