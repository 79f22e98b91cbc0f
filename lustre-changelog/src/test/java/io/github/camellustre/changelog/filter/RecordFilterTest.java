// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.Nid;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.changelog.RecordType;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter wants of a real Lustre's records is what the records themselves say. */
class RecordFilterTest {
    private static final ChangelogBatch ZOO = Captures.records(Captures.ZOO);
    private static final ChangelogBatch IPV6 = Captures.records(Captures.IPV6);

    private static List<Long> wanted(String filter, ChangelogBatch records) {
        RecordFilter parsed = RecordFilter.parse(filter);
        return records.stream()
                .filter(parsed::matches)
                .map(ChangelogRecord::index)
                .toList();
    }

    private static List<Long> wanted(String filter) {
        return wanted(filter, ZOO);
    }

    private static List<Long> those(Predicate<ChangelogRecord> wanted) {
        return ZOO.stream().filter(wanted).map(ChangelogRecord::index).toList();
    }

    @Test
    void typesByNameAndNumber() {
        assertThat(wanted("type=CREAT,6"))
                .isEqualTo(
                        those(r -> r.type().equals(RecordType.CREAT) || r.type().equals(RecordType.UNLNK)))
                .hasSize(224);
    }

    @Test
    void everySubject() {
        Set<Fid> fids =
                ZOO.stream().flatMap(record -> record.subjects().stream()).collect(Collectors.toSet());
        for (Fid fid : fids) {
            assertThat(wanted("fid=" + fid)).isEqualTo(those(r -> r.subjects().contains(fid)));
        }
        ChangelogRecord rename = Captures.zoo(103);
        assertThat(rename.targetFid().isZero()).isTrue();
        assertThat(wanted("fid=" + rename.sourceFid())).contains(103L);
    }

    @Test
    void parentsWhereTheyCanBeTrusted() {
        Set<Fid> parents = ZOO.stream()
                .flatMap(record -> List.of(record.parentFid(), record.sourceParentFid()).stream())
                .filter(fid -> !fid.isZero())
                .collect(Collectors.toSet());
        for (Fid parent : parents) {
            assertThat(wanted("parent=" + parent))
                    .isEqualTo(those(r -> r.type().changesNameSpace()
                            && (r.parentFid().equals(parent)
                                    || r.sourceParentFid().equals(parent))));
        }
        assertThat(those(r -> r.hasParent() && !r.type().changesNameSpace())).isNotEmpty();
    }

    @Test
    void namesOldOnesToo() {
        assertThat(wanted("name=rd2"))
                .isEqualTo(
                        those(r -> r.nameText().equals("rd2") || r.oldNameText().equals("rd2")))
                .contains(103L);
        assertThat(wanted("name=*")).isEqualTo(those(r -> !r.nameText().isEmpty()));
    }

    @Test
    void aBadByteIsOneReplacementCharacter() {
        ChangelogRecord record = new RecordBuilder(RecordType.CREAT)
                .name("a\u00ff.c".getBytes(StandardCharsets.ISO_8859_1))
                .build("fs-MDT0000");
        assertThat(RecordFilter.parse("name=a?.c").matches(record)).isTrue();
        assertThat(RecordFilter.parse("name=a\ufffd.c").matches(record)).isTrue();
        assertThat(RecordFilter.parse("name=a\u00ff.c").matches(record)).isFalse();
    }

    @Test
    void theNameOfAMarkIsNone() {
        ChangelogRecord mark =
                new RecordBuilder(RecordType.MARK).name("fs-MDD0000").build("fs-MDT0000");
        assertThat(RecordFilter.parse("name=*").matches(mark)).isFalse();
        assertThat(RecordFilter.parse("type=MARK").matches(mark)).isTrue();
    }

    @Test
    void jobs() {
        assertThat(wanted("job=mv.*,touch.0"))
                .isEqualTo(those(r -> r.jobId().startsWith("mv.") || r.jobId().equals("touch.0")))
                .isNotEmpty();
        assertThat(wanted("job=\"a very long pro.0\"")).isNotEmpty();
        assertThat(wanted("job=*")).isEqualTo(those(r -> !r.jobId().isEmpty()));
    }

    @Test
    void owners() {
        assertThat(wanted("uid=0")).isEqualTo(those(r -> r.uid() == 0)).isNotEmpty();
        assertThat(wanted("gid=1000,500")).isEqualTo(those(r -> r.gid() == 1000 || r.gid() == 500));
        ChangelogRecord record =
                new RecordBuilder(RecordType.CREAT).uidGid(-1, 7).build("fs-MDT0000");
        assertThat(RecordFilter.parse("uid=18446744073709551615 gid=7").matches(record))
                .isTrue();
        assertThat(RecordFilter.parse("uid=7").matches(record)).isFalse();
    }

