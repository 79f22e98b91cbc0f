#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fuzzes each decoder and parser for so long, one after the other: tests/fuzz/run.sh [SECONDS]   (default 450: an hour in all)
# It starts from the inputs that the tests keep and from what earlier runs have found out (MODULE/.cifuzz-corpus).
# A finding ends that test, is written to its *Inputs folder below src/test/resources and fails every build until it is
# mended; what is kept there is run by every build.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-450}
status=0
for fuzz in lustre-changelog/{RecordFuzzTest,RecordFilterFuzzTest,NidFuzzTest,LfsTextFuzzTest,ReplayFuzzTest,LedgerDocumentFuzzTest} \
    lcap-client/WireFuzzTest camel-zeromq-component/GarbageFuzzTest; do
    echo "== $fuzz, $seconds s"
    JAZZER_FUZZ=1 JAZZER_MAX_DURATION="${seconds}s" mvn -q -pl "${fuzz%/*}" -am test -Dtest="${fuzz#*/}" \
        -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.hooks=true -Djacoco.skip 2>&1 \
        | sed -u -E '/^(INFO|#[0-9]+\t(NEW|REDUCE|RELOAD))/d' || status=1
done
exit $status
