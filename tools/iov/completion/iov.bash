# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Completion of iov for bash. Addresses of functions come from sysfs, where --sysfs says that is.

_iov_functions() {
    local root=/sys i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        [[ ${COMP_WORDS[i]} == --sysfs ]] && root=${COMP_WORDS[i + 1]}
    done
    local path
    for path in "$root"/bus/pci/devices/*; do
        [[ -e $path ]] && printf '%s\n' "${path##*/}"
    done
}

_iov() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i
    # readline splits at colons; an address is one word
    if declare -F __ltrim_colon_completions >/dev/null && declare -F _get_comp_words_by_ref >/dev/null; then
        _get_comp_words_by_ref -n : -c word -p before
    fi
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case ${COMP_WORDS[i]} in
        list | show)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    local common='--help --json --sysfs' words=''
    case $before in
    --file)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --sysfs)
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        return
        ;;
    esac
    case $command in
    '') words="list show --version $common" ;;
    list) words="--names $common" ;;
    show)
        words="--file --fields $common"
        [[ $word != -* ]] && words=$(_iov_functions)
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    if declare -F __ltrim_colon_completions >/dev/null; then
        __ltrim_colon_completions "$word"
    fi
}

complete -F _iov iov
