// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.ack.LedgerKey;
import io.github.camellustre.changelog.ack.LedgerState.LastRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What proves that a log is another one, and what does not. The record known is number 100 of second 100, about file 100. */
class LogCheckTest {
    private static final LedgerKey KEY = new LedgerKey("fs-MDT0000", "cl1");

    private final Log log = new Log();
    private final LogCheck check = new LogCheck(log, KEY, Duration.ofMinutes(1));
    private final LastRecord known = LastRecord.of(RecordBlock.frame(KEY.mdt(), bytes(100, 100, 100)), 0);

    private static byte[] bytes(long index, long second, int file) {
        return new RecordBuilder(RecordType.CREAT)
                .index(index)
                .time(second, 0)
                .target(0x200000401L, file, 0)
                .toByteArray();
    }

    /** What an MDT has at the moment. */
    private static final class Log implements ChangelogSource {
        private final TreeMap<Long, byte[]> records = new TreeMap<>();
        private OptionalLong newest = OptionalLong.empty();
        private SourceException error;

        Log has(long index, long second, int file) {
            records.put(index, bytes(index, second, file));
            return this;
        }

        @Override
        public List<String> mdts() {
            return List.of(KEY.mdt());
        }

        @Override
        public String identity(String mdt) {
            return "log";
        }

        @Override
        public ChangelogStream open(String mdt, long fromIndex) throws SourceException {
            if (error != null) {
                throw error;
            }
            return new ChangelogStream() {
                private long next = fromIndex;

                @Override
                public RecordBlock read(int maxRecords, int maxBytes) {
                    Map.Entry<Long, byte[]> record = records.ceilingEntry(next);
                    if (record == null) {
                        return RecordBlock.empty(mdt);
                    }
                    next = record.getKey() + 1;
                    return RecordBlock.frame(mdt, record.getValue());
                }

                @Override
                public boolean await(Duration timeout) {
                    return false;
                }

                @Override
                public boolean finished() {
                    return records.ceilingEntry(next) == null;
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public void clear(String mdt, String user, long index) {
            throw new AssertionError("a check clears nothing");
        }

        @Override
        public OptionalLong newest(String mdt) {
            return newest;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private void assertSame() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(check.look(known)).isNull();
            assertThat(check.isSure()).isTrue();
        }
    }

    private void assertAnother(String... words) throws Exception {
        String proof = check.look(known);
        assertThat(proof)
                .contains("fs-MDT0000")
                .contains("record 100 (1970-01-01T00:01:40Z")
                .contains(words);
        assertThat(check.isSure()).isFalse();
    }

    @Test
    void nothingKnownProvesNothing() throws Exception {
        log.has(1, 1, 1);
        assertThat(check.look(null)).isNull();
        assertThat(check.isSure()).isTrue();
    }

    @Test
    void anEmptyLogProvesNothing() throws Exception {
        assertSame();
    }

    @Test
    void clearedUpToThereItIsTheSame() throws Exception {
        log.has(101, 101, 1);
        assertSame();
    }

    @Test
    void withTheRecordStillThereItIsTheSame() throws Exception {
        log.has(7, 7, 7).has(100, 100, 100).has(101, 101, 1);
        assertSame();
    }

    @Test
    void serversWhoseClockWentBackKeepTheSameLog() throws Exception {
        log.has(98, 5_000, 98).has(99, 5_001, 99).has(100, 100, 100);
        assertSame();
        log.records.clear();
        log.has(101, 3, 1);
        assertSame();
    }

    /** A crash may make clients repeat what the MDT had not yet written: the same change, recorded once more. */
    @Test
    void aRecordRepeatedAfterACrashIsTheSame() throws Exception {
        log.has(100, 140, 100);
        assertSame();
    }

    @Test
    void anotherRecordInItsPlaceIsProof() throws Exception {
        log.has(1, 200, 1).has(100, 300, 7);
        assertAnother("there is now record 100 (1970-01-01T00:05:00Z", "Register a new changelog user");
    }

    @Test
    void aLowerNewestIndexIsProof() throws Exception {
        log.newest = OptionalLong.of(99);
        assertAnother("the newest index is now 99");
        log.newest = OptionalLong.of(100);
        assertSame();
    }

    @Test
    void aLaterRecordWithALowerIndexIsProofOnceTheKnownOneWasMissingThreeTimes() throws Exception {
        log.has(1, 200, 1);
        for (int i = 0; i < 2; i++) {
            assertThat(check.look(known)).isNull();
            assertThat(check.isSure()).as("nothing is cleared meanwhile").isFalse();
        }
        assertAnother("begins with the later record 1 (1970-01-01T00:03:20Z");
    }

    @Test
    void missesInBetweenDoNotCount() throws Exception {
        log.has(1, 200, 1);
        check.look(known);
        check.look(known);
        log.has(100, 100, 100);
        assertSame();
        log.records.clear();
        log.has(2, 200, 1);
        assertThat(check.look(known)).isNull();
        assertThat(check.isSure()).isFalse();
    }

    /** Another user holds a backlog, and the MDT needs long to find the end of it. */
    @Test
    void anOlderBacklogIsNoProofThoughTheRecordDoesNotShowUp() throws Exception {
        log.has(7, 7, 7);
        assertSame();
    }

    @Test
    void anErrorLeavesItInDoubt() throws Exception {
        assertSame();
        log.error = SourceException.retryable("EIO", null);
        assertThatThrownBy(() -> check.look(known)).isSameAs(log.error);
        assertThat(check.isSure()).isFalse();
        assertThat(check.isDue()).isTrue();
    }
}
