// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** What a group tells its owner: for the log, and for the table of sessions. Called on the group's thread; it must not call back. */
public interface GroupListener {
    /** Nobody is there, and {@code whenEmpty=acknowledge} or the {@code holdLimit} lets records go. */
    void released(long records, long firstIndex, long lastIndex);

    /** A reader's batch is for others now. Until the reader clears it or joins anew it gets no other. */
    void expired(GroupReader reader, long records, long firstIndex, long lastIndex);

    /** A broadcast dropped a slow reader's oldest records. */
    void dropped(GroupReader reader, long records);

    /** A session was silent for too long and is forgotten. */
    void ended(GroupReader reader);
}
