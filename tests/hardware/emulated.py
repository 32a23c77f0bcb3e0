# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""An emulated machine that is run and listened to: what the boards of tests/hardware/run.py and the
guests of tests/guests/run.py have in common. It says one line a check, and `end: ` as its last."""
import dataclasses
import re
import struct
import subprocess


class Failure(Exception):
    pass


def run(command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          errors="replace", **options)
    if done.returncode != 0:
        raise Failure(f"{' '.join(str(c) for c in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


# --- the disk: checks/virtio_blk.hpp has the same numbers ---

HALF = 1 << 20
FIRST_SEED = 0x10F1E5D0
SECOND_SEED = 0x0BADCAFE


def half(seed):
    words = ((i + seed) * 2654435761 & 0xFFFFFFFF for i in range(HALF // 4))
    return struct.pack(f"<{HALF // 4}I", *words)


def judge_disk(path, writes=True):
    """What is wrong with a disk whose first half is read, and whose second is written."""
    data = path.read_bytes()
    if data[:HALF] != half(FIRST_SEED):
        return "the half that was only read has changed"
    if data[HALF:2 * HALF] != (half(SECOND_SEED) if writes else bytes(HALF)):
        return "the half that was written is not what was to be written"
    if any(data[2 * HALF:]):
        return "what nobody was to write was written"
    return ""


# --- the machine ---

CHECK = re.compile(r"^check ([^:\n]+): (.*?) \.\.\.(.*)$")


@dataclasses.dataclass
class Said:
    serial: str
    errors: str  # of the emulator
    checks: list  # (device, what, failure or "")
    ending: str  # what was wrong with it, or ""


def listen(command, limit, passed, log):
    """Runs the emulator until it ends, with the status `passed`, or for so many seconds."""
    hung = False
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        hung = True
    serial = out.decode("latin-1").replace("\r\n", "\n")
    errors = err.decode("latin-1")
    log.write_text(serial + errors)

    lines = serial.split("\n")
    checks = []
    for device, what, result in (m.groups() for m in map(CHECK.match, lines) if m):
        result = re.sub(r"^ *<fetched>", "", result).strip()  # what the check itself has sent
        checks.append((device, what, "" if result == "ok" else result or "did not end"))
    inside = next((line for line in reversed(lines) if line.startswith("check ")), "no check")
    ending = ""
    if hung:
        ending = f"hung for {limit} s in: {inside.removesuffix(' ... ')}"
    elif process.returncode != passed or not any(line.startswith("end: ") for line in lines):
        ending = (f"exit status {process.returncode}, wanted {passed}; last: {inside}; "
                  f"{' / '.join(lines[-4:])} {errors.strip()[:200]}")
    return Said(serial, errors, checks, ending)
