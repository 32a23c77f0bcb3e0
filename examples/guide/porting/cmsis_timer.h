// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The timer in the style of a CMSIS device header: a struct, and positions and masks of its bits.
#ifndef CMSIS_TIMER_H
#define CMSIS_TIMER_H

#include <stdint.h>

#ifdef __cplusplus
#define __I volatile
#else
#define __I volatile const
#endif
#define __IO volatile

// [device]
typedef struct {
    __IO uint32_t CR; // 0x00 control
    __IO uint32_t LR; // 0x04 load
    __I uint32_t VR;  // 0x08 value
    __IO uint32_t SR; // 0x0c status
    __IO uint32_t CMP[4];
} TIMER_TypeDef;

#define TIMER_CR_EN_Pos 0u
#define TIMER_CR_EN (1u << TIMER_CR_EN_Pos)
#define TIMER_CR_PSC_Pos 4u
#define TIMER_CR_PSC_Msk (7u << TIMER_CR_PSC_Pos)
#define TIMER_CR_CLK_Pos 8u
#define TIMER_CR_CLK_Msk (3u << TIMER_CR_CLK_Pos)
#define TIMER_SR_EXP (1u << 0)
// [/device]

#endif
