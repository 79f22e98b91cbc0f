// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.Streams;
import io.github.camellustre.changelog.text.LfsText;
import io.github.camellustre.changelog.text.LfsTextReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bytes as the real device gives them: facts 3 of the semantics. */
class SimulatedRecordsTest {
    private static List<ChangelogRecord> records;

    @BeforeAll
    static void read() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=0,mdts=3");
                ChangelogStream stream = source.open("lustre-MDT0002", 1)) {
            records = Streams.take(stream, 100_000);
        }
    }

    @Test
    void everyTypeThatARealServerWritesByDefaultOccurs() {
        Set<String> types =
                records.stream().map(r -> r.type().toString()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected =
                RecordType.known().stream().map(RecordType::toString).collect(Collectors.toCollection(TreeSet::new));
        expected.removeAll(Set.of("MARK", "RNMTO"));
        assertThat(types).isEqualTo(expected);
    }

    @Test
    void onlyRenamesComeWithoutTheVersionFlag() {
        for (ChangelogRecord record : records) {
            boolean rename =
                    record.type().equals(RecordType.RENME) || record.type().equals(RecordType.MIGRT);
            assertThat(record.flags() & 0xf000)
                    .as("%s", record)
                    .isIn(rename ? List.of(0xe000) : record.hasJobId() ? List.of(0xd000) : List.of(0x9000));
        }
    }

    @Test
    void extraFlagsFollowTheType() {
        for (ChangelogRecord record : records) {
            long expected = switch (record.type().toString()) {
                case "OPEN", "NOPEN" -> 0x17;
                case "XATTR", "GXATR" -> 0x1b;
                default -> 0x13;
            };
            assertThat(record.extraFlags()).as("%s", record).isEqualTo(expected);
            if (record.hasOpenFlags()) {
                assertThat(record.openFlags()).isEqualTo(record.flags());
            }
            if (record.hasXattr()) {
                assertThat(record.xattrName()).isNotEmpty();
            }
        }
    }

    @Test
    void serverMadeRecordsBelongToNobody() {
        List<ChangelogRecord> server =
                records.stream().filter(r -> !r.hasJobId()).toList();
        assertThat(server).isNotEmpty().allSatisfy(record -> {
            assertThat(record.type().toString()).isIn("HSM", "LYOUT", "FLRW");
            assertThat(record.uid()).isZero();
            assertThat(record.gid()).isZero();
            assertThat(record.nid().toString()).isEqualTo("0@<0:0>");
        });
    }

    @Test
    void plainRenamesHaveNoTarget() {
        List<ChangelogRecord> renames = ofType("RENME");
        assertThat(renames).anyMatch(r -> r.targetFid().isZero());
        assertThat(renames).anyMatch(r -> !r.targetFid().isZero() && r.isLastLink() && !r.isArchived());
        assertThat(renames).anyMatch(r -> !r.targetFid().isZero() && r.isLastLink() && r.isArchived());
        assertThat(renames).anyMatch(r -> !r.targetFid().isZero() && !r.isLastLink());
        assertThat(renames).allMatch(r -> !r.sourceFid().isZero());
    }

    @Test
    void thereAreManyKindsOfJobsUsersAndNetworks() {
        assertThat(distinct(r -> r.hasJobId() ? r.jobId() : ""))
                .contains("dd.1000", "my job.1004", "a very long pro.0")
                .hasSizeGreaterThan(60);
        assertThat(distinct(r -> r.uid() + ":" + r.gid()))
                .hasSizeGreaterThan(15)
                .anyMatch(ids -> ids.startsWith("3000000000:"));
        assertThat(distinct(r -> r.nid().toString()))
                .contains("10.0.2.16@tcp", "192.168.10.8@o2ib", "192.168.10.9@o2ib1", "fd77::2@tcp2")
                .anyMatch(nid -> nid.startsWith("2001:db8:") && nid.endsWith("@tcp"));
    }

    @Test
    void namesAreOdd() {
        Set<String> names = new HashSet<>();
        for (ChangelogRecord record : records) {
            names.add(new String(record.name(), StandardCharsets.ISO_8859_1));
        }
        assertThat(names)
                .anyMatch(name -> name.contains("\n"))
                .anyMatch(name -> name.contains(" "))
                .anyMatch(name -> name.contains("\u00ff"))
                .anyMatch(name -> name.length() == 255)
                .anyMatch(name -> name.startsWith("p=["))
                .anyMatch(name -> name.contains("s=[0x200000402:0x1:0x0]"));
        assertThat(records).anyMatch(r -> r.length() == 687 || r.name().length == 255 && r.hasRename());
    }

    @Test
    void parentsOfPlainRecordsCannotBeTrusted() {
        List<ChangelogRecord> closes = ofType("CLOSE");
        assertThat(closes).anyMatch(r -> r.parentFid().isZero());
        assertThat(closes).anyMatch(r -> !r.parentFid().isZero());
    }

    /** Where a name holds a newline, the text behind it may look like a record: the reader must still find the records. */
    @Test
    void theTextFormReadsBack() throws Exception {
        LfsText text = new LfsText();
        records.forEach(text::append);
        assertThat(new String(text.toByteArray(), StandardCharsets.ISO_8859_1))
                .startsWith("1 02MKDIR 00:00:00.000")
                .contains(" 2026.01.01 0x0 t=[0x28000040b:0x1:0x0] j=lfs.0 ef=0x13 u=0:0 nid=192.168.10.9@o2ib1"
                        + " p=[0x200000007:0x1:0x0] projects2\n")
                .contains("\n100000 ");

        LfsText again = new LfsText();
        int count = 0;
        try (LfsTextReader reader = new LfsTextReader("lustre-MDT0002", new ByteArrayInputStream(text.toByteArray()))) {
            for (ChangelogRecord record = reader.next(); record != null; record = reader.next()) {
                again.append(record);
                count++;
            }
        }
        assertThat(count).isEqualTo(records.size());
        assertThat(again.toByteArray()).isEqualTo(text.toByteArray());
    }

    @Test
    void treesAreDeep() {
        Map<Fid, Integer> depth = new HashMap<>();
        int deepest = 0;
        for (ChangelogRecord record : ofType("MKDIR")) {
            int here = depth.getOrDefault(record.parentFid(), 0) + 1;
            depth.put(record.targetFid(), here);
            deepest = Math.max(deepest, here);
        }
        assertThat(depth).hasSizeGreaterThan(1_000);
        assertThat(deepest).isGreaterThan(30);
    }

    private static List<ChangelogRecord> ofType(String type) {
        return records.stream().filter(r -> r.type().toString().equals(type)).toList();
    }

    private static Set<String> distinct(Function<ChangelogRecord, String> field) {
        return records.stream().map(field).collect(Collectors.toSet());
    }
}
