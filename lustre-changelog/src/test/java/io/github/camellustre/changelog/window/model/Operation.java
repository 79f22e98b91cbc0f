// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

/**
 * One step. Its numbers choose among what there is when its turn comes, so that a sequence means something whatever is left
 * out of it.
 */
record Operation(OperationKind kind, int a, int b, int c) {}
