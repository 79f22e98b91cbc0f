#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds, then runs every benchmark in 512 MiB of heap: tests/bench/run.sh [RECORDS]   (default 5000000)
# What it prints is explained in docs/benchmarks.md. Nothing else should run on the machine meanwhile.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
records=${1:-5000000}
cd "$home"
mvn -q -DskipTests package >&2
bench() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -Dcamellustre.home="$home" -cp tests/target/benchmarks.jar "$@"
}
echo "== decode, one thread (JMH)"
bench org.openjdk.jmh.Main Decode -jvmArgs "-Xmx512m -Dcaptures=$home/captures" | grep -E '^(Benchmark|Decode)'
echo "== acknowledgements, one thread (JMH)"
bench org.openjdk.jmh.Main Ledger -jvmArgs -Xmx512m | grep -E '^(Benchmark|Ledger)'
echo "== windows, one thread (JMH): up to 1,000,000 records in 512 MiB"
bench org.openjdk.jmh.Main Coalesce -jvmArgs -Xmx512m | grep -E '^(Benchmark|Coalesce)'
echo "== paths from the stream, one thread; records in memory"
bench io.github.camellustre.bench.PathBench 1000000
echo "== routes, in one process: source in memory, positions on disk, heap 512 MiB"
bench io.github.camellustre.bench.RouteBench "$records" record
bench io.github.camellustre.bench.RouteBench "$records" batch
bench io.github.camellustre.bench.RouteBench "$records" slow
echo "== windows of 10,000 records, restat, grouped by directory; one of 1,000,000; source in memory, heap 512 MiB"
bench io.github.camellustre.bench.WindowBench "$records"
echo "== reader programs through lcap:, in processes of their own; source in memory, heap of the daemon 512 MiB"
bench io.github.camellustre.bench.ReadersBench "$records"
echo "== three subscribers in a process of their own; source in memory, heap of the daemon 512 MiB"
bench io.github.camellustre.bench.PublishBench "$((records / 2))"
echo "== whole daemon: two simulated MDTs at full speed to files on this disk, heap 512 MiB"
bench io.github.camellustre.bench.DaemonBench "$((records / 2))"
