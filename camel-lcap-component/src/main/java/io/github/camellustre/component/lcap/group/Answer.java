// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/**
 * What a DEQUEUE is answered.
 *
 * @param code {@link ReaderGroup#OK} with a batch, else why there is none
 * @param batch null without
 */
public record Answer(GroupReader reader, int code, LeasedBatch batch) {
    static Answer of(GroupReader reader, LeasedBatch batch) {
        return new Answer(reader, ReaderGroup.OK, batch);
    }

    static Answer without(GroupReader reader, int code) {
        return new Answer(reader, code, null);
    }
}
