// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.Captures;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The data format and the type converters, from the YAML that a user writes. */
class LustreDataFormatTest {
    private static final String RAW = "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin";
    private static final String TEXT = "zoo/zoo-MDT0000.txt";

    private final CamelContext camel = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("classpath:formats.camel.yaml"));
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private byte[] marshalled(String route, Object body) {
        return template.requestBody("direct:" + route, body, byte[].class);
    }

    @Test
    void byItsNameItGivesLines() {
        byte[] lines = marshalled("lines", Captures.zoo());
        assertThat(new String(lines, StandardCharsets.UTF_8).lines()).hasSize(1215);
    }

    @Test
    void arrayTextAndRawAreBeans() {
        assertThat(new String(marshalled("array", Captures.zoo(4)), StandardCharsets.UTF_8))
                .startsWith("[{\"id\":\"fs-MDT0000/4\"")
                .endsWith("}]");
        assertThat(marshalled("text", Captures.zoo())).isEqualTo(Captures.bytes(TEXT));
        assertThat(marshalled("raw", Captures.zoo())).isEqualTo(Captures.bytes(RAW));
    }

    @Test
    void listsOfRecordsAndBatchesAreTaken() {
        ChangelogBatch zoo = Captures.zoo();
        Object body = List.of(zoo.get(0), ChangelogBatch.of(zoo.subList(1, 1000)), zoo.subList(1000, 1215));
        assertThat(marshalled("raw", body)).isEqualTo(Captures.bytes(RAW));
        assertThat(marshalled("raw", ChangelogBatch.empty())).isEmpty();
    }

    @Test
    void theContentTypeIsSet() {
        Exchange out = template.request("direct:lines", e -> e.getMessage().setBody(Captures.zoo(4)));
        assertThat(out.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/x-ndjson");
    }

    @Test
    void rawAndTextComeBack() {
        assertThat(template.requestBody("direct:fromRaw", Captures.bytes(RAW))).isEqualTo(Captures.zoo());
        ChangelogBatch read = (ChangelogBatch)
                template.requestBodyAndHeader("direct:fromText", Captures.bytes(TEXT), "CamelLustreMdt", "fs-MDT0000");
        assertThat(marshalled("text", read)).isEqualTo(Captures.bytes(TEXT));
        assertThat(read.get(0).mdt()).isEqualTo("fs-MDT0000");
    }

    @Test
    void withoutAnMdtNothingComesBack() {
        assertThatThrownBy(() -> template.requestBody("direct:fromText", Captures.bytes(TEXT)))
                .rootCause()
                .hasMessageContaining("option mdt");
    }

    @Test
    void jsonDoesNotComeBack() {
        assertThatThrownBy(() -> template.requestBody("direct:fromLines", "{}"))
                .rootCause()
                .hasMessageContaining("does not read JSON");
    }

    @Test
    void anotherBodyIsRefused() {
        assertThatThrownBy(() -> marshalled("lines", Map.of()))
                .rootCause()
                .hasMessageContaining("not a ChangelogRecord");
    }

    @Test
    void recordsConvertToTextAndToRawBytes() throws Exception {
        var converter = camel.getTypeConverter();
        ChangelogRecord record = Captures.zoo(4);
        String line = converter.mandatoryConvertTo(String.class, record);
        assertThat(line).startsWith("4 01CREAT 09:56:27.832146180").endsWith(" plain");
        assertThat(converter.mandatoryConvertTo(String.class, ChangelogBatch.of(List.of(record, record))))
                .isEqualTo(line + "\n" + line + "\n");
        assertThat(converter.mandatoryConvertTo(byte[].class, record)).isEqualTo(record.toByteArray());
        assertThat(converter.mandatoryConvertTo(byte[].class, Captures.zoo())).isEqualTo(Captures.bytes(RAW));
        assertThat(converter.mandatoryConvertTo(InputStream.class, Captures.zoo()))
                .hasBinaryContent(Captures.bytes(RAW));
        assertThat(converter.mandatoryConvertTo(InputStream.class, record)).hasBinaryContent(record.toByteArray());
        assertThat(template.requestBody("direct:simple", record)).isEqualTo("got " + line);
    }
}