    @Test
    void clients() {
        assertThat(wanted("nid=0@lo"))
                .isEqualTo(those(r -> Nid.parse("0@lo").equals(r.nid())))
                .isNotEmpty();
        assertThat(wanted("nid=10.0.2.16@tcp,fd77::2@tcp2", IPV6)).isNotEmpty();
    }

    @Test
    void openModes() {
        assertThat(wanted("omode=w"))
                .isEqualTo(those(r -> r.hasOpenFlags() && (r.openFlags() & 0x602) != 0 && (r.openFlags() & 4) == 0))
                .isNotEmpty();
        assertThat(wanted("omode=rw")).isEqualTo(wanted("omode=r omode=w")).isNotEmpty();
        assertThat(wanted("omode=r,w")).hasSizeGreaterThan(wanted("omode=r").size());
        assertThat(wanted("omode=x")).isEqualTo(those(r -> r.hasOpenFlags() && (r.openFlags() & 4) != 0));
        ChangelogRecord run = new RecordBuilder(RecordType.OPEN).openFlags(0x5).build("fs-MDT0000");
        assertThat(RecordFilter.parse("omode=x").matches(run)).isTrue();
        assertThat(RecordFilter.parse("omode=r").matches(run)).isFalse();
    }

    @Test
    void xattrNames() {
        assertThat(wanted("xattr=user.*"))
                .isEqualTo(those(r -> r.xattrName().startsWith("user.")))
                .isNotEmpty();
    }

    @Test
    void hsmEvents() {
        assertThat(wanted("hsm=archive,STATE"))
                .isEqualTo(those(
                        r -> r.hsm() != null && List.of(0, 5).contains(r.hsm().event())))
                .hasSizeGreaterThan(wanted("hsm=0").size());
        assertThat(wanted("hsm=0")).isEqualTo(wanted("hsm=ARCHIVE")).isNotEmpty();
        ChangelogRecord creat = new RecordBuilder(RecordType.CREAT).typeFlags(0).build("fs-MDT0000");
        assertThat(RecordFilter.parse("hsm=archive").matches(creat)).isFalse();
    }

    @Test
    void regularExpressionsOverTheWholeNameOldOnesToo() {
        assertThat(wanted("name~=[a-z]+[0-9]"))
                .isEqualTo(those(r ->
                        r.nameText().matches("[a-z]+[0-9]") || r.oldNameText().matches("[a-z]+[0-9]")))
                .contains(103L);
        ChangelogRecord twoLines =
                new RecordBuilder(RecordType.CREAT).name("a\nb").build("fs-MDT0000");
        assertThat(RecordFilter.parse("name~=a.b").matches(twoLines)).isTrue();
        assertThat(RecordFilter.parse("name~=\"a\\\\nb\"").matches(twoLines)).isTrue();
    }

    /** With an engine that backtracks this would not end. */
    @Test
    void anExpressionThatIsMeantToTakeLong() {
        ChangelogRecord record =
                new RecordBuilder(RecordType.CREAT).name("a".repeat(255)).build("fs-MDT0000");
        assertThat(RecordFilter.parse("name~=(a*)*(a|aa)*b").matches(record)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordFilter.parse("name~=" + "a".repeat(257)))
                .withMessageContaining("at most 256");
    }

    @Test
    void theTypesThatCanMatch() {
        assertThat(RecordFilter.parse("uid=0").types()).isEmpty();
        assertThat(RecordFilter.parse("type=CREAT,8 uid=0").types().orElseThrow())
                .hasToString("{1, 8}");
        assertThat(RecordFilter.parse("type=CREAT,8 type=8,9").types().orElseThrow())
                .hasToString("{8}");
        assertThat(RecordFilter.parse("type=4000000000").types()).isEmpty();
    }

