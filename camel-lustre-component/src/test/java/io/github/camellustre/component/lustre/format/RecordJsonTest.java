// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.HsmChange;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.text.LfsText;
import io.github.camellustre.component.Captures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static String json(ChangelogRecord record) throws IOException {
        return text(RecordForm.lines, List.of(record)).stripTrailing();
    }

    private static String text(RecordForm form, List<ChangelogRecord> records) throws IOException {
        RecordBuffer bytes = new RecordBuffer();
        form.write(records, bytes);
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static RecordBuilder record(RecordType type) {
        return new RecordBuilder(type);
    }

    @Test
    void aCreation() throws IOException {
        assertThat(json(Captures.zoo(4)))
                .isEqualTo("{\"id\":\"fs-MDT0000/4\",\"mdt\":\"fs-MDT0000\",\"index\":4,\"type\":\"CREAT\","
                        + "\"time\":\"2026-11-22T09:56:27.832146180Z\",\"flags\":0,\"target\":\"[0x200000402:0x4:0x0]\","
                        + "\"parent\":\"[0x200000402:0x3:0x0]\",\"name\":\"plain\",\"jobId\":\"touch.0\",\"uid\":0,\"gid\":0,"
                        + "\"nid\":\"0@lo\"}");
    }

    @Test
    void anOpenHasNoParentBecauseItCannotBeTrusted() throws IOException {
        assertThat(json(Captures.zoo(5)))
                .isEqualTo("{\"id\":\"fs-MDT0000/5\",\"mdt\":\"fs-MDT0000\",\"index\":5,\"type\":\"OPEN\","
                        + "\"time\":\"2026-11-22T09:56:27.833014330Z\",\"flags\":74,\"target\":\"[0x200000402:0x4:0x0]\","
                        + "\"jobId\":\"touch.0\",\"uid\":0,\"gid\":0,\"nid\":\"0@lo\",\"openMode\":\"-w-\"}");
    }

    @Test
    void aRenameHasBothNamesAndNoTargetUnlessItOverwrote() throws IOException {
        JsonNode moved = MAPPER.readTree(json(record(RecordType.RENME)
                .rename(new Fid(1, 2, 3), new Fid(4, 5, 6))
                .parent(7, 8, 9)
                .name("new")
                .oldName("old")
                .build("fs-MDT0000")));
        assertThat(moved.has("target")).isFalse();
        assertThat(moved.get("source").asText()).isEqualTo("[0x1:0x2:0x3]");
        assertThat(moved.get("sourceParent").asText()).isEqualTo("[0x4:0x5:0x6]");
        assertThat(moved.get("parent").asText()).isEqualTo("[0x7:0x8:0x9]");
        assertThat(moved.get("name").asText()).isEqualTo("new");
        assertThat(moved.get("oldName").asText()).isEqualTo("old");
    }

    @Test
    void decodedFlagsAreThereWhereTheyMeanSomething() throws IOException {
        assertThat(json(record(RecordType.UNLNK).typeFlags(3).build("m")))
                .contains("\"flags\":3,\"lastUnlink\":true,\"hsmExists\":true");
        assertThat(json(record(RecordType.CREAT).typeFlags(3).build("m"))).doesNotContain("lastUnlink", "hsmExists");
        assertThat(json(record(RecordType.HSM).typeFlags(0x600).build("m")))
                .contains("\"hsm\":{\"event\":\"REMOVE\",\"dirty\":true}");
        assertThat(json(record(RecordType.HSM).typeFlags(0x7d).build("m")))
                .contains("\"hsm\":{\"event\":\"ARCHIVE\",\"error\":125}");
    }

    @Test
    void aNameThatIsNotUtf8HasItsExactBytes() throws IOException {
        byte[] bad = {'a', (byte) 0xff, '"', '\n', (byte) 0xc3};
        JsonNode json = MAPPER.readTree(json(record(RecordType.RENME)
                .rename(new Fid(1, 2, 3), new Fid(4, 5, 6))
                .name(bad)
                .oldName(bad, 0, 2)
                .build("m")));
        assertThat(json.get("name").asText()).isEqualTo("a\uFFFD\"\n\uFFFD");
        assertThat(json.get("nameBase64").binaryValue()).isEqualTo(bad);
        assertThat(json.get("oldName").asText()).isEqualTo("a\uFFFD");
        assertThat(json.get("oldNameBase64").binaryValue()).isEqualTo(new byte[] {'a', (byte) 0xff});
    }

    @Test
    void aNameThatHoldsTheReplacementCharacterItselfIsGood() throws IOException {
        assertThat(json(record(RecordType.CREAT).name("\uFFFD é 😀").job("😀").build("m")))
                .contains("\"name\":\"\uFFFD é 😀\"", "\"jobId\":\"😀\"")
                .doesNotContain("nameBase64");
    }

    @Test
    void aMarkHasItsFlagsAndNothingThatIsInvalid() throws IOException {
        assertThat(json(record(RecordType.MARK)
                        .index(1)
                        .target(0x10001, 0, 0)
                        .parent(0, 0x50, 1)
                        .name("rubbish")
                        .build("m")))
                .isEqualTo(
                        "{\"id\":\"m/1\",\"mdt\":\"m\",\"index\":1,\"type\":\"MARK\",\"time\":\"1970-01-01T00:00:00.000000000Z\","
                                + "\"flags\":0,\"markFlags\":65537}");
    }

    @Test
    void unknownTypesAndLargeNumbersAreKept() throws IOException {
        assertThat(json(new RecordBuilder()
                        .reset(77)
                        .index(-2)
                        .uidGid(-1, 1L << 63)
                        .build("é")))
                .contains("\"id\":\"é/18446744073709551614\"")
                .contains("\"index\":18446744073709551614,\"type\":\"77\"")
                .contains("\"uid\":18446744073709551615,\"gid\":9223372036854775808");
    }

    @Test
    void eachRecordHasTheNameOfItsOwnMdt() throws IOException {
        List<ChangelogRecord> mixed = Stream.of("a", "b", "b", "quo\"ted", "a")
                .map(mdt -> record(RecordType.CREAT).index(7).build(mdt))
                .toList();
        for (String line : text(RecordForm.lines, mixed).strip().split("\n")) {
            JsonNode json = MAPPER.readTree(line);
            assertThat(json.get("id").asText()).isEqualTo(json.get("mdt").asText() + "/7");
        }
        assertThat(text(RecordForm.array, mixed))
                .satisfies(array -> assertThat(MAPPER.readTree(array).findValuesAsText("mdt"))
                        .containsExactly("a", "b", "b", "quo\"ted", "a"));
    }

    @Test
    void anArrayIsOneDocument() throws IOException {
        JsonNode array = MAPPER.readTree(text(RecordForm.array, Captures.zoo()));
        assertThat(array.isArray()).isTrue();
        assertThat(array).hasSize(1215);
        assertThat(text(RecordForm.array, List.of())).isEqualTo("[]");
        assertThat(text(RecordForm.lines, List.of())).isEmpty();
    }

    @Property(tries = 2000)
    void theTimeIsThatOfJavaTime(
            @ForAll @LongRange(min = 0, max = (1L << 34) - 1) long seconds,
            @ForAll @IntRange(min = 0, max = (1 << 30) - 1) int nanos) {
        AsciiText text = new AsciiText();
        // the second time, what is known of the second; then of the one before no more
        for (long second : new long[] {seconds, seconds, seconds + 1}) {
            String written = text.clear().appendTime(second, nanos).toString();
            assertThat(Instant.parse(written)).isEqualTo(Instant.ofEpochSecond(second, nanos));
            assertThat(written).hasSize(30);
        }
    }

    @Property(tries = 500)
    void numbersAreUnsigned(@ForAll long number) {
        AsciiText text = new AsciiText().clear().appendUnsigned(number);
        assertThat(new String(text.bytes(), 0, text.length(), StandardCharsets.US_ASCII))
                .isEqualTo(Long.toUnsignedString(number));
    }

    static Stream<String> captures() {
        return Captures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void everyCaptureKeepsItsFieldsAndTheSchema(String capture) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("..", "docs", "record.schema.json")));
        ChangelogBatch batch = Captures.batch("fs-MDT0000", capture);
        String[] lines = text(RecordForm.lines, batch).split("\n", -1);
        assertThat(lines).hasSize(batch.size() + 1);
        for (int i = 0; i < batch.size(); i++) {
            JsonNode json = MAPPER.readTree(lines[i]);
            compare(json, batch.get(i));
            if (i < 2000) {
                assertThat(schema.validate(json)).as(lines[i]).isEmpty();
            }
        }
    }

    @Test
    void theSchemaRefusesWhatIsNotARecord() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("..", "docs", "record.schema.json")));
        String good = json(Captures.zoo(4));
        for (String bad : List.of(
                good.replace("\"index\":4", "\"index\":-4"),
                good.replace("\"index\":4,", ""),
                good.replace("\"plain\"", "null"),
                good.replace("[0x200000402:0x4:0x0]", "0x200000402:0x4:0x0"),
                good.replace("180Z", "Z"))) {
            assertThat(schema.validate(MAPPER.readTree(bad))).as(bad).isNotEmpty();
        }
    }

    private static void compare(JsonNode json, ChangelogRecord record) throws IOException {
        assertThat(json.get("id").asText()).isEqualTo("fs-MDT0000/" + record.index());
        assertThat(json.get("index").longValue()).isEqualTo(record.index());
        assertThat(json.get("type").asText()).isEqualTo(record.type().toString());
        assertThat(Instant.parse(json.get("time").asText())).isEqualTo(record.time());
        assertThat(json.get("flags").intValue()).isEqualTo(record.typeFlags());
        assertFid(json, "target", record.targetFid());
        assertFid(json, "parent", record.trustedParentFid().orElse(Fid.ZERO));
        assertFid(json, "source", record.sourceFid());
        assertFid(json, "sourceParent", record.sourceParentFid());
        assertName(json, "name", record.name());
        assertName(json, "oldName", record.oldName());
        assertThat(json.path("jobId").asText()).isEqualTo(record.jobId());
        assertThat(json.path("xattr").asText()).isEqualTo(record.xattrName());
        assertThat(json.path("uid").asLong(-1)).isEqualTo(record.uid());
        assertThat(json.path("gid").asLong(-1)).isEqualTo(record.gid());
        assertThat(json.path("nid").asText(null))
                .isEqualTo(record.nid() == null ? null : record.nid().toString());
        String line = new String(LfsText.of(record), StandardCharsets.UTF_8);
        assertThat(json.has("openMode")).isEqualTo(record.hasOpenFlags() && line.contains(" m="));
        assertThat(line)
                .contains(json.has("openMode") ? " m=" + json.get("openMode").asText() : "");
        assertThat(json.path("lastUnlink").asBoolean()).isEqualTo(record.isLastLink());
        HsmChange hsm = record.hsm();
        assertThat(json.path("hsm").path("event").asText(null)).isEqualTo(hsm == null ? null : hsm.eventName());
        json.forEach(value -> assertThat(value.isNull()).isFalse());
    }

    private static void assertFid(JsonNode json, String field, Fid fid) {
        assertThat(json.path(field).asText(null)).as(field).isEqualTo(fid.isZero() ? null : fid.toString());
    }

    private static void assertName(JsonNode json, String field, byte[] name) {
        byte[] written = json.has(field + "Base64")
                ? Base64.getDecoder().decode(json.get(field + "Base64").asText())
                : json.path(field).asText().getBytes(StandardCharsets.UTF_8);
        assertThat(written).as(field).isEqualTo(name);
    }
}
