// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordArbitraries;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordCursor;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A filter prints as a text that reads as the same filter; a glob finds what the regular expression of the same meaning does. */
class RecordFilterPropertyTest {

    @Property
    void textReadsAsTheSame(@ForAll("filters") String text, @ForAll("records") RecordBuilder builder) {
        RecordFilter filter = RecordFilter.parse(text);
        RecordFilter again = RecordFilter.parse(filter.toString());
        ChangelogRecord record = builder.build("fs-MDT0000");
        assertThat(again).isEqualTo(filter).hasToString(filter.toString());
        assertThat(again.matches(record)).isEqualTo(filter.matches(record));
    }

    /** Of any characters, as its user would write it. */
    @Property
    void valuesOfAnyCharacters(@ForAll("values") List<String> values) {
        String text = "job="
                + values.stream()
                        .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                        .collect(Collectors.joining(","));
        List<FilterTerm> terms = new FilterText(text, FilterKey.ALL).terms();
        assertThat(terms).singleElement().extracting(FilterTerm::values).isEqualTo(values);
        assertThat(new FilterText(terms.get(0).toString(), FilterKey.ALL).terms())
                .singleElement()
                .extracting(FilterTerm::values)
                .isEqualTo(values);
    }

    @Property
    void globsAsRegularExpressions(@ForAll("globs") List<String> glob, @ForAll("names") String name) {
        String expression = glob.stream()
                .map(part -> switch (part) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    case "[ab]" -> "[ab]";
                    case "[!ab]" -> "[^ab]";
                    default -> Pattern.quote(part);
                })
                .collect(Collectors.joining());
        assertThat(Glob.parse(String.join("", glob)).matches(name))
                .isEqualTo(Pattern.compile(expression, Pattern.DOTALL)
                        .matcher(name)
                        .matches());
    }

    /** What the cursor tells of a record without making FIDs is what the record tells. */
    @Property
    void subjectsAndDirectories(@ForAll("records") RecordBuilder builder, @ForAll("fids") Fid fid) {
        ChangelogRecord record = builder.build("fs-MDT0000");
        RecordCursor cursor = new RecordCursor().moveTo(record);
        for (Fid candidate :
                List.of(fid, record.targetFid(), record.sourceFid(), record.parentFid(), record.sourceParentFid())) {
            assertThat(cursor.isAbout(candidate)).isEqualTo(record.subjects().contains(candidate));
            boolean two = record.type().toString().matches("RENME|MIGRT");
            assertThat(cursor.isIn(candidate))
                    .isEqualTo(record.type().changesNameSpace()
                            && !candidate.isZero()
                            && (record.parentFid().equals(candidate)
                                    || two && record.sourceParentFid().equals(candidate)));
        }
    }

    @Provide
    Arbitrary<String> filters() {
        Arbitrary<String> terms = Arbitraries.of(
                "type=CREAT,UNLNK",
                "type=8,RENME",
                "uid=0",
                "gid=5,6",
                "fid=[0x200000402:0x3:0x0],0x1:0x2:0x3",
                "parent=[0x200000402:0x3:0x0]",
                "nid=0@lo,10.0.2.16@tcp",
                "job=\"a b\",c",
                "job=*",
                "name=\"x,y\",\"a\\\"b\",z?",
                "name=\"plain\"",
                "name=[a-z]*,\\",
                "name~=[a-z]+,\"x{1,2} \\\\.c\"",
                "omode=r,rw",
                "hsm=archive,5",
                "xattr=user.*");
        return terms.list()
                .ofMaxSize(5)
                .flatMap(chosen -> Arbitraries.of(" ", "  ", "\t", "\n ").map(blank -> String.join(blank, chosen)));
    }

    @Provide
    Arbitrary<List<String>> values() {
        Arbitrary<String> value = Arbitraries.strings()
                .withChars("a ,\"\\=\n*\t")
                .withCharRange('\u00e0', '\u00ff')
                .ofMinLength(1)
                .ofMaxLength(8);
        return value.list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<String>> globs() {
        return Arbitraries.of("a", "b", "*", "?", "[ab]", "[!ab]", "\u65e5", "\ud83d\ude00", "\n")
                .list()
                .ofMaxSize(7);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "c", "\u65e5", "\ud83d\ude00", "\n")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<RecordBuilder> records() {
        return RecordArbitraries.records();
    }

    @Provide
    Arbitrary<Fid> fids() {
        return RecordArbitraries.fid();
    }
}