    @Test
    void theFirstTermThatDoesNotHold() {
        RecordFilter filter = RecordFilter.parse("name=a uid=5 type=CREAT");
        assertThat(filter.terms()).containsExactly("type=CREAT", "uid=5", "name=a");
        RecordBuilder creat = new RecordBuilder(RecordType.CREAT).uidGid(5, 5);
        RecordCursor cursor = new RecordCursor();
        assertThat(filter.firstUnmet(cursor.moveTo(creat.name("b").build("m")))).isEqualTo(2);
        assertThat(filter.firstUnmet(cursor.moveTo(creat.name("a").build("m")))).isEqualTo(RecordFilter.NONE);
        assertThat(filter.firstUnmet(cursor.moveTo(Captures.zoo(103)))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"uid=0, uidgid", "gid=0, uidgid", "nid=0@lo, nid", "omode=r, omode", "xattr=*, xattr"})
    void aFieldThatTheRecordsLoseIsRefused(String term, String field) {
        RecordFilter filter = RecordFilter.parse("type=CREAT " + term);
        filter.requireFieldsOf(RecordFormat.withExtraFields(field));
        String others = String.join(
                ",",
                Stream.of("uidgid", "nid", "omode", "xattr")
                        .filter(other -> !other.equals(field))
                        .toList());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.requireFieldsOf(RecordFormat.withExtraFields(others)))
                .withMessage("filter term '" + term + "': extraFlags takes " + field
                        + " out of the records, so that none would match. Add " + field
                        + " to extraFlags, or remove the term");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uid=0",
                "gid=0",
                "nid=0@<0:0>",
                "job=*",
                "name=*",
                "name~=.*",
                "omode=r",
                "xattr=*",
                "hsm=archive"
            })
    void aRecordWithoutTheFieldDoesNotMatch(String filter) {
        ChangelogRecord bare = new RecordBuilder(RecordType.CLOSE).build("fs-MDT0000");
        assertThat(RecordFilter.parse(filter).matches(bare)).isFalse();
    }

    @Test
    void allTermsHold() {
        assertThat(wanted("name=*.c,f* type=CREAT uid=0"))
                .isEqualTo(those(r -> r.type().equals(RecordType.CREAT)
                        && r.uid() == 0
                        && (r.nameText().endsWith(".c") || r.nameText().startsWith("f"))))
                .isNotEmpty();
        assertThat(wanted("type=CREAT type=UNLNK")).isEmpty();
    }

    @Test
    void aBlankFilterWantsAll() {
        assertThat(RecordFilter.parse(" \t ")).isSameAs(RecordFilter.ALL).hasToString("");
        assertThat(wanted("")).hasSize(ZOO.size());
    }

    @Test
    void aRecordOfAnotherTypeCostsNoAllocation() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RecordFilter filter = RecordFilter.parse("name=* job=* nid=0@lo type=MARK");
        RecordCursor cursor = new RecordCursor();
        long before = threads.getCurrentThreadAllocatedBytes();
        int wanted = 0;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < ZOO.size(); i++) {
                wanted += filter.matches(cursor.moveTo(ZOO, i)) ? 1 : 0;
            }
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ZOO.size());
        assertThat(wanted).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "color=5 | filter term 'color=5': unknown key 'color', possible are [type, uid, gid, omode, hsm, fid, parent, nid, xattr, job, name, name~]",
                "uid=0 type=CREATE job=x | filter term 'type=CREATE': unknown record type 'CREATE': known are",
                "CREAT | filter term 'CREAT': key=value expected",
                "name=a b | filter term 'b': key=value expected; a value that holds blanks is written in",
                "uid=root | filter term 'uid=root': no number: 'root'",
                "uid=-1 | filter term 'uid=-1': no number: '-1'",
                "fid=5 | filter term 'fid=5': no FID: '5'",
                "fid=[0:0x0:0x0] | filter term 'fid=[0:0x0:0x0]': no object has the FID [0:0x0:0x0]",
                "nid=here | filter term 'nid=here': no NID: 'here'",
                "name=a[b | filter term 'name=a[b': a set '[' without its end in 'a[b'; the bracket itself is written [[]",
                "name= | filter term 'name=': an empty value",
                "type=CREAT,,OPEN | filter term 'type=CREAT,,OPEN': an empty value",
                "name=\"a b | filter term 'name=\"a b': a quote without its end",
                "name=\"a\"b | filter term 'name=\"a\"b': a comma or a blank expected behind the quote",
                "name=a\"b | filter term 'name=a\"b': a quote inside a value",
                "omode=rx | filter term 'omode=rx': no open mode: 'rx', possible are r, w, rw and x",
                "hsm=archived | filter term 'hsm=archived': no HSM event: 'archived', possible are ARCHIVE, RESTORE",
                "hsm=8 | filter term 'hsm=8': no HSM event: '8'",
                "name~=(a | filter term 'name~=(a': no regular expression: missing closing )",
                "name~=(a{100}){100} | filter term 'name~=(a{100}){100}': a regular expression whose counts in braces",
                "path=/a/b | filter term 'path=/a/b': no changelog record carries the path: only a name and its directory's FID. Use parent=FID",
                "size=5 | filter term 'size=5': no changelog record carries the size. Look the file up",
                "projid=5 | filter term 'projid=5': no changelog record carries the project"
            })
    void errorsNameTheTermAndWhatIsPossible(String filter, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordFilter.parse(filter))
                .withMessageStartingWith(message);
    }
}
