// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.time.Instant;

/**
 * What a file or directory is when it is asked for, which may be later than the record.
 *
 * @param uid its owner
 * @param gid its group
 * @param mode kind and permissions, as stat(2) has them
 * @param size in bytes
 * @param modified when its content was changed last
 * @param pool of OSTs that holds it; empty if none is set, or it is no file
 */
public record ObjectAttributes(long uid, long gid, int mode, long size, Instant modified, String pool) {}
