// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.List;

/** The window that all pictures show: four files, of which one is new, one temporary, one moved and one removed. */
final class PictureStory {
    private static final Fid DIRECTORY = new Fid(0x200000402L, 1, 0);
    /** Where the file lies that moves: nothing else touches a name in it, so its renames can be folded. */
    private static final Fid OTHER_DIRECTORY = new Fid(0x200000402L, 100, 0);

    static final List<String> FILES = List.of("report", "tmp", "data", "log");

    private final List<ChangelogRecord> records = new ArrayList<>();

    private PictureStory() {}

    static ChangelogBatch records() {
        PictureStory story = new PictureStory();
        story.named(RecordType.CREAT, 0, 0);
        story.named(RecordType.CREAT, 1, 0);
        story.add(new RecordBuilder(RecordType.CLOSE).typeFlags(0x42), 0);
        story.add(new RecordBuilder(RecordType.SATTR).typeFlags(0x14), 0);
        story.add(new RecordBuilder(RecordType.CLOSE).typeFlags(0x42), 1);
        story.rename("data", "data.1");
        story.named(RecordType.UNLNK, 1, 1);
        story.add(new RecordBuilder(RecordType.TRUNC).typeFlags(0xe), 3);
        story.rename("data.1", "data.2");
        story.add(new RecordBuilder(RecordType.CLOSE).typeFlags(0x2), 0);
        story.named(RecordType.UNLNK, 3, 1);
        return ChangelogBatch.of(story.records);
    }

    /** The row of a record: that of its file. */
    static int row(ChangelogRecord record) {
        return record.subjects().get(0).objectId() - fid(0).objectId();
    }

    private static Fid fid(int file) {
        return new Fid(0x200000402L, 2 + file, 0);
    }

    private void named(RecordType type, int file, int flags) {
        add(new RecordBuilder(type).typeFlags(flags).parent(DIRECTORY).name(FILES.get(file)), file);
    }

    private void rename(String from, String to) {
        RecordBuilder record = new RecordBuilder(RecordType.RENME)
                .parent(OTHER_DIRECTORY)
                .name(to)
                .rename(fid(2), OTHER_DIRECTORY)
                .oldName(from);
        records.add(record.index(records.size() + 1)
                .time(1_790_000_000L + records.size(), 0)
                .build("fs-MDT0000"));
    }

    private void add(RecordBuilder record, int file) {
        records.add(record.target(fid(file))
                .index(records.size() + 1)
                .time(1_790_000_000L + records.size(), 0)
                .build("fs-MDT0000"));
    }
}
