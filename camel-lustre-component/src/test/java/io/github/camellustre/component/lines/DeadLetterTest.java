// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceSpec;
import io.github.camellustre.component.Captures;
import io.github.camellustre.component.lustre.format.LustreConverters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a record that could not be delivered, and that a replay gives it again. */
class DeadLetterTest {
    @TempDir
    Path folder;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        String dead = "lustre-lines:" + folder + "?form=dead&maxFileSize=1";
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:refuse")
                        .routeId("refuse")
                        .doTry()
                        .throwException(IllegalStateException.class, "index is \"read-only\"")
                        .doCatch(IllegalStateException.class)
                        .to("direct:dead");
                from("direct:dead").to(dead);
                from("direct:told").routeId("told").to(dead);
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void aLineSaysWhatDiedWhyWhereAndWhen() throws Exception {
        Instant before = Instant.now();
        camel.createProducerTemplate().sendBody("direct:refuse", Captures.zoo(7));
        camel.createProducerTemplate()
                .sendBodyAndHeaders(
                        "direct:told", Captures.zoo(8), Map.of("CamelLustreReason", "HTTP 400: no mapping"));

        JsonNode first = lines("fs-MDT0000-00000000000000000007.dead.jsonl").get(0);
        assertThat(first.path("id").asText()).isEqualTo("fs-MDT0000/7");
        assertThat(first.path("mdt").asText()).isEqualTo("fs-MDT0000");
        assertThat(first.path("index").asLong()).isEqualTo(7);
        assertThat(first.path("route").asText()).isEqualTo("refuse");
        assertThat(first.path("reason").asText()).isEqualTo("java.lang.IllegalStateException: index is \"read-only\"");
        assertThat(first.path("text").asText()).isEqualTo(LustreConverters.toString(Captures.zoo(7)));
        assertThat(first.path("raw").binaryValue()).isEqualTo(Captures.zoo(7).toByteArray());
        assertThat(Instant.parse(first.path("diedAt").asText())).isBetween(before.minusMillis(1), Instant.now());
        JsonNode second = lines("fs-MDT0000.dead.jsonl").get(0);
        assertThat(second.path("reason").asText()).isEqualTo("HTTP 400: no mapping");
        assertThat(second.path("route").asText()).isEqualTo("told");
    }

    @Test
    void aReplayGivesEachOfThemOnceInOrderWhateverTheyHold() throws Exception {
        ChangelogRecord newest =
                new RecordBuilder(RecordType.CREAT).index(-2).name("a\nb\u00e9").build("fs-MDT0000");
        List<ChangelogRecord> died = new ArrayList<>(List.of(newest));
        died.addAll(Captures.zoo().subList(100, 1_215));
        died.addAll(Captures.zoo().subList(0, 200));
        camel.createProducerTemplate().sendBody("direct:told", ChangelogBatch.of(died));

        List<ChangelogRecord> expected = new ArrayList<>(Captures.zoo());
        expected.add(newest);
        SourceSpec replay = new SourceSpec("replay", Map.of("input", folder + "/fs-MDT0000.dead.jsonl"));
        try (ChangelogSource source = replay.create();
                ChangelogStream stream = source.open("fs-MDT0000", 1)) {
            for (ChangelogRecord record : expected) {
                assertThat(stream.read(1, Integer.MAX_VALUE).record(0).toByteArray())
                        .isEqualTo(record.toByteArray());
            }
            assertThat(stream.finished()).isTrue();
        }
    }

    private List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(file))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
