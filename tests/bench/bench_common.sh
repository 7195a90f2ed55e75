# shellcheck shell=sh
# bench_common.sh - for the benches to source: medians, and one kind of line for a number that has a target.
#
# A bench compares within its own run, because machines differ. Every target is one line that ends in `met` or
# `MISSED`; the last line counts them. A target that is missed is no error: a bench fails where it could not measure.
bench_runs=${BENCH_RUNS:-5}
bench_met=0
bench_missed=0

# The middle one of the numbers on standard input, one a line.
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

bench_judge() { # VALUE MOST
    if awk -v v="$1" -v m="$2" 'BEGIN { exit v > m }'; then
        verdict=met
        bench_met=$((bench_met + 1))
    else
        verdict=MISSED
        bench_missed=$((bench_missed + 1))
    fi
}

# ratio WHAT OURS UNIT PEER THEIRS MOST: ours is at most MOST times theirs.
ratio() {
    times=$(awk -v a="$2" -v b="$5" 'BEGIN { printf "%.2f", (b > 0 ? a / b : 999) }')
    bench_judge "$times" "$6"
    printf '%-34s %9s %-3s %-20s %9s %-3s %6s times, at most %-5s %s\n' "$1" "$2" "$3" "$4" "$5" "$3" "$times" "$6" "$verdict"
}

# limit WHAT OURS UNIT MOST: ours is at most MOST.
limit() {
    bench_judge "$2" "$4"
    printf '%-34s %9s %-3s %42s at most %-5s %s\n' "$1" "$2" "$3" "" "$4" "$verdict"
}

bench_end() { echo "$1: $bench_met targets met, $bench_missed missed"; }
