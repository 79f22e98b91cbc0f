// SPDX-License-Identifier: Apache-2.0
/** Sinks that are killed, frozen, full, slow or refuse, with the real daemon before them: {@code tests/sinks/faults.sh}. */
package io.github.camellustre.tests.outage;
