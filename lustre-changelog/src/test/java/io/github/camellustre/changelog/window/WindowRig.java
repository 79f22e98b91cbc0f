// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes records from lines: {@code CREAT f d/a}, {@code UNLNK f d/a 0x1}, {@code RENME f d/a e/b}, {@code RENME f d/a e/b
 * over g 0x1}, {@code XATTR f x=user.a}, {@code MARK}. A line may begin with the number of its MDT, {@code 1: CREAT f d/a}, and
 * with a time, {@code 1@20: CREAT f d/a}. Objects and directories are FIDs by their letters. The n-th line has index n, and
 * second n if it has no time.
 */
final class WindowRig {
    private final List<ChangelogRecord> records = new ArrayList<>();
    private final Map<String, Fid> fids = new HashMap<>();

    static WindowRig of(String... lines) {
        WindowRig rig = new WindowRig();
        for (String line : lines) {
            rig.add(line);
        }
        return rig;
    }

    List<ChangelogRecord> records() {
        return records;
    }

    Fid fid(String letter) {
        return fids.computeIfAbsent(letter, key -> new Fid(0x200000401L, fids.size() + 1, 0));
    }

    private void add(String line) {
        int index = records.size() + 1;
        int mdt = 0;
        int second = index;
        String rest = line;
        int colon = line.indexOf(": ");
        if (colon > 0) {
            String[] where = line.substring(0, colon).split("@", -1);
            mdt = Integer.parseInt(where[0]);
            second = where.length > 1 ? Integer.parseInt(where[1]) : index;
            rest = line.substring(colon + 2);
        }
        String[] words = rest.split(" ", -1);
        RecordBuilder builder = new RecordBuilder(RecordType.parse(words[0]))
                .index(index)
                .time(second, 0)
                .job("job");
        List<String> names = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
            if (words[i].startsWith("0x")) {
                builder.typeFlags(Integer.decode(words[i]));
            } else if (words[i].startsWith("x=")) {
                builder.xattr(words[i].substring(2));
            } else if (words[i].startsWith("j=")) {
                builder.job(words[i].substring(2));
            } else if (words[i].equals("over")) {
                builder.target(fid(words[++i]));
            } else {
                names.add(words[i]);
            }
        }
        boolean moves = words[0].equals("RENME") || words[0].equals("MIGRT");
        if (moves) {
            String[] from = names.get(0).split("/", -1);
            String[] to = names.get(1).split("/", -1);
            builder.rename(fid(words[1]), fid(from[0]))
                    .parent(fid(to[0]))
                    .name(to[1])
                    .oldName(from[1]);
        } else if (words.length > 1) {
            builder.target(fid(words[1]));
            if (!names.isEmpty()) {
                String[] name = names.get(0).split("/", -1);
                builder.parent(fid(name[0])).name(name[1]);
            }
        }
        records.add(builder.build("fs-MDT000" + mdt));
    }

    WindowResult close(WindowOptions options) {
        ChangelogWindow window = new ChangelogWindow(options);
        window.add(ChangelogBatch.of(records));
        WindowResult result = window.close();
        assertEachIsInOnePlace(records, result);
        return result;
    }

    WindowResult close(Coalescing coalescing) {
        return close(new WindowOptions(coalescing));
    }

    /** What stays, as the numbers of the lines. */
    List<Long> kept(Coalescing coalescing) {
        return close(coalescing).records().stream().map(ChangelogRecord::index).toList();
    }

    static void assertEachIsInOnePlace(List<ChangelogRecord> records, WindowResult result) {
        List<RecordIndexes> places = new ArrayList<>(List.of(result.cancelled()));
        for (int position = 0; position < result.records().size(); position++) {
            RecordIndexes own = result.standsFor(position);
            ChangelogRecord record = result.records().get(position);
            assertThat(own.contains(record.mdt(), record.index())).isTrue();
            places.add(own);
        }
        for (ChangelogRecord record : records) {
            assertThat(places)
                    .filteredOn(place -> place.contains(record.mdt(), record.index()))
                    .as(record.toString())
                    .hasSize(1);
        }
        assertThat(places.stream().mapToLong(RecordIndexes::count).sum()).isEqualTo(records.size());
    }
}
