#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Each test case and file that docs/design/defects.md names exists.
#   defects.sh <project>
set -u
cd "$1" || exit 1
names=$(mktemp) || exit 1
trap 'rm -f "$names"' EXIT
status=0
grep '^| [RF][0-9]' docs/design/defects.md | grep -oE '"[^"]+"' | tr -d '"' >"$names"
[ "$(wc -l <"$names")" -ge 20 ] || { echo "docs/design/defects.md names hardly a test"; status=1; }
while IFS= read -r name; do
    # a long name may be broken over two lines, so only its beginning is looked for
    grep -rqF "\"$(printf %.60s "$name")" tests --include='*.cpp' || { echo "no test case \"$name\""; status=1; }
done <"$names"
grep '^| [RF][0-9]' docs/design/defects.md | grep -oE '`[a-z_/]+/[a-z0-9_.]+`' | tr -d '`' >"$names"
while IFS= read -r file; do
    [ -f "$file" ] || { echo "no file $file"; status=1; }
done <"$names"
exit $status
