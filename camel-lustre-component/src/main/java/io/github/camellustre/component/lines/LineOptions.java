// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

/**
 * What all writers of a file must agree on.
 *
 * @param maxFileSize bytes from which on a file is complete; 0 never
 * @param maxFileAge milliseconds of the periods of the clock at whose end a file is complete; 0 never
 * @param onlyComplete a file has its visible name only when it is complete
 * @param gzip complete files are compressed
 * @param fsync false gives up the promise that a completed exchange is on the disk
 */
record LineOptions(long maxFileSize, long maxFileAge, boolean onlyComplete, boolean gzip, boolean fsync) {

    /** Whether something is to be done with files that nobody appends to. */
    boolean needUpkeep() {
        return maxFileAge > 0 || gzip;
    }
}
