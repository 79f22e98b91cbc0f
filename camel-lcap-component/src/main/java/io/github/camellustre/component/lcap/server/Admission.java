// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps requests waiting until the groups of all routes are there: a reader that came earlier, as after a restart, would be
 * told that its group does not exist, and give up. One thread.
 */
final class Admission {
    /** Requests that wait; those of a whole site's readers are fewer. */
    static final int MOST = 1_024;

    private final Dialogue dialogue;
    /** Null once it is open. */
    private Queue<RouterSocket.Incoming> early = new ArrayDeque<>();

    Admission(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    void receive(RouterSocket.Incoming message) {
        if (early == null) {
            dialogue.receive(message);
        } else if (early.size() < MOST) {
            early.add(message);
        } else {
            dialogue.refuse(message);
        }
    }

    /** Answers what waits, and all that comes at once. */
    void open() {
        Queue<RouterSocket.Incoming> waiting = early;
        early = null;
        if (waiting != null) {
            waiting.forEach(dialogue::receive);
        }
    }

    int waiting() {
        return early == null ? 0 : early.size();
    }
}
