// SPDX-License-Identifier: Apache-2.0
/** Policies with the servers that they write to, each a real one in a process of its own. */
package io.github.camellustre.tests.sinks;
