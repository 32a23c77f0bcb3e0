// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// The timer by its CMSIS device header.

#include "cmsis_timer.h"

namespace by_cmsis {

// [cmsis]
inline void start(TIMER_TypeDef* TIM, std::uint32_t ticks) {
    TIM->LR = ticks;
    TIM->CR = (TIM->CR & ~(TIMER_CR_PSC_Msk | TIMER_CR_CLK_Msk)) | 5u << TIMER_CR_PSC_Pos |
              1u << TIMER_CR_CLK_Pos | TIMER_CR_EN;
}
inline void acknowledge(TIMER_TypeDef* TIM) {
    TIM->SR |= TIMER_SR_EXP;
}
// [/cmsis]

} // namespace by_cmsis
