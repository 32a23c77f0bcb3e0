/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A driver that notifies a device only where it is wanted, and a device that says so before it
 * sleeps: each stores its own index and then looks at the other's. Spin visits every execution.
 *
 *   -DDRIVER=…  between the store of the index and the load of the event: 0 nothing, 1 a full
 *               barrier (io::publish_and_observe)
 *   -DDEVICE=…  the same between the store of the event and the second look at the index
 *
 * Each side has a buffer for its store, which only it sees; the store reaches memory at any time
 * later, and a full barrier waits until it has. An invalid end state is a device that sleeps while
 * there is something to do.
 */
#ifndef MESSAGES
#define MESSAGES 3
#endif

byte index, event;                /* in memory */
byte index_stored, event_stored;  /* in the buffers */
bool index_waits, event_waits;
bool doorbell;

proctype Bus() {
end:
    do
    :: atomic { index_waits -> index = index_stored; index_waits = false }
    :: atomic { event_waits -> event = event_stored; event_waits = false }
    od
}

proctype Driver() {
    byte next;
    do
    :: next < MESSAGES ->
        next++;
        atomic { index_stored = next; index_waits = true }
#if DRIVER == 1
        !index_waits;
#endif
        if
        :: event == next - 1 -> doorbell = true
        :: else
        fi
    :: else -> break
    od
}

proctype Device() {
    byte seen;
    do
    :: seen == MESSAGES -> break
    :: seen < MESSAGES && index != seen -> seen++
    :: seen < MESSAGES && index == seen ->
        atomic { event_stored = seen; event_waits = true }
#if DEVICE == 1
        !event_waits;
#endif
        if
        :: index != seen
        :: else ->
            doorbell; /* sleeps */
            doorbell = false
        fi
    od
}

init {
    atomic {
        run Bus();
        run Driver();
        run Device()
    }
}
