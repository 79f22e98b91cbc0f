// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.concurrent.atomic.LongAdder;

/** What a socket has done since its endpoint was made. */
final class SocketCounters {
    final LongAdder sent = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder replies = new LongAdder();
    final LongAdder lostReplies = new LongAdder();
    final LongAdder connections = new LongAdder();
    final LongAdder disconnections = new LongAdder();
    final LongAdder failedHandshakes = new LongAdder();
}
