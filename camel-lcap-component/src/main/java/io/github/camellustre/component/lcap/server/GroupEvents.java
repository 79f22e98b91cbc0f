// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.component.lcap.group.GroupCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a group's operator is told. Readers may come and go by the thousand, so that each kind of line is written rarely. */
final class GroupEvents {
    private static final Logger LOG = LoggerFactory.getLogger(GroupEvents.class);

    private final SparseLog joined = new SparseLog(LOG, Level.INFO);
    private final SparseLog left = new SparseLog(LOG, Level.INFO);
    private final SparseLog expired = new SparseLog(LOG, Level.WARN);
    private final SparseLog released = new SparseLog(LOG, Level.WARN);
    private final SparseLog dropped = new SparseLog(LOG, Level.WARN);
    private final SparseLog unread = new SparseLog(LOG, Level.WARN);

    void joined(ServedMdt mdt, Session session) {
        joined.say("{}: {} joined, {} there now", mdt, session, mdt.sessions().size());
    }

    void left(ServedMdt mdt, Session session) {
        left.say("{}: {} left, {} there now", mdt, session, mdt.sessions().size());
    }

    void expired(ServedMdt mdt, Session session, long records, long firstIndex, long lastIndex) {
        expired.say(
                "{}: {} was silent for longer than its lease: {} records from index {} to {} go to another reader",
                mdt,
                session,
                records,
                firstIndex,
                lastIndex);
    }

    void released(ServedMdt mdt, long records, long firstIndex, long lastIndex) {
        released.say(
                "{}: no reader is there: {} records from index {} to {} are released as if acknowledged (whenEmpty,"
                        + " holdLimit)",
                mdt,
                records,
                firstIndex,
                lastIndex);
    }

    void dropped(ServedMdt mdt, Session session, long records) {
        dropped.say("{}: {} is too slow for ack=none: its oldest {} records are dropped", mdt, session, records);
    }

    void unread(ServedMdt mdt, Session session) {
        unread.say("{}: {} does not read its answers: its session has ended, its batch goes to another", mdt, session);
    }

    void summary(ServedMdt mdt) {
        GroupCounters counters = mdt.counters();
        LOG.info(
                "{}: offered {}, sent {}, redelivered {}, filtered {}, acknowledged {}, released {}, dropped {}, failed {}",
                mdt,
                counters.offered(),
                counters.sent(),
                counters.redelivered(),
                counters.filtered(),
                counters.acknowledged(),
                counters.released(),
                counters.dropped(),
                counters.failed());
    }
}
