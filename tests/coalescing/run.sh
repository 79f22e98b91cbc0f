#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes what tests make for the documentation: docs/coalescing-figures.md and docs/images/coalesce-*.svg.
# A build fails if what is committed is not what this would write (of the figures those of the captures).
set -eu
cd "$(dirname "$0")/../.."
mvn -q -pl lustre-changelog test -Dtest='CoalescingFiguresTest,CoalescingPictureTest' -Dcoalescing.write=true -Djacoco.skip
git status --short -- docs
