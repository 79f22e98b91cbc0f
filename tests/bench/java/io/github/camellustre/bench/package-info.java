// SPDX-License-Identifier: Apache-2.0
/** Benchmarks (JMH). {@code mvn verify} compiles but does not run them. */
package io.github.camellustre.bench;
