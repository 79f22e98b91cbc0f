#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Kills the daemon again and again under load and judges what it leaves: tests/kill/run.sh [ROUNDS [PLAN [SEED]]]
# (default 200 kill). Two simulated MDTs at full speed, a clear every 20 ms. PLAN kill: two consumers, groups of single records
# as JSON, batches as raw bytes. PLAN windows: four, one for each strategy of coalescing. 200 rounds take about 10 minutes.
# Stops with 1 at the first broken promise; the data stay in tests/target/kill.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
cd "$home"
mvn -q -DskipTests package >&2
cd tests
rm -rf target/kill
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m \
    -cp "$home/tests/target/test-classes:$home/runtime/target/test-classes:$home/tests/target/benchmarks.jar" \
    io.github.camellustre.tests.kill.KillRounds "${1:-200}" target/kill "${2:-kill}" ${3:+"$3"}
