/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#pragma once
/* The data path of examples/drivers/nvme_io.hpp as it is written in C: the same checks of what it is
 * given, and the same stores, in the same order, through pointers. For x86, whose stores are seen in
 * order. */

#include <stddef.h>
#include <stdint.h>

struct nvme_twin {
    volatile uint32_t* tail; /* doorbells */
    volatile uint32_t* head;
    uint32_t (*submissions)[16];
    volatile uint32_t (*completions)[4];
    uint64_t* pages;
    uint64_t pages_dma;
    uint64_t (*now)(void); /* microseconds */
    uint32_t entries;
    uint32_t place;
    uint32_t phase; /* 1 << 16, then 0 */
    int waiting;    /* for an answer that did not come */
};

/* 0, or -1 for what cannot be read, a time-out, an answer to another command, or an error. */
static inline int nvme_twin_read(struct nvme_twin* queue,
                                 uint32_t name_space,
                                 uint64_t block,
                                 uint32_t count,
                                 uint64_t data,
                                 size_t bytes) {
    uint32_t* command;
    volatile uint32_t* answer;
    uint64_t more = 0;
    uint64_t start;
    uint32_t status;
    uint32_t next;
    if (queue->waiting || count == 0 || bytes == 0 || data % 4'096 != 0 || count > 0x10000 ||
        bytes > 513 * 4'096)
        return -1;
    command = queue->submissions[queue->place];
    answer = queue->completions[queue->place];
    next = (queue->place + 1) % queue->entries;
    if (bytes > 8'192) {
        size_t i;
        for (i = 1; i * 4'096 < bytes; ++i)
            queue->pages[i - 1] = data + i * 4'096;
        more = queue->pages_dma;
    } else if (bytes > 4'096) {
        more = data + 4'096;
    }
    command[0] = 0x02 | queue->place << 16;
    command[1] = name_space;
    command[6] = (uint32_t)data;
    command[7] = (uint32_t)(data >> 32);
    command[8] = (uint32_t)more;
    command[9] = (uint32_t)(more >> 32);
    command[10] = (uint32_t)block;
    command[11] = (uint32_t)(block >> 32);
    command[12] = count - 1;
    __asm__ volatile("" ::: "memory");
    *queue->tail = next;

    queue->waiting = 1;
    start = queue->now();
    for (;;) {
        status = answer[3];
        if ((status & 1 << 16) == queue->phase)
            break;
        if (queue->now() - start > 1'000'000)
            return -1;
    }
    __asm__ volatile("" ::: "memory");
    if ((status & 0xffff) != queue->place)
        return -1;
    queue->waiting = 0;
    queue->place = next;
    if (next == 0)
        queue->phase ^= 1 << 16;
    *queue->head = next;
    return (status >> 17 & 0x7ff) == 0 ? 0 : -1;
}
