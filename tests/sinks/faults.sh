#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each fault of a sink under a steady source, with the real daemon before it: what its operator reads, what arrives, what it costs:
# docs/sink-faults.md.
# tests/sinks/faults.sh SINK [SECONDS [FAULT...]]   (default 60 and all; about 2 minutes each)
# SINK: elasticsearch, opensearch, kafka, each also with -cluster behind it: two nodes, of which one is disturbed; elasticsearch-two-copies,
# opensearch-two-copies: the same, but writes wait for both; http, archive, syslog.
# FAULT: KILLED FROZEN NEARLY_FULL FULL SLOW BUSY REJECTING EXPIRED PASSWORD UNAUTHORIZED THROTTLED; each sink has some.
# Needs root for a small disk. Stops with 1 at a record that is lost; logs and data stay in a folder in TMPDIR.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
sink=${1:?elasticsearch, opensearch, kafka, http, archive or syslog}
seconds=${2:-60}
shift
[ $# = 0 ] || shift
cd "$home"
mvn -q -DskipTests package dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/classpath >&2
cd tests
folder=$(mktemp -d)
echo "logs and data: $folder" >&2
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g \
    -cp "$home/tests/target/test-classes:$home/runtime/target/test-classes:$home/tests/target/classes:$(cat target/classpath)" \
    io.github.camellustre.tests.outage.OutageRun "$home" "$folder" "$seconds" "$sink" "$@"
