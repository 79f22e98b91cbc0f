// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.component.Captures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEMPLATE = "/io/github/camellustre/component/bulk/index-template.json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "localhost:9200",
                "ftp://localhost",
                "http://me:secret@localhost:9200",
                "http://a:9200?x"
            })
    void whatNamesNoServerIsRefused(String url) {
        assertThatThrownBy(() -> new BulkServer().setUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Lustre", "_lustre", "-lustre", "lus/tre", "lus*tre", "lus tre", "lus,tre", "lüster"})
    void whatIsNoIndexIsRefused(String index) {
        assertThatThrownBy(() -> new BulkServer().setIndex(index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot begin the name of an index");
    }

    @Test
    void aServerIsUsedUntilItFails() {
        BulkHosts hosts = new BulkHosts(" http://a:1/ , https://b:2/prefix/");
        assertThat(hosts.count()).isEqualTo(2);
        assertThat(hosts.current()).isEqualTo("http://a:1");
        hosts.passOver("http://a:1");
        assertThat(hosts.current()).isEqualTo("https://b:2/prefix");
        hosts.passOver("http://a:1");
        assertThat(hosts.current()).isEqualTo("https://b:2/prefix");
        hosts.passOver("https://b:2/prefix");
        assertThat(hosts.current()).isEqualTo("http://a:1");
    }

    @Test
    void aRequestSaysWhoAsksAndLeavesNoTrace() throws Exception {
        BulkServer server = new BulkServer();
        server.setUser("lustre");
        server.setPassword("sesame");
        try (SimpleCamelContext context = new SimpleCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(Captures.zoo(4));
            exchange.getMessage().setHeader("CamelLustreMdt", "fs-MDT0000");
            server.begin(exchange);
            server.request(exchange);
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry("Authorization", "Basic bHVzdHJlOnNlc2FtZQ==")
                    .containsEntry("CamelHttpUri", "http://localhost:9200/_bulk");
            server.setApiKey("a2V5");
            server.request(exchange);
            assertThat(exchange.getMessage().getHeaders()).containsEntry("Authorization", "ApiKey a2V5");
            server.end(exchange);
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("CamelLustreMdt");
        }
    }

    @Test
    void whatIsTooLargeIsHalvedAndRejectedWhenItIsAlone() {
        BulkDelivery delivery = new BulkDelivery(List.of(Captures.zoo(1), Captures.zoo(2), Captures.zoo(3)));
        BulkError tooLarge = new BulkError(0, 413, "", "");
        delivery.tooLarge(tooLarge);
        assertThat(delivery.records().subList(delivery.from(), delivery.to()))
                .containsExactly(Captures.zoo(1), Captures.zoo(2));
        delivery.tooLarge(tooLarge);
        assertThat(delivery.records().subList(delivery.from(), delivery.to())).containsExactly(Captures.zoo(1));
        delivery.tooLarge(tooLarge);
        assertThat(delivery.rejections()).containsExactly(new BulkRejection(Captures.zoo(1), "413"));
        assertThat(delivery.records().subList(delivery.from(), delivery.to())).containsExactly(Captures.zoo(2));
        delivery.answered(List.of());
        delivery.answered(List.of());
        assertThat(delivery.isOpen()).isFalse();
    }

    /** What the schema allows and the template does not know would not be found. */
    @Test
    void theTemplateHasAllFieldsOfTheSchema() throws IOException {
        JsonNode schema = JSON.readTree(Path.of("../docs/record.schema.json").toFile());
        try (InputStream template = BulkServerTest.class.getResourceAsStream(TEMPLATE)) {
            JsonNode mapping = JSON.readTree(template).path("template").path("mappings");
            assertThat(names(mapping)).containsExactlyInAnyOrderElementsOf(names(schema));
            assertThat(names(mapping.path("properties").path("hsm")))
                    .containsExactlyInAnyOrderElementsOf(
                            names(schema.path("properties").path("hsm")));
        }
    }

    @Test
    void theDashboardNamesFieldsAndObjectsThatThereAre() throws IOException {
        Set<String> objects = new HashSet<>();
        Set<String> references = new HashSet<>();
        Set<String> fields = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("../deploy/elasticsearch/dashboard.ndjson"))) {
            JsonNode object = JSON.readTree(line);
            JsonNode attributes = object.path("attributes");
            objects.add(object.path("type").asText() + "/" + object.path("id").asText());
            for (JsonNode to : object.path("references")) {
                references.add(to.path("type").asText() + "/" + to.path("id").asText());
            }
            JsonNode drawing = JSON.readTree(attributes.path("visState").asText("{}"));
            drawing.path("aggs").findValuesAsText("field").forEach(fields::add);
            JsonNode panels = JSON.readTree(attributes.path("panelsJSON").asText("[]"));
            assertThat(panels.findValuesAsText("panelRefName"))
                    .hasSameSizeAs(panels)
                    .allMatch(name ->
                            object.path("references").findValuesAsText("name").contains(name));
        }
        assertThat(objects).containsAll(references).hasSize(9);
        try (InputStream template = BulkServerTest.class.getResourceAsStream(TEMPLATE)) {
            JsonNode mapping = JSON.readTree(template).path("template").path("mappings");
            assertThat(fields)
                    .contains("type", "uid", "jobId", "parent", "sourceParent", "hsm.event", "time")
                    .allMatch(field -> mapping.at("/properties/" + field.replace(".", "/properties/"))
                            .isObject());
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aTemplateIsMadeForTheIndexesThatAreNamed() throws Exception {
        try (SimpleCamelContext context = new SimpleCamelContext()) {
            JsonNode days = JSON.readTree(IndexTemplate.read(context, "classpath:" + TEMPLATE, "changes", false));
            assertThat(days.path("index_patterns")).hasToString("[\"changes-*\"]");
            assertThat(days.has("data_stream")).isFalse();
            JsonNode stream = JSON.readTree(IndexTemplate.read(context, "classpath:" + TEMPLATE, "changes", true));
            assertThat(stream.path("index_patterns")).hasToString("[\"changes\"]");
            assertThat(stream.path("data_stream").isObject()).isTrue();
            assertThat(stream.at("/template/mappings/properties/@timestamp/type")
                            .asText())
                    .isEqualTo("date_nanos");
            assertThatThrownBy(() -> IndexTemplate.read(context, "file:../docs/record.schema.json", "changes", false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is no index template");
        }
    }
}
