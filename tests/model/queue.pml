/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Two queues between a driver and a device, on machines that reorder: commands to the device, each
 * answered by a message to the driver. Spin visits every execution.
 *
 *   -DPUBLISH=…  fence of the producer: 0 none, 1 between payload and index (io::publish),
 *                2 after the index
 *   -DOBSERVE=…  fence between loading the index and the payload: 0 none, 1 (io::observe)
 *   -DRELEASE=…  fence between loading the payload and storing the index that gives its slot back:
 *                0 none, 1 (io::release_to_device)
 *   -DDOORBELL=… whether the doorbell's write waits for earlier stores: 0 no (written plainly by a relaxed view),
 *                1 yes (that of Mmio, or published)
 *
 * What is reordered, and how it is modelled:
 * - Stores: each side has a buffer of stores that only it sees. They reach memory one at a time, in
 *   any order but for those to one place. A store fence waits until the buffer is empty, so no
 *   later store overtakes an earlier one.
 * - Loads: without a fence the payload may be loaded before the index that says it is there, or
 *   after the stores that give its slot, and the next, back. (One slot is always empty, so that a
 *   single one given back too early is not filled yet.)
 * - Stores never come before the loads that they depend on: no machine guesses those.
 *
 * An assertion fails when a message is not the one that was sent; an invalid end state is a message
 * that never arrives.
 */

#ifndef SLOTS
#define SLOTS 2
#endif
#ifndef MESSAGES
#define MESSAGES 3
#endif
#define BUFFER 3

#define DRIVER 0
#define DEVICE 1

/* Places of one side: its write index, its read index (into the other's queue), its slots. */
#define WRITE 0
#define READ 1
#define SLOT(i) (2 + (i))
#define PLACES (2 + SLOTS)
#define AT(side, place) ((side) * PLACES + (place))

byte memory[2 * PLACES];

/* Store buffers: what each side has stored and nobody else can see yet. */
byte place_of[2 * BUFFER];
byte value_of[2 * BUFFER];
byte stored[2];

bool doorbell;
byte sent[2], received[2]; /* messages so far, per side */

#define EMPTY(side) (stored[side] == 0)

inline store(side, place, value) {
    atomic {
        stored[side] < BUFFER;
        place_of[side * BUFFER + stored[side]] = AT(side, place);
        value_of[side * BUFFER + stored[side]] = value;
        stored[side]++;
    }
}

inline fence(side) { EMPTY(side) }

/* Entry i of a buffer reaches memory; those behind it move up. */
inline drain(side, i) {
    d_step {
        memory[place_of[side * BUFFER + i]] = value_of[side * BUFFER + i];
        j = i;
        do
        :: j + 1 < stored[side] ->
            place_of[side * BUFFER + j] = place_of[side * BUFFER + j + 1];
            value_of[side * BUFFER + j] = value_of[side * BUFFER + j + 1];
            j++
        :: else -> break
        od;
        stored[side]--;
        place_of[side * BUFFER + stored[side]] = 0;
        value_of[side * BUFFER + stored[side]] = 0;
        j = 0
    }
}

#define ENTRY(i) place_of[side * BUFFER + (i)]

/* The way from a side's buffer to memory: any entry that has none of the same place before it. */
proctype Bus(byte side) {
    byte j;
end:
    do
    :: atomic { stored[side] > 0 -> drain(side, 0) }
    :: atomic { stored[side] > 1 && ENTRY(1) != ENTRY(0) -> drain(side, 1) }
    :: atomic {
            stored[side] > 2 && ENTRY(2) != ENTRY(0) && ENTRY(2) != ENTRY(1) -> drain(side, 2)
        }
    od
}

#define PEER (1 - side)
#define NEXT(i) (((i) + 1) % SLOTS)

/* Sends one message when there is room. The load of the peer's read index needs no fence: nothing
 * is stored before it is known. */
inline send() {
    store(side, SLOT(mine), sent[side] + 1);
#if PUBLISH == 1
    fence(side);
#endif
    mine = NEXT(mine);
    store(side, WRITE, mine);
#if PUBLISH == 2
    fence(side);
#endif
    sent[side]++;
    if
    :: side == DRIVER ->
#if DOORBELL == 1
        fence(side);
#endif
        doorbell = true
    :: else
    fi
}

/* Receives one message if there is one. `early` is what the payload's load gives when it runs
 * before that of the index: just before, or as long ago as the last message. `late` is a payload
 * that is loaded only after its slot, and the next one, have been given back. */
inline receive(got_one) {
    got_one = false;
#if OBSERVE == 0
    if
    :: early = memory[AT(PEER, SLOT(theirs))]
    :: skip
    fi;
#endif
    if
    :: memory[AT(PEER, WRITE)] != theirs ->
        got_one = true;
        received[side]++;
        slot = theirs;
        if
#if OBSERVE == 0
        :: payload = early; assert(payload == received[side])
#endif
#if RELEASE == 0
        :: !late -> now_late = true
#endif
        :: payload = memory[AT(PEER, SLOT(slot))]; assert(payload == received[side])
        fi;
        payload = 0;
#if RELEASE == 1
        fence(side);
#endif
        theirs = NEXT(theirs);
        store(side, READ, theirs);
#if RELEASE == 0
        if
        :: late ->
            assert(memory[AT(PEER, SLOT(late_slot))] == received[side] - 1);
            late = false;
            late_slot = 0
        :: now_late -> late = true; late_slot = slot; now_late = false
        :: else
        fi;
#endif
        slot = 0;
#if OBSERVE == 0
        early = memory[AT(PEER, SLOT(theirs))]
#endif
    :: else
    fi
}

#define ROOM (NEXT(mine) != memory[AT(PEER, READ)])
#define MESSAGE_WAITS (memory[AT(PEER, WRITE)] != theirs)

/* Sends commands as long as there is room, and takes answers as they come. */
proctype Driver() {
    byte side = DRIVER;
    byte mine, theirs, slot, payload, early, late_slot;
    bool late, now_late, got_one;
    do
    :: sent[side] < MESSAGES && ROOM -> send()
    :: received[side] < MESSAGES && MESSAGE_WAITS -> receive(got_one)
    :: sent[side] == MESSAGES && received[side] == MESSAGES -> break
    od
}

/* Sleeps until the doorbell rings, then answers until nothing is left. */
proctype Device() {
    byte side = DEVICE;
    byte mine, theirs, slot, payload, early, late_slot;
    bool late, now_late, got_one;
    do
    :: received[side] == MESSAGES -> break
    :: received[side] < MESSAGES && doorbell ->
        doorbell = false;
        do
        :: receive(got_one);
            if
            :: got_one -> ROOM; send()
            :: else -> break
            fi
        od
    od
}

init {
    atomic {
        run Bus(DRIVER);
        run Bus(DEVICE);
        run Driver();
        run Device()
    }
}
