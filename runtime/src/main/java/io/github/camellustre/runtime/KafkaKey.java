// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

/** Which FID is the key of a record's message. */
public enum KafkaKey {
    /** That of the object: the moved one of RENME and MIGRT, else the target. */
    fid,
    /** That of the parent directory where Lustre's is to be trusted, else that of the object. */
    parent
}
