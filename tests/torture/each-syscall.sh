#!/bin/sh
# Kills `demarche`, or makes a system call fail, at each call of one kind that writes; repeats the command; and asks
# `demarche check` whether anything is wrong. The long form of tests/it/faults, on the real binary. Needs strace.
#
# usage: each-syscall.sh DEMARCHE [STRIDE [TESTS]]
#   STRIDE  1 (the default) tries every call, 10 every tenth
#   TESTS   the test binary `it`: each command finds the journal of a session that was killed
set -eu
demarche=$(realpath "$1")
stride=${2:-1}
tests=${3:+$(realpath "$3")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME="$work" USER=ana
calls="write renameat unlinkat mkdirat linkat fsync syncfs"
faults="signal=SIGKILL error=ENOSPC error=EIO error=EACCES"

for n in 1 2 3 4 5 6 7 8 9; do printf 'The port of Halden reopens on day %s. ' $n; done > long.txt
printf 'Norvania will suspend the talks.\n' > a.txt
printf 'Estmark offers to lower the fee.\n' > b.txt
"$demarche" new start long.txt a.txt b.txt --codebook negotiation --annotator ana 2> log
cat > spans.jsonl <<'END'
{"text":"Norvania will suspend the talks.\n","spans":[{"annotator":"ana","category":"stall","start":0,"end":8},{"annotator":"ben","category":"stall","start":9,"end":13}]}
{"text":"Estmark offers to lower the fee.\n","spans":[{"annotator":"cleo","category":"fresh","start":0,"end":7}]}
{"text":"The port will close.\n","spans":[{"annotator":"ana","category":"fresh","start":4,"end":8}]}
END
cp -r start tagged
"$demarche" import tagged spans.jsonl 2> log
# Works in a project, and is killed before the journal is cut.
work_in() {
    until [ -n "$(find "$1/.demarche" -name 'journal-*' -size +0)" ]; do
        DEMARCHE_KILLED_PROJECT="$work/$1" timeout -s KILL 3 "$tests" --exact \
            torture::kill::a_worker_that_is_killed --ignored --nocapture > log 2>&1 || true
    done
}
if [ -n "$tests" ]; then
    work_in start
    work_in tagged
fi
mkdir more
for n in 1 2 3 4 5; do printf 'This is text %s.\n' $n > more/$n.txt; done
printf 'Today, Norvania will suspend all talks.\n' > new.txt
updated=$(basename "$(grep -l suspend tagged/documents/*.txt)" .txt)

# The commands, with the project that each starts from.
run() {
    case $1 in
        spans) "$demarche" import "$2" spans.jsonl ;;
        documents) "$demarche" import "$2" more --keep-originals ;;
        update) "$demarche" update "$2" "$updated" new.txt --annotator ana ;;
        merge) "$demarche" merge "$2" tagged --annotator ana ;;
    esac
}
start() { case $1 in update) echo tagged ;; *) echo start ;; esac; }
# What is in a project, apart from ids, which are random, the history, which has a step more, and the copies of files,
# without which a text is imported if they can't be kept.
figures() {
    { "$demarche" summary "$1" 2>&1; find "$1" -name .demarche -prune -o -type f ! -name '*.log' ! -name '*.original.*' -print; } |
        sed 's/d[0-9a-z]\{6\}\b/d/g' | sort
    find "$1/.demarche" -name '*.tmp' -o -name 'commit-*'
}

tries=0 bad=0
for command in spans documents update merge; do
    rm -rf p && cp -r "$(start $command)" p
    run $command p > log 2>&1 || { cat log; exit 2; }
    figures p > expected
    for call in $calls; do
        rm -rf p && cp -r "$(start $command)" p
        program=$demarche
        printf '#!/bin/sh\nexec strace -o trace -e trace=%s $INJECT %s "$@"\n' "$call" "$program" > traced.sh
        chmod +x traced.sh
        INJECT=; export INJECT
        demarche="$work/traced.sh"; run $command p > log 2>&1 || true; demarche=$program
        count=$(grep -c "^$call(" trace || true)
        n=1
        while [ "$n" -le "$count" ]; do
            for fault in $faults; do
                rm -rf p && cp -r "$(start $command)" p
                INJECT="-e inject=$call:$fault:when=$n"
                demarche="$work/traced.sh"; run $command p > log 2>&1 || true; demarche=$program
                run $command p > again 2>&1 || true
                tries=$((tries + 1))
                if ! "$demarche" check p > checked 2>&1 || ! figures p | cmp -s - expected; then
                    bad=$((bad + 1))
                    echo "$command, $call $n of $count, $fault: not healed"
                    cat log again checked
                    figures p | diff - expected || true
                fi
            done
            n=$((n + stride))
        done
        echo "$command, $call: $count calls, $tries tries so far, $bad not healed"
    done
done
echo "$tries tries, $bad not healed"
[ "$bad" -eq 0 ]
