# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What the scripts here share; sourced by them. Leaves the shell in the project's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# need_packages <Debian package>…: installs what is missing in one call where that is allowed (as
# root, or with a sudo that asks nothing), and otherwise names it and stops.
need_packages() {
    local missing=() package run=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    if ! command -v apt-get >/dev/null; then
        stop "this is no Debian system; these packages, or what they hold, are needed: ${missing[*]}"
    elif [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null ||
            stop "packages are missing; install them with" "  sudo apt-get install ${missing[*]}"
        run=(sudo -n)
    fi
    stage "installing ${missing[*]}"
    local log
    log=$(mktemp)
    run+=(env DEBIAN_FRONTEND=noninteractive apt-get -q)
    { "${run[@]}" update && "${run[@]}" install -y --no-install-recommends "${missing[@]}"; } \
        >"$log" 2>&1 || { cat "$log" >&2; stop "apt-get failed, see above"; }
    rm -f "$log"
}

stage() { printf '\n== %s\n' "$*"; }

stop() {
    printf '%s\n' "${0##*/}: $1" "${@:2}" >&2
    exit 1
}
