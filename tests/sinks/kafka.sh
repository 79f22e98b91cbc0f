#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Simulated records and all captures into a real Kafka broker, compared message by message, and what it costs: docs/policies/kafka.md.
# tests/sinks/kafka.sh [RECORDS]   (default 3000000; two processors; about 3 minutes behind the build)
# Stops with 1 at the first difference; the data stay in tests/target/sinks.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
cd "$home"
mvn -q -DskipTests package >&2
folder=$home/tests/target/sinks/kafka
rm -rf "$folder"
mkdir -p "$folder"
cd tests
# the broker on one processor, its clients on another
exec taskset -c 0 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx4g -Dserver.tier=4 -Dserver.processors=1 \
    -cp "$home/tests/target/test-classes:$home/runtime/target/test-classes:$home/tests/target/benchmarks.jar" \
    io.github.camellustre.tests.sinks.KafkaRun "$home" "$folder" "${1:-3000000}"
