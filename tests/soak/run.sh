#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Is memory flat? tests/soak/run.sh [RECORDS [MINUTES [MDTS]]]   (default 500000000 60 64, whichever limit comes first)
#
# The real daemon in 512 MiB of heap reads simulated MDTs at full speed. Each record goes to three consumers: a fast one,
# one with a slow sink, one whose sink fails now and then (tests/soak/routes). No record is stored: it takes no disk.
# The whole heap is touched at the start, so a growing resident size is memory outside of it; the heap is judged by what
# a collection leaves, the least of each sample's time.
# Verdict: of the samples after the first tenth (warm-up), the median of the last third is at most 10 % above that of the
# first third, for both figures. Samples, logs and data stay in tests/target/soak.
set -euo pipefail
home=$(cd "$(dirname "$0")/../.." && pwd)
records=${1:-500000000} minutes=${2:-60} mdts=${3:-64}
cd "$home"
mvn -q -B -ntp -Dmaven.test.skip=true -pl runtime -am package >&2
work=$home/tests/target/soak
rm -rf "$work"
mkdir -p "$work"
cd "$work"

"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xms512m -Xmx512m -XX:+AlwaysPreTouch -XX:+ExitOnOutOfMemoryError \
    -Xlog:gc:file=gc.log:uptime:filecount=0 -Dcamellustre.home="$home/tests/soak" -jar "$home/runtime/target/camel-lustre.jar" \
    run --policies fast,slow,failing --source "simulator:mdts=$mdts,rate=0,records=$(((records + mdts - 1) / mdts))" \
    --set camellustre.status.interval=1s >out.txt 2>err.txt &
daemon=$!
trap 'kill -9 $daemon 2>/dev/null || true' EXIT

resident() { awk '/^VmRSS:/ { print int($2 / 1024) }' "/proc/$daemon/status" 2>/dev/null; }
# Least MiB after a collection among those that were not looked at yet; nothing if there was none.
heap() {
    tail -n "+$((gc_seen + 1))" gc.log | sed -nE 's/.*Pause.*[0-9]+M->([0-9]+)M\(.*/\1/p' | sort -n | head -n 1
}
# Records that the slowest consumer has acknowledged, over all MDTs, by the last full status.
delivered() {
    tail -n $((2 * mdts)) out.txt | awk '{ for (i = 1; i < NF; i++) if ($i == "position") at[$1] = $(i + 1) }
        END { for (mdt in at) sum += at[mdt]; print sum + 0 }'
}

every=$((minutes * 60 / 120))
[ "$every" -ge 1 ] || every=1
gc_seen=0 least=0
start=$SECONDS
printf '%8s %10s %14s %16s\n' seconds RSS/MiB heap/MiB delivered
while [ $((SECONDS - start)) -lt $((minutes * 60)) ] && sleep "$every" && rss=$(resident) && [ -n "$rss" ]; do
    now=$(heap)
    least=${now:-$least}
    gc_seen=$(wc -l <gc.log)
    printf '%8d %10d %14d %16d\n' $((SECONDS - start)) "$rss" "$least" "$(delivered)" | tee -a samples.txt
done
kill "$daemon" 2>/dev/null || true
status=0
wait "$daemon" || status=$?
trap - EXIT
tail -n 1 out.txt
[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || {
    echo "FAILED: the daemon ended with $status, see $work/err.txt"
    exit 1
}

# Medians of a column's first and last third, warm-up left out.
thirds() {
    awk -v column="$1" '{ value[NR] = $column }
        function median(from, to,    n, i, j, t, a) {
            for (i = from; i <= to; i++) a[++n] = value[i]
            for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j - 1] > a[j]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
            return a[int((n + 1) / 2)]
        }
        END {
            first = int(NR / 10) + 1
            third = int((NR - first + 1) / 3)
            if (third < 1) { print 0, 1; exit }
            print median(first, first + third - 1), median(NR - third + 1, NR)
        }' samples.txt
}
flat=0
for figure in "2 RSS" "3 heap"; do
    read -r column name <<<"$figure"
    read -r early late <<<"$(thirds "$column")"
    verdict=flat
    [ $((late * 10)) -le $((early * 11)) ] || verdict=GROWS flat=1
    echo "$name: median of the first third $early MiB, of the last $late MiB: $verdict"
done
exit $flat
