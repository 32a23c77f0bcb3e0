# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every name that a compiler finds in ioview, ioview::pci and ioview::testing is on a page of the
reference, which reads the headers by itself. Ends with 77 where clang 19 or doxygen is not at hand.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts/site"), str(ROOT / "scripts/generate")]

try:
    import doxygen
    import headers
    import module
    from reference import Reference
except ImportError as missing:
    print(f"needs {missing.name}")
    sys.exit(77)


def main():
    if not shutil.which(module.COMPILER) or not shutil.which("doxygen"):
        print(f"needs {module.COMPILER} and doxygen")
        sys.exit(77)
    pages = headers.pages()
    with tempfile.TemporaryDirectory() as work:
        reference = Reference(pages, doxygen.run(pages, Path(work)))
    found = module.declared("".join(
        f"#include <{path.relative_to(headers.INCLUDE).as_posix()}>\n" for path in headers.paths()
        if "/arch/" not in path.as_posix()))
    names = set().union(*(found[f"ioview{space}"] for space in ("", "::pci", "::testing")))
    inner = set()  # what private parts have for each other, outside of a namespace detail
    for path in headers.paths():
        if path.relative_to(headers.INCLUDE / "ioview").with_suffix("").as_posix() in headers.INNER:
            inner |= set(re.findall(r"\w+", path.read_text()))
    lost = sorted(name for name in names if name not in reference.names and name not in inner)
    if lost or len(names) < 300:
        sys.exit(f"of {len(names)} names no page has {len(lost)}: " + ", ".join(lost))
    print(f"{len(names)} names")


main()
