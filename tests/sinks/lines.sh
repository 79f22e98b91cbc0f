#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Simulated records and all captures through policy archive, http, syslog or log into what users have behind it (files; a web service, with
# http-read one that decodes each line; rsyslogd; a file with the log), compared line by line with what policy file writes of the same records, and what it costs: docs/benchmarks.md.
# tests/sinks/lines.sh archive|http|http-read|syslog|log [RECORDS [SECONDS]]   (default 1000000, and 60 for each client, which writes up to 250 MB a
# second; two processors; about 3 minutes behind the build)
# Stops with 1 at the first difference. All files go to a folder in TMPDIR, which is removed.
set -euo pipefail
cd "$(dirname "$0")/../.."
sink=${1:?archive, http, http-read, syslog or log} policy=$1 records=${2:-1000000} seconds=${3:-60}
mvn -q -DskipTests package >&2
work=$(mktemp -d)
# the sink on one processor, its clients on another; what has no process that takes it has both
server= processors=0
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export LC_ALL=C

case $sink in
archive)
    settings=(--set archive.maxFileSize=64M) processors=0,1
    # the growing file of each MDT too, and those that wait to be compressed; not what is half compressed
    content() { find "$work/$1/archive" \( -name '*.jsonl' -o -name '[!.]*.jsonl.gz' \) -exec zcat -f {} +; }
    # the same bytes onto the same disk
    bare="yes '$work/lines' | xargs cat | gzip -c | dd of='$work/copy.gz' bs=1M 2>/dev/null" grows=$work/copy.gz
    ;;
http | http-read)
    # a service that only keeps what it gets, or one that reads it
    service=(java tests/sinks/WebService.java serve)
    [ "$sink" = http ] || service=(python3 tests/sinks/reading_service.py)
    policy=http
    taskset -c 1 "${service[@]}" "$work/port" "$work/kept" &
    server=$! grows=$work/kept
    until [ -s "$work/port" ]; do kill -0 "$server" && sleep 0.1; done
    url=http://127.0.0.1:$(cat "$work/port")
    settings=(--set "http.url=$url")
    content() { cat "$work/kept"; }
    bare="exec java tests/sinks/WebService.java send $url 1000 '$work'/simulated-file/out/*.jsonl"
    ;;
syslog)
    port=$(awk 'BEGIN { srand(); print 20000 + int(rand() * 10000) }')
    cat >"$work/rsyslog.conf" <<END
global(workDirectory="$work" maxMessageSize="64k" parser.escapeControlCharactersOnReceive="off")
module(load="imtcp")
template(name="line" type="string" string="%msg%\\n")
input(type="imtcp" address="127.0.0.1" port="$port")
if \$app-name == "camel-lustre" then action(type="omfile" file="$work/kept" template="line")
END
    taskset -c 1 rsyslogd -n -f "$work/rsyslog.conf" -i "$work/pid" &
    server=$! grows=$work/kept
    until (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 "$server" && sleep 0.1; done
    settings=(--set "syslog.address=127.0.0.1:$port")
    # syslog answers nothing: rsyslogd is given the time to write what it has received
    content() {
        local left=600
        until [ "$(wc -l <"$work/kept")" -ge "$(wc -l <"$work/expected")" ]; do
            [ $((left--)) -gt 0 ] || break
            sleep 0.1
        done
        cat "$work/kept"
    }
    bare="yes '$work/lines' | xargs cat >/dev/tcp/127.0.0.1/$port"
    ;;
log)
    settings=() processors=0,1
    content() { sed -n 's/^[^ ]* INFO  audit: //p' "$work/log"; }
    # whoever takes the log is not known here
    bare=
    ;;
*)
    echo "$sink: archive, http, http-read, syslog or log" >&2
    exit 2
    ;;
esac

run() { # NAME POLICY SOURCE...
    local name=$1 policy=$2
    shift 2
    ./camel-lustre run --data "$work/$name" --policies "$policy" "$@" --set camellustre.status.interval=0 >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        exit 1
    }
}

compare() { # NAME-OF-SINK'S-RUN NAME-OF-FILE'S-RUN
    sort "$work/$2"/out/*.jsonl >"$work/expected"
    content "$1" | sort >"$work/found"
    cmp "$work/expected" "$work/found" || { echo "$1: not what was cleared, line by line" >&2; exit 1; }
    echo "$1: $(wc -l <"$work/found") lines, each once, as policy file writes them"
}

simulator=simulator:mdts=4,rate=0,seed=1
simulated=(--source "$simulator,records=$((records / 4))")
run simulated-file file "${simulated[@]}"
run simulated "$policy" "${simulated[@]}" "${settings[@]}"
compare simulated simulated-file
[ "$(wc -l <"$work/found")" = $((records / 4 * 4)) ] || { echo "not $records records" >&2; exit 1; }
: >"$work/kept"
inputs=()
for capture in captures/*/*.bin captures/*/*.bin.gz; do
    [ -f "$capture" ] && inputs+=(--input "$capture=fs-MDT$(printf %04x $((${#inputs[@]} / 2)))")
done
run captures-file file "${inputs[@]}"
run captures "$policy" "${inputs[@]}" "${settings[@]}"
compare captures captures-file
: >"$work/kept"

measure() { # WHAT GROWS UNIT COMMAND...
    local what=$1
    shift
    taskset -c "$processors" "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp tests/target/test-classes io.github.camellustre.tests.sinks.MeasuredProgram \
        "$what" "$seconds" "${server:-0}" "$@" || { tail -n 50 "$work/log" >&2; exit 1; }
}

# shellcheck disable=SC2016 # for the shell that is started
daemon=(bash -c 'exec "$@" >"$0" 2>&1' "$work/log" ./camel-lustre run --data "$work/measured" --policies "$policy" --source "$simulator" "${settings[@]}"
    --set camellustre.status.interval=0 --set camel.component.lustre.clearInterval=100ms)
measure "policy $policy" "cleared:$work/measured" 1 "${daemon[@]}"
: >"$work/kept"
case $sink in
archive) cat "$work"/simulated-file/out/*.jsonl >"$work/lines" ;;
syslog) sed 's/^/<110>1 2026-11-26T12:00:00.000Z bare camel-lustre - 01CREAT - /' "$work"/simulated-file/out/*.jsonl >"$work/lines" ;;
esac
taken=$(cat "$work"/simulated-file/out/*.jsonl | wc -c)
[ "$sink" != archive ] || taken=$(gzip -c "$work/lines" | wc -c)
unit=$(awk "BEGIN { print $taken / $records }")
[ -z "$bare" ] || measure "bare client" "bytes:$grows" "$unit" bash -c "$bare"
if [ "$sink" = archive ]; then
    # how far the files are compressed meanwhile, which is not waited for
    rm -rf "$work/measured" "$work/copy.gz"
    measure "archive, compressed" "bytes:$work/measured/archive/.jsonl.gz" "$unit" "${daemon[@]}"
fi
