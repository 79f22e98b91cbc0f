// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.RecordCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Records of one object are in one reader's hands at a time. A record is kept back while another reader holds one with a
 * common subject, or while an earlier one with a common subject is kept back. Each subject has a queue of those that are
 * kept back; a record that is first in the queues of all its subjects, none of them held, is ready. So each record is
 * looked at once when it comes, and once each time that one before it has gone.
 */
final class WaitingBySubject implements Waiting {
    private final Backlog backlog;
    private final SubjectTable subjects = new SubjectTable();
    private final TreeMap<Long, KeptBack> ready = new TreeMap<>();
    private final RecordCursor cursor = new RecordCursor();
    /** Where the subjects of the record lie that the cursor looks at. */
    private int oneAt;

    private int twoAt;
    /** Records from here on have not been looked at. */
    private long fresh;

    private long end;
    /** Number of the last batch. */
    private long batches;

    WaitingBySubject(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void offered(long upTo) {
        end = upTo;
    }

    @Override
    public long available() {
        return ready.size() + end - fresh;
    }

    @Override
    public void fill(Pick pick) {
        batches++;
        fillWithKeptBack(pick);
        while (fresh < end && pick.admits(0)) {
            backlog.forEach(fresh, Math.min(end, fresh + pick.room()), (delivery, first, last) -> {
                int at = first;
                while (at < last && pick.admits(0) && look(pick, delivery, at)) {
                    at++;
                }
                fresh = delivery.first() + at;
            });
        }
    }

    /** Those that are ready, and those that become so for this reader, since it has what was before them. */
    private void fillWithKeptBack(Pick pick) {
        PriorityQueue<KeptBack> next = new PriorityQueue<>(Comparator.comparingLong(KeptBack::number));
        while (true) {
            KeptBack oldest = ready.isEmpty() ? null : ready.firstEntry().getValue();
            if (oldest == null || !next.isEmpty() && next.peek().number() < oldest.number()) {
                oldest = next.peek();
            }
            if (oldest == null || !pick.admits(oldest.expiries())) {
                return;
            }
            if (!choose(pick, oldest)) {
                return;
            }
            if (next.peek() == oldest) {
                next.remove();
            }
            KeptBack one = follower(oldest.one());
            KeptBack two = follower(oldest.two());
            if (one != null) {
                next.add(one);
            }
            if (two != null && two != one) {
                next.add(two);
            }
        }
    }

    /** Takes it into the batch, or leaves it out; false if it does not fit. */
    private boolean choose(Pick pick, KeptBack record) {
        boolean[] done = {true};
        backlog.forEach(record.number(), record.number() + 1, (delivery, at, behind) -> {
            if (!pick.wants(delivery, at)) {
                pick.leaveOut(delivery, at);
            } else if (pick.take(delivery, at, record.expiries())) {
                hold(record.one());
                hold(record.two());
                pick.again(record.wasSent() ? 1 : 0);
            } else {
                done[0] = false;
            }
        });
        if (done[0]) {
            record.go();
            ready.remove(record.number());
        }
        return done[0];
    }

    private void hold(Subject subject) {
        if (subject != null) {
            subject.hold(batches);
        }
    }

    /** One of the subject's records has gone to this batch: the one behind it, if it may follow; else null. */
    private KeptBack follower(Subject subject) {
        if (subject == null) {
            return null;
        }
        settle(subject);
        KeptBack first = subject.first();
        return first != null && first.isFirst() && !first.isFree() && first.isFreeFor(batches) ? first : null;
    }

    /** A record that was never looked at: takes it, leaves it out, or keeps it back; false if it does not fit. */
    private boolean look(Pick pick, Delivery delivery, int record) {
        if (!pick.wants(delivery, record)) {
            pick.leaveOut(delivery, record);
            return true;
        }
        lookAt(delivery, record);
        if (isBlocked(oneAt) || isBlocked(twoAt)) {
            keepBack(new KeptBack(delivery.first() + record, 0, false, subject(oneAt), subject(twoAt)));
            return true;
        }
        if (!pick.take(delivery, record, 0)) {
            return false;
        }
        hold(subject(oneAt));
        hold(subject(twoAt));
        return true;
    }

    private void lookAt(Delivery delivery, int record) {
        cursor.moveTo(delivery.records(), record);
        oneAt = cursor.firstSubjectAt();
        twoAt = cursor.secondSubjectAt();
    }

    private boolean isBlocked(int fidAt) {
        Subject subject = fidAt == RecordCursor.NONE ? null : subjects.find(cursor, fidAt);
        return subject != null && (subject.first() != null || !subject.isFreeFor(batches));
    }

    private Subject subject(int fidAt) {
        return fidAt == RecordCursor.NONE ? null : subjects.findOrAdd(cursor, fidAt);
    }

    private static void keepBack(KeptBack record) {
        record.one().addLast(record);
        if (record.two() != null) {
            record.two().addLast(record);
        }
    }

    @Override
    public void acknowledged(long from, long to) {
        backlog.forEach(from, to, (delivery, first, last) -> {
            for (int record = first; record < last; record++) {
                lookAt(delivery, record);
                letGo(oneAt);
                letGo(twoAt);
            }
        });
    }

    private void letGo(int fidAt) {
        if (fidAt != RecordCursor.NONE) {
            Subject subject = subjects.find(cursor, fidAt);
            subject.letGo();
            settle(subject);
        }
    }

    /** What the loss of a record, or of a hold, means to those that wait. */
    private void settle(Subject subject) {
        subject.dropGone();
        KeptBack first = subject.first();
        if (first != null) {
            if (first.isFirst() && first.isFree()) {
                ready.put(first.number(), first);
            }
        } else if (subject.isIdle()) {
            subjects.remove(subject);
        }
    }

    @Override
    public void giveBack(Ranges records, int expiries) {
        List<KeptBack> returned = new ArrayList<>();
        for (int range = records.count() - 1; range >= 0; range--) {
            for (long number = records.to(range) - 1; number >= records.from(range); number--) {
                backlog.forEach(number, number + 1, (delivery, record, behind) -> {
                    lookAt(delivery, record);
                    returned.add(comeBack(delivery.first() + record, expiries));
                });
            }
        }
        for (KeptBack record : returned) {
            if (record.isFirst() && record.isFree()) {
                ready.put(record.number(), record);
            }
        }
    }

    private KeptBack comeBack(long number, int expiries) {
        KeptBack record = new KeptBack(number, expiries, true, subject(oneAt), subject(twoAt));
        if (record.one() != null) {
            record.one().letGo();
            record.one().addFirst(record);
        }
        if (record.two() != null) {
            record.two().letGo();
            record.two().addFirst(record);
        }
        return record;
    }

    @Override
    public void withdraw(long from, long to, Ranges.Action action) {
        Ranges found = new Ranges();
        backlog.forEach(from, Math.min(to, fresh), (delivery, first, last) -> {
            for (int record = first; record < last; record++) {
                if (withdraw(delivery, record)) {
                    found.append(delivery.first() + record, delivery.first() + record + 1);
                }
            }
        });
        if (from <= fresh && fresh < to) {
            long until = Math.min(to, end);
            found.append(fresh, until);
            fresh = until;
        }
        found.forEach(action);
    }

    private boolean withdraw(Delivery delivery, int record) {
        long number = delivery.first() + record;
        lookAt(delivery, record);
        if (oneAt == RecordCursor.NONE) {
            return ready.remove(number) != null;
        }
        Subject subject = subjects.find(cursor, oneAt);
        KeptBack waiting = subject == null ? null : subject.find(number);
        if (waiting == null) {
            return false;
        }
        waiting.go();
        ready.remove(number);
        settle(waiting.one());
        if (waiting.two() != null) {
            settle(waiting.two());
        }
        return true;
    }
}
