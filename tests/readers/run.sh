#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Lets faults happen to readers and judges what comes of it:
#     tests/readers/run.sh [ROUNDS [SEED [FAULT...]]]       (default: 50 rounds of each)
# Each fault has a daemon of its own, two simulated MDTs, and readers that are processes of their own and know LCAP from a
# description only. Stops with 1 at the first broken promise; the data stay in tests/target/readers. Needs python3-zmq and,
# to cut a network, root and iproute2.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
rounds=${1:-50} seed=${2:-$(date +%s)}
[ $# -lt 2 ] && shift $# || shift 2
cd "$home"
mvn -q -DskipTests package dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/classpath >&2
cd tests
rm -rf target/readers
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m \
    -cp "$home/tests/target/test-classes:$home/tests/target/classes:$(cat target/classpath)" \
    io.github.camellustre.tests.readers.ReaderRounds target/readers "$rounds" "$seed" "$@"
