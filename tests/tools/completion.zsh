# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What zsh offers for a line, a match in each line:  zsh -f completion.zsh FOLDER LINE
# It types the line into a shell of its own, whose completion says what it would insert.
zmodload zsh/zpty || exit 77
cat >"$TMPDIR/shell" <<'END'
PROMPT=
autoload -Uz compinit
compinit -u -D
bindkey '^I' complete-word
zstyle ':completion:*' insert-tab false
print-mark() { print -r -- "<mark>" }
compprefuncs=(print-mark)
comppostfuncs=(print-mark exit)
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
        builtin compadd "$@"
        return
    fi
    local -a matches
    builtin compadd -A matches "$@"
    if ((${#matches})); then print -rl -- $matches; fi
}
print ready
END
zpty shell "TERM=dumb zsh -f -i"
zpty -w shell "fpath=(${(q)1} \$fpath); source ${(q)TMPDIR}/shell"
while zpty -r shell line; do
    [[ $line == ready* ]] && break
done
zpty -w -n shell "$2"$'\t'
integer marks=0
while ((marks < 2)) && zpty -r shell line; do
    line=${line%%[[:space:]]#}
    if [[ $line == *"<mark>"* ]]; then
        ((marks += 1))
    elif ((marks == 1)); then
        print -r -- "${line//$'\r'/}"
    fi
done
