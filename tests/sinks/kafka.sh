#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Simulated records and all captures into a real Kafka broker, compared message by message, and what it costs: docs/policies/kafka.md.
# tests/sinks/kafka.sh [RECORDS]   (default 1000000; about 2 minutes behind the build)
# Stops with 1 at the first difference; the data stay in tests/target/sinks.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
cd "$home"
mvn -q -DskipTests package >&2
folder=$home/tests/target/sinks/kafka
rm -rf "$folder"
mkdir -p "$folder"
cd tests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx3g -Dserver.tier=4 \
    -cp "$home/tests/target/test-classes:$home/runtime/target/test-classes:$home/tests/target/benchmarks.jar" \
    io.github.camellustre.tests.sinks.KafkaRun "$home" "$folder" "${1:-1000000}"
