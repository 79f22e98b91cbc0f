#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Throws garbage at all endpoints and judges who suffers from it: tests/garbage/run.sh [SECONDS [SEED]]   (default 1800)
# A daemon in 256 MiB of heap with lcap: groups and zeromq: sockets of all kinds, honest peers at each, and beside them
# connections that are no ZeroMQ, odd requests and random messages. Stops with 1 at the first broken promise; the data stay
# in tests/target/garbage. Needs python3-zmq.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
cd "$home"
mvn -q -DskipTests package dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/classpath >&2
cd tests
rm -rf target/garbage
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m \
    -cp "$home/tests/target/test-classes:$home/tests/target/classes:$(cat target/classpath)" \
    io.github.camellustre.tests.garbage.GarbageRun target/garbage "${1:-1800}" "${2:-$(date +%s)}"
