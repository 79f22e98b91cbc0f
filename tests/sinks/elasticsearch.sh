#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Simulated records and all captures into a real server, twice, compared id by id, and what it costs: docs/benchmarks.md.
# tests/sinks/elasticsearch.sh [RECORDS [elasticsearch|opensearch]]   (default 1000000 elasticsearch; about 5 minutes)
# Stops with 1 at the first difference; the data stay in tests/target/sinks.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
kind=${2:-elasticsearch}
cd "$home"
mvn -q -DskipTests package >&2
folder=tests/target/sinks/$kind
rm -rf "$folder"
mkdir -p "$folder"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -Dserver.tier=4 \
    -cp "$home/tests/target/test-classes:$home/runtime/target/test-classes:$home/tests/target/benchmarks.jar" \
    io.github.camellustre.tests.elastic.SinkRun "$home" "$folder" "$kind" "${1:-1000000}"
