// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a batch tells without making records is what its records tell, whether they are of one block or of several. */
class ChangelogBatchTest {
    static Stream<ChangelogBatch> batches() {
        ChangelogBatch ofBlock = ChangelogBatch.of(Captures.block(Captures.ZOO), 100, 300);
        RecordList list = new RecordList();
        ofBlock.forEach(list::add);
        int[] picks = IntStream.range(0, ofBlock.size()).toArray();
        return Stream.of(ofBlock, ChangelogBatch.of(List.copyOf(ofBlock)), list.batch(picks, 0, picks.length));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void fieldsByPosition(ChangelogBatch batch) {
        RecordCursor cursor = new RecordCursor();
        for (int position = 0; position < batch.size(); position++) {
            ChangelogRecord record = batch.get(position);
            assertThat(batch.index(position)).isEqualTo(record.index()).isEqualTo(101 + position);
            assertThat(batch.typeNumber(position)).isEqualTo(record.typeNumber());
            assertThat(batch.mdt(position)).isEqualTo(Captures.MDT);
            assertThat(cursor.moveTo(batch, position).index()).isEqualTo(record.index());
        }
    }

    @ParameterizedTest
    @MethodSource("batches")
    void rawBytesOfARange(ChangelogBatch batch) throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (ChangelogRecord record : batch.subList(20, 150)) {
            record.writeTo(expected);
        }
        byte[] into = new byte[7 + batch.rawLength(20, 150)];
        assertThat(batch.writeTo(20, 150, into, 7)).isEqualTo(expected.size()).isEqualTo(into.length - 7);
        assertThat(into).endsWith(expected.toByteArray());
        assertThat(batch.rawLength(20, 20)).isZero();
    }

    @ParameterizedTest
    @MethodSource("batches")
    void aRangeBeyondTheEndIsRefused(ChangelogBatch batch) {
        assertThatThrownBy(() -> batch.rawLength(0, 201)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.writeTo(199, 201, new byte[10_000], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @MethodSource("batches")
    void pickedRecordsAreThoseAtTheirPositions(ChangelogBatch batch) {
        ChangelogBatch picked = batch.pick(new int[] {0, 7, 8, 199, 3});

        assertThat(picked).containsExactly(batch.get(0), batch.get(7), batch.get(8), batch.get(199), batch.get(3));
        assertThat(picked.index(3)).isEqualTo(300);
        assertThat(batch.pick(new int[0])).isEmpty();
        assertThatThrownBy(() -> batch.pick(new int[] {5, 200})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.pick(new int[] {-1})).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
