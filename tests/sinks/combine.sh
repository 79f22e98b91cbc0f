#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Readers of an lcap group, a real Elasticsearch and an archive on one MDT with 1,000 records/s; the Elasticsearch is down for minutes:
# docs/policies/combine.md.
# tests/sinks/combine.sh [MINUTES]   (default 3; about 3 minutes more)
# Stops with 1 if the counts do not add up; logs and data stay in a folder in TMPDIR.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
cd "$home"
mvn -q -DskipTests package >&2
folder=$(mktemp -d)
echo "logs and data: $folder" >&2
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g \
    -cp "$home/tests/target/test-classes:$home/runtime/target/test-classes:$home/tests/target/benchmarks.jar" \
    io.github.camellustre.tests.outage.CombineRun "$home" "$folder" "${1:-3}"
