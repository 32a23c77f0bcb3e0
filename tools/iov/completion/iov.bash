# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Completion of iov for bash. Addresses of functions come from sysfs, where --sysfs says that is.

_iov_functions() {
    local root=/sys i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        [[ ${COMP_WORDS[i]} == --sysfs ]] && root=${COMP_WORDS[i + 1]}
    done
    local path
    for path in "$root"/bus/pci/devices/*; do
        if [[ -e $path ]]; then printf '%s\n' "${path##*/}"; fi
    done
}

# Their configuration spaces and memory BARs.
_iov_spaces() {
    local root=/sys i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        [[ ${COMP_WORDS[i]} == --sysfs ]] && root=${COMP_WORDS[i + 1]}
    done
    local function bar
    while read -r function; do
        printf '%s/config\n' "$function"
        for bar in "$root/bus/pci/devices/$function"/resource[0-5]; do
            [[ -e $bar ]] && printf '%s/bar%s\n' "$function" "${bar: -1}"
        done
    done < <(_iov_functions)
}

_iov() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i
    # readline splits at colons; an address is one word
    if declare -F __ltrim_colon_completions >/dev/null && declare -F _get_comp_words_by_ref >/dev/null; then
        _get_comp_words_by_ref -n : -c word -p before
    fi
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case ${COMP_WORDS[i]} in
        list | show | dump | maps | read | write | update | watch | trace)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    local common='--help --json --sysfs' words='' files=false
    case $before in
    --file | --diff)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --sysfs)
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        return
        ;;
    esac
    case $before in
    --width)
        mapfile -t COMPREPLY < <(compgen -W '8 16 32 64' -- "$word")
        return
        ;;
    --map | --to-svd)
        mapfile -t COMPREPLY < <(compgen -W "$(iov maps 2>/dev/null | cut -d' ' -f1)" -- "$word")
        return
        ;;
    esac
    case $command in
    '') words="list show dump maps read write update watch trace --version $common" ;;
    list) words="--names $common" ;;
    show)
        words="--file --fields $common"
        [[ $word != -* ]] && words=$(_iov_functions)
        ;;
    maps) words="--to-svd $common" ;;
    read | write | update)
        words="--map --width $common"
        [[ $command != read ]] && words+=' --yes --dry-run --shared'
        [[ $command == update ]] && words+=' --mask'
        [[ $word != -* ]] && words=$(_iov_spaces | sed 's/$/@/') && files=true
        ;;
    watch)
        words="--map --width --every --count $common"
        [[ $word != -* ]] && words=$(_iov_spaces) && files=true
        ;;
    trace)
        words="--map $common"
        [[ $word != -* ]] && words='' && files=true
        ;;
    dump)
        words="--map --with --diff $common"
        [[ $word != -* ]] && words=$(_iov_spaces) && files=true
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; $files && compgen -f -- "$word")
    if declare -F __ltrim_colon_completions >/dev/null; then
        __ltrim_colon_completions "$word"
    fi
}

complete -F _iov iov
