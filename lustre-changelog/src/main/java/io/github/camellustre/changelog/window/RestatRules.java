// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.HsmChange;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link Coalescing#RESTAT}: the lines of {@link RestatTable}, and robinhood's HSM rule: of the records that tell a FID's HSM
 * state the newest stays. For each FID and each set of types in the table the newest kept record is known, so nothing is
 * searched for.
 */
final class RestatRules implements Rules {
    private static final RestatTable.Line[] LINES = lines();
    /** The different sets of types of the lines that look past other records. */
    private static final int[] MASKS = masks();
    /** By type: which of them is that of its line. */
    private static final int[] MASK_OF = maskOf();

    /** What was known of a FID before a record that may be taken back. */
    private record Before(int newest, List<Integer> newestOf) {}

    private final WindowRecords records;
    /** By FID. */
    private final IntColumn newest = new IntColumn(WindowRecords.NONE);
    /** By FID, for each of the sets the newest record of a type that is in it. */
    private final IntColumn[] newestOf = new IntColumn[MASKS.length];
    /** By FID, the record that tells its HSM state. */
    private final IntColumn hsmState = new IntColumn(WindowRecords.NONE);
    /** By creating record. Only for FIDs that had records before they were created: no server makes such a stream. */
    private final Map<Integer, Before> history = new HashMap<>();

    RestatRules(WindowRecords records) {
        this.records = records;
        Arrays.setAll(newestOf, mask -> new IntColumn(WindowRecords.NONE));
    }

    @Override
    public void add(int record, RecordCursor cursor, int subject, int second) {
        int type = cursor.typeNumber();
        RestatTable.Line line = type >= 0 && type < LINES.length ? LINES[type] : null;
        if (line != null && line.rule() == RestatTable.Rule.IGNORE_ALWAYS) {
            records.cancel(record, Suppression.IGNORED);
        } else if (subject != FidTable.NONE && (line == null || !isDropped(line, record, subject))) {
            keep(record, cursor, subject);
            if (second != FidTable.NONE) {
                newest.set(second, record);
            }
        }
    }

    private boolean isDropped(RestatTable.Line line, int record, int subject) {
        if (line.rule() == RestatTable.Rule.IGNORE_MASK) {
            int earlier = newestOf[MASK_OF[line.incoming().number()]].get(subject);
            if (earlier == WindowRecords.NONE) {
                return false;
            }
            records.suppress(record, earlier, Suppression.COVERED);
            return true;
        }
        int nearest = newest.get(subject);
        if (nearest == WindowRecords.NONE || !line.earlier().contains(RecordType.of(records.typeNumber(nearest)))) {
            return false;
        }
        records.cancel(nearest, Suppression.CANCELLED);
        records.cancel(record, Suppression.CANCELLED);
        takeBack(nearest, subject);
        return true;
    }

    private void keep(int record, RecordCursor cursor, int subject) {
        int type = cursor.typeNumber();
        int bit = type >= 0 && type < LINES.length ? 1 << type : 0;
        if ((bit & RestatTable.CANCELLABLE) != 0 && newest.get(subject) != WindowRecords.NONE) {
            List<Integer> before =
                    Arrays.stream(newestOf).map(of -> of.get(subject)).toList();
            history.put(record, new Before(newest.get(subject), before));
        }
        newest.set(subject, record);
        for (int mask = 0; mask < MASKS.length; mask++) {
            if ((MASKS[mask] & bit) != 0) {
                newestOf[mask].set(subject, record);
            }
        }
        if (type == RecordType.HSM.number() && HsmChange.of(cursor.typeFlags()).event() == HsmChange.STATE) {
            int earlier = hsmState.get(subject);
            if (earlier != WindowRecords.NONE) {
                records.suppress(earlier, record, Suppression.REPLACED);
            }
            hsmState.set(subject, record);
        }
    }

    private void takeBack(int record, int subject) {
        Before before = history.remove(record);
        newest.set(subject, before == null ? WindowRecords.NONE : before.newest());
        for (int mask = 0; mask < MASKS.length; mask++) {
            newestOf[mask].set(
                    subject,
                    before == null ? WindowRecords.NONE : before.newestOf().get(mask));
        }
    }

    private static RestatTable.Line[] lines() {
        RestatTable.Line[] lines = new RestatTable.Line[RecordType.known().size()];
        for (RestatTable.Line line : RestatTable.LINES) {
            lines[line.incoming().number()] = line;
        }
        return lines;
    }

    private static int[] masks() {
        return RestatTable.LINES.stream()
                .filter(line -> line.rule() == RestatTable.Rule.IGNORE_MASK)
                .mapToInt(line -> RestatTable.mask(line.earlier()))
                .distinct()
                .toArray();
    }

    private static int[] maskOf() {
        int[] maskOf = new int[LINES.length];
        for (RestatTable.Line line : RestatTable.LINES) {
            for (int mask = 0; mask < MASKS.length; mask++) {
                if (MASKS[mask] == RestatTable.mask(line.earlier())) {
                    maskOf[line.incoming().number()] = mask;
                }
            }
        }
        return maskOf;
    }
}
