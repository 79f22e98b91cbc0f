// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.path.PathHandler;
import io.github.camellustre.changelog.path.PathOptions;
import io.github.camellustre.changelog.path.PathResolver;
import io.github.camellustre.changelog.path.PathStep;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceSpec;
import io.github.camellustre.component.lustre.format.RecordForm;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code PathBench RECORDS}: records of a simulated MDT that are in memory, in batches of 1,000, through the path look-up on
 * one thread, from the stream alone; and written as JSON lines without and with their paths.
 */
public final class PathBench {
    private static final int BATCH = 1_000;
    private static final PathOptions OPTIONS = new PathOptions(200_000, false, false, 1, Duration.ofSeconds(5));

    private PathBench() {}

    public static void main(String[] arguments) throws Exception {
        int records = Integer.parseInt(arguments[0]);
        List<ChangelogBatch> batches = read(records);
        resolve(batches);
        List<List<RecordPaths>> found = new ArrayList<>();
        print(Measure.of("paths", records, () -> found.addAll(resolve(batches))));
        write(batches);
        print(Measure.of("JSON lines", records, () -> write(batches)));
        List<ChangelogBatch> withPaths = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            withPaths.add(batches.get(i).withPaths(found.get(i)));
        }
        write(withPaths);
        print(Measure.of("JSON lines with paths", records, () -> write(withPaths)));
    }

    private static void print(Measure measure) {
        System.out.println(measure);
    }

    private static List<ChangelogBatch> read(int records) throws Exception {
        List<ChangelogBatch> batches = new ArrayList<>();
        try (ChangelogSource source = SourceSpec.parse("simulator:mdts=1,rate=0,seed=1,records=" + records)
                .create()) {
            String mdt = source.mdts().get(0);
            try (ChangelogStream stream = source.open(mdt, 1)) {
                RecordBlock block = stream.read(BATCH, 1 << 20);
                while (!block.isEmpty()) {
                    batches.add(ChangelogBatch.of(block, 0, block.count()));
                    block = stream.read(BATCH, 1 << 20);
                }
            }
        }
        return batches;
    }

    private static List<List<RecordPaths>> resolve(List<ChangelogBatch> batches) {
        List<List<RecordPaths>> found = new ArrayList<>();
        PathHandler handler = new PathHandler() {
            @Override
            public void onPaths(List<RecordPaths> paths) {
                found.add(paths);
            }

            @Override
            public void onFailure(Throwable cause) {
                throw new IllegalStateException(cause);
            }
        };
        try (PathResolver resolver = new PathResolver(OPTIONS, null, Runnable::run)) {
            PathStep step = resolver.step();
            for (List<ChangelogRecord> batch : batches) {
                step.resolve(batch, handler);
            }
        }
        return found;
    }

    private static void write(List<ChangelogBatch> batches) throws Exception {
        for (ChangelogBatch batch : batches) {
            RecordForm.lines.write(batch, OutputStream.nullOutputStream());
        }
    }
}
