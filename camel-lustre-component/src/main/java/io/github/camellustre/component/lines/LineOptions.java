// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

/**
 * What all writers of a file must agree on.
 *
 * @param maxFileSize bytes from which on a file is rotated; 0 never
 * @param fsync false gives up the promise that a completed exchange is on the disk
 */
record LineOptions(long maxFileSize, boolean fsync) {}
