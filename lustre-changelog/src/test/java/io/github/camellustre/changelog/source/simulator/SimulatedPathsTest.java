// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.path.Answer;
import io.github.camellustre.changelog.path.FidLookUp;
import io.github.camellustre.changelog.path.Link;
import io.github.camellustre.changelog.path.PathHandler;
import io.github.camellustre.changelog.path.PathOptions;
import io.github.camellustre.changelog.path.PathResolver;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.Streams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths that are found are those of the file system that wrote the records. */
class SimulatedPathsTest {
    private static final int MDTS = 3;
    private static final PathOptions ALL_NAMES = new PathOptions(10_000_000, true, false, 4, Duration.ofMinutes(1));

    private static final int MOST = 150_000;

    /** Of all MDTs, as they happened. */
    private static final List<ChangelogRecord> RECORDS = new ArrayList<>();

    @BeforeAll
    static void readAll() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=0,records=67000,seed=26,mdts=" + MDTS)) {
            for (String mdt : source.mdts()) {
                try (ChangelogStream stream = source.open(mdt, 1)) {
                    RECORDS.addAll(Streams.take(stream, Integer.MAX_VALUE));
                }
            }
        }
        RECORDS.sort(Comparator.comparing(ChangelogRecord::time));
        assertThat(RECORDS).hasSizeGreaterThan(200_000);
    }

    private final NameSpace truth = new NameSpace("paths");

    @Test
    void fromTheBeginningTheStreamAloneTellsAll() {
        try (PathResolver resolver = resolver(ALL_NAMES, null)) {
            for (ChangelogRecord record : RECORDS) {
                Expected expected = apply(record);
                expected.isMetBy(resolve(resolver, List.of(record)).get(0));
            }
            assertThat(resolver.counters().hits()).isEqualTo(RECORDS.size());
        }
    }

    @Test
    void fromTheMiddleItTellsWhereItIsBelowWhatItDoesNotKnow() {
        skipMost();
        int whole = 0;
        try (PathResolver resolver =
                resolver(new PathOptions(10_000_000, false, false, 1, Duration.ofMinutes(1)), null)) {
            for (ChangelogRecord record : theRest()) {
                Expected expected = apply(record);
                RecordPaths paths = resolve(resolver, List.of(record)).get(0);
                expected.isNotContradictedBy(paths);
                whole += paths.reason().isEmpty() ? 1 : 0;
            }
        }
        assertThat(whole).as("directories below the root were made before").isLessThan(1_000);
    }

    @Test
    void whatWasForgottenIsNotToldWrongly() {
        int partial = 0;
        try (PathResolver resolver = resolver(new PathOptions(150, false, false, 1, Duration.ofMinutes(1)), null)) {
            for (ChangelogRecord record : RECORDS.subList(0, 60_000)) {
                Expected expected = apply(record);
                RecordPaths paths = resolve(resolver, List.of(record)).get(0);
                expected.isNotContradictedBy(paths);
                partial += paths.reason().isEmpty() ? 0 : 1;
            }
            assertThat(resolver.objects()).isLessThanOrEqualTo(150);
        }
        assertThat(partial).isBetween(1_000, 50_000);
    }

    @Test
    void fromTheMiddleTheFileSystemTellsTheRest() {
        skipMost();
        try (PathResolver resolver = resolver(ALL_NAMES, this::ask)) {
            for (ChangelogRecord record : theRest()) {
                Expected expected = expect(record);
                // before what the record says is done: a later answer is another test's matter
                List<RecordPaths> paths = resolve(resolver, List.of(record));
                truth.apply(record);
                expected.complete();
                expected.isMetBy(paths.get(0));
            }
            assertThat(resolver.counters().lookUps()).isBetween(200L, 10_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000})
    void answersThatAreAheadOfTheStreamLeaveNothingWrongBehind(int ahead) {
        skipMost();
        try (PathResolver resolver = resolver(ALL_NAMES, this::ask)) {
            List<ChangelogRecord> records = theRest();
            for (int from = 0; from < records.size(); from += ahead) {
                List<ChangelogRecord> next = records.subList(from, Math.min(from + ahead, records.size()));
                next.forEach(truth::apply);
                for (int mdt = 0; mdt < MDTS; mdt++) {
                    resolve(resolver, of(mdt, next));
                }
            }
            allThatLivesIsWhereItIs(resolver);
        }
    }

    @Test
    void mdtsThatAreReadAtDifferentPacesAgreeInTheEnd() {
        List<ChangelogRecord> records = RECORDS.subList(0, 60_000);
        records.forEach(truth::apply);
        try (PathResolver resolver = resolver(ALL_NAMES, null)) {
            for (int mdt : new int[] {2, 0, 1}) {
                resolve(resolver, of(mdt, records));
            }
            allThatLivesIsWhereItIs(resolver);
        }
    }

    @Test
    void whatComesAgainChangesNothing() {
        List<ChangelogRecord> records = RECORDS.subList(0, 60_000);
        records.forEach(truth::apply);
        try (PathResolver resolver = resolver(ALL_NAMES, null)) {
            resolver.learn(records);
            for (int mdt = 0; mdt < MDTS; mdt++) {
                List<ChangelogRecord> log = of(mdt, records);
                resolve(resolver, log.subList(0, log.size() - 2_000));
            }
            allThatLivesIsWhereItIs(resolver);
        }
    }

    private void allThatLivesIsWhereItIs(PathResolver resolver) {
        List<Fid> live = List.copyOf(truth.objects());
        List<ChangelogRecord> questions = live.stream()
                .map(fid ->
                        new RecordBuilder(RecordType.SATTR).index(1).target(fid).build("fs-MDT0000"))
                .toList();
        List<RecordPaths> paths = resolve(resolver, questions);
        for (int i = 0; i < live.size(); i++) {
            if (!live.get(i).equals(NameSpace.ROOT)) {
                assertThat(texts(paths.get(i).names()))
                        .as("%s", live.get(i))
                        .containsExactlyInAnyOrderElementsOf(truth.paths(live.get(i)));
            }
        }
    }

    /** What the truth says of a record: paths before it for what it takes away, else after it. */
    private final class Expected {
        private final ChangelogRecord record;
        private final Fid subject;
        private final String oldPath;
        private String path;
        private List<String> names;

        Expected(ChangelogRecord record) {
            this.record = record;
            boolean renames = record.type().equals(RecordType.RENME);
            boolean moves = renames || record.type().equals(RecordType.MIGRT);
            subject = moves ? record.sourceFid() : record.targetFid();
            oldPath = renames ? truth.path(record.sourceParentFid(), record.oldName()) : null;
            path = record.type().changesNameSpace() ? truth.path(record.parentFid(), record.name()) : null;
        }

        void complete() {
            Fid after = record.type().equals(RecordType.MIGRT) ? record.targetFid() : subject;
            names = truth.paths(after);
        }

        void isMetBy(RecordPaths paths) {
            boolean isRight = paths.reason().isEmpty()
                    && (path == null ? names : List.of(path)).contains(text(paths))
                    && (oldPath == null
                            ? paths.oldPath().isEmpty()
                            : oldPath.equals(full(paths.oldPath().orElseThrow())))
                    && names.size() == paths.names().size()
                    && texts(paths.names()).containsAll(names);
            if (!isRight) {
                assertThat(paths.toString())
                        .as("%s: %s", record.index(), record)
                        .isEqualTo(path + " from " + oldPath + " as " + names);
            }
        }

        void isNotContradictedBy(RecordPaths paths) {
            boolean told = paths.path().isPresent();
            boolean isRight = (told || paths.reason().equals(Optional.of(PathReason.UNKNOWN)))
                    && (!told || (path == null ? names : List.of(path)).contains(text(paths)))
                    && paths.oldPath()
                            .map(SimulatedPathsTest.this::full)
                            .map(old -> old.equals(oldPath))
                            .orElse(true);
            if (!isRight) {
                assertThat(paths.toString())
                        .as("%s: %s", record.index(), record)
                        .isEqualTo(path + " from " + oldPath + " as " + names);
            }
        }
    }

    private Expected expect(ChangelogRecord record) {
        return new Expected(record);
    }

    private Expected apply(ChangelogRecord record) {
        Expected expected = expect(record);
        truth.apply(record);
        expected.complete();
        return expected;
    }

    private String text(RecordPaths paths) {
        return full(paths.path().orElseThrow());
    }

    /** With the true place of the directory that it is relative to. */
    private String full(ObjectPath path) {
        String told = new String(path.bytes(), StandardCharsets.ISO_8859_1);
        return path.from().map(from -> truth.paths(from).get(0) + '/' + told).orElse(told);
    }

    private List<String> texts(List<ObjectPath> paths) {
        return paths.stream().map(this::full).toList();
    }

    private Answer ask(Fid fid, boolean allNames) {
        List<NameSpace.Entry> names = truth.names(fid);
        if (names.isEmpty()) {
            return Answer.without(PathReason.GONE, "ENOENT");
        }
        return Answer.of(
                truth.paths(fid).stream()
                        .map(path -> ObjectPath.whole(path.getBytes(StandardCharsets.ISO_8859_1)))
                        .toList(),
                names.stream()
                        .map(name -> Link.found(name.parent(), name.name().array()))
                        .toList(),
                true);
    }

    private void skipMost() {
        RECORDS.subList(0, MOST).forEach(truth::apply);
    }

    private static List<ChangelogRecord> theRest() {
        return RECORDS.subList(MOST, RECORDS.size());
    }

    private static List<ChangelogRecord> of(int mdt, List<ChangelogRecord> records) {
        return records.stream()
                .filter(record -> record.mdt().endsWith("MDT000" + mdt))
                .toList();
    }

    private static PathResolver resolver(PathOptions options, FidLookUp lookUp) {
        return new PathResolver(options, lookUp, ForkJoinPool.commonPool());
    }

    static List<RecordPaths> resolve(PathResolver resolver, List<ChangelogRecord> records) {
        CompletableFuture<List<RecordPaths>> found = new CompletableFuture<>();
        resolver.step().resolve(records, new PathHandler() {
            @Override
            public void onPaths(List<RecordPaths> paths) {
                found.complete(paths);
            }

            @Override
            public void onFailure(Throwable cause) {
                found.completeExceptionally(cause);
            }
        });
        return found.join();
    }
}
