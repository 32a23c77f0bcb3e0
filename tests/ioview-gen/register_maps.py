#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the headers of examples/register_maps/generated/ with what ioview-gen writes today:
nobody edits them by hand.

  register_maps.py GENERATOR MAPS [--write]

MAPS: examples/register_maps. Of each <name>.svd there the headers are in generated/<name>/. Ends
with 1 where a byte differs, or a file is missing or too many; --write makes them anew.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile


def contents(directory):
    return {path.name: path.read_bytes() for path in directory.glob("*")}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("generator", type=pathlib.Path)
    arguments.add_argument("maps", type=pathlib.Path)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    maps = sorted(given.maps.glob("*.svd"))
    names = {path.stem for path in maps}
    wrong = [f"generated/{path.name}: of no {path.name}.svd"
             for path in sorted((given.maps / "generated").iterdir())
             if path.is_dir() and path.name not in names]
    headers = 0
    with tempfile.TemporaryDirectory() as work:
        for path in maps:
            made = pathlib.Path(work) / path.stem
            # by a bare name, as the headers quote what they were given
            command = [given.generator.resolve(), "--quiet", path.name, "--output", made]
            done = subprocess.run(command, cwd=given.maps, capture_output=True, text=True,
                                  check=False)
            if done.returncode:
                wrong.append(f"{path.name}: ioview-gen ends with {done.returncode}: {done.stderr}")
                continue
            kept = given.maps / "generated" / path.stem
            if given.write:
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(made, kept)
            expected, found = contents(made), contents(kept)
            headers += len(expected)
            wrong += [f"generated/{path.stem}/{name}: not what ioview-gen writes of {path.name}"
                      for name in sorted(expected.keys() | found.keys())
                      if expected.get(name) != found.get(name)]
    print("\n".join(wrong))
    print(f"{headers} headers of {len(maps)} maps, {len(wrong)} differences")
    return 1 if wrong or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
