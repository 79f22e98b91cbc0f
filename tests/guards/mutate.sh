#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Mutates the classes that acknowledge (PIT) and runs their tests against each mutant: tests/guards/mutate.sh
# Takes an hour or two on two cores; only on a quiet machine are its time-outs true. The reports are in
# MODULE/target/pit-reports/index.html; docs/guards.md says what is known of survivors.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -pl lustre-changelog,camel-lustre-component -Djacoco.skip test-compile pitest:mutationCoverage
