#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Simulated records and all captures into real Kafka brokers, compared message by message, and what it costs: docs/policies/kafka.md.
# tests/sinks/kafka.sh [RECORDS [SECONDS]]   (default 1000000, and 150 for each of five turns; two processors; about 14 minutes behind the build)
# Stops with 1 at the first difference; the data stay in tests/target/sinks.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
cd "$home"
mvn -q -DskipTests package dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/classpath >&2
folder=$home/tests/target/sinks/kafka
rm -rf "$folder"
mkdir -p "$folder"
cd tests
# three brokers on one processor, their clients on another
exec taskset -c 0 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx4g -Dserver.tier=4 -Dserver.processors=1 \
    -cp "$home/tests/target/test-classes:$home/runtime/target/test-classes:$home/tests/target/classes:$(cat target/classpath)" \
    io.github.camellustre.tests.sinks.KafkaRun "$home" "$folder" "${1:-1000000}" "${2:-150}"
