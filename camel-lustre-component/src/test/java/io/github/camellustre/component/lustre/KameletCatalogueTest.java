// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The rules of the catalogue of apache/camel-kamelets, whose own validator is a Go program (script/validator): names,
 * types, titles, descriptions, annotations, parameters, dependencies. ADR 0076 lists them.
 */
class KameletCatalogueTest {
    private static final Path KAMELETS = Path.of("..", "kamelets");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?]?([A-Za-z0-9-._]+)(?::[^}]*)?}}");
    private static final Set<String> SMALL_WORDS =
            Set.of("a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to");

    record Kamelet(String file, JsonNode root) {
        String name() {
            return root.at("/metadata/name").asText();
        }

        String type() {
            return root.at("/metadata/labels")
                    .path("camel.apache.org/kamelet.type")
                    .asText();
        }

        JsonNode definition() {
            return root.at("/spec/definition");
        }

        String annotation(String key) {
            return root.at("/metadata/annotations").path(key).asText();
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Kamelet> kamelets() throws IOException {
        List<Kamelet> kamelets = new ArrayList<>();
        try (Stream<Path> files = Files.list(KAMELETS)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                kamelets.add(new Kamelet(file.getFileName().toString(), new ObjectMapper().valueToTree(tree)));
            }
        }
        return kamelets;
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void nameTypeAndFileAgree(Kamelet kamelet) {
        assertThat(kamelet.root().path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.root().path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.file()).isEqualTo(kamelet.name() + ".kamelet.yaml");
        assertThat(kamelet.type()).isIn("source", "sink", "action");
        assertThat(kamelet.name()).endsWith("-" + kamelet.type());
        String title = kamelet.definition().path("title").asText();
        assertThat(title)
                .endsWith(kamelet.type().substring(0, 1).toUpperCase(Locale.ROOT)
                        + kamelet.type().substring(1));
        assertThat(kamelet.definition().path("description").asText()).isNotBlank();
        assertThat(kamelet.definition().path("type").asText()).isEqualTo("object");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void annotations(Kamelet kamelet) throws IOException {
        String icon = kamelet.annotation("camel.apache.org/kamelet.icon");
        String prefix = "data:image/svg+xml;base64,";
        assertThat(icon).startsWith(prefix);
        assertThat(new String(Base64.getDecoder().decode(icon.substring(prefix.length())), StandardCharsets.UTF_8))
                .startsWith("<svg ")
                .endsWith("</svg>");
        assertThat(kamelet.annotation("camel.apache.org/provider")).isEqualTo("Apache Software Foundation");
        assertThat(kamelet.annotation("camel.apache.org/kamelet.support.level")).isEqualTo("Preview");
        assertThat(Files.readString(Path.of("..", "pom.xml")))
                .contains("<artifactId>camel-lustre-parent</artifactId>\n  <version>"
                        + kamelet.annotation("camel.apache.org/catalog.version") + "</version>");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void parameters(Kamelet kamelet) {
        JsonNode properties = kamelet.definition().path("properties");
        properties.properties().forEach(property -> {
            JsonNode of = property.getValue();
            String title = of.path("title").asText();
            assertThat(of.path("type").asText()).as(property.getKey()).isIn("string", "integer", "boolean", "number");
            assertThat(of.path("description").asText()).as(property.getKey()).isNotBlank();
            assertThat(title).as(property.getKey()).isNotBlank().doesNotMatch("(The|A|An) .*");
            for (String word : title.split(" ")) {
                assertThat(SMALL_WORDS.contains(word) || Character.isUpperCase(word.charAt(0)))
                        .as("%s is capitalized in '%s'", word, title)
                        .isTrue();
            }
            boolean secret = of.path("format").asText().equals("password");
            assertThat(secret && !of.path("x-descriptors").toString().contains("urn:camel:group:credentials"))
                    .isFalse();
            // not of the catalogue's validator: what a reader can try
            assertThat(of.has("default") || of.has("example"))
                    .as("%s has a default or an example", property.getKey())
                    .isTrue();
        });
        List<String> required = new ArrayList<>();
        kamelet.definition().path("required").forEach(name -> required.add(name.asText()));
        assertThat(required).doesNotHaveDuplicates().allMatch(properties::has);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyParameterIsDeclaredAndUsed(Kamelet kamelet) {
        Set<String> declared = new TreeSet<>();
        kamelet.definition().path("properties").fieldNames().forEachRemaining(declared::add);
        kamelet.root()
                .at("/spec/template/beans")
                .forEach(bean -> declared.add(bean.path("name").asText()));
        Set<String> used = new TreeSet<>();
        used(kamelet.root().at("/spec/template"), used);
        assertThat(used).isEqualTo(declared);
    }

    private static void used(JsonNode node, Set<String> into) {
        if (node instanceof TextNode) {
            Matcher matcher = PLACEHOLDER.matcher(node.asText());
            while (matcher.find()) {
                into.add(matcher.group(1));
            }
        }
        node.forEach(child -> used(child, into));
    }

    /** The catalogue asks for the artifact of each component, language and data format that a template uses. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void dependencies(Kamelet kamelet) {
        List<String> dependencies = new ArrayList<>();
        kamelet.root().at("/spec/dependencies").forEach(each -> dependencies.add(each.asText()));
        assertThat(dependencies)
                .containsExactly(
                        "mvn:io.github.camellustre:camel-lustre-component:"
                                + kamelet.annotation("camel.apache.org/catalog.version"),
                        "camel:core",
                        "camel:kamelet");
        Set<String> schemes = new HashSet<>();
        for (String uri : kamelet.root().at("/spec/template").findValuesAsText("uri")) {
            schemes.add(uri.substring(0, uri.indexOf(':')));
        }
        assertThat(schemes).as("in camel-core, camel-kamelet or ours").isSubsetOf("kamelet", "lustre");
    }

    @Test
    void noTwoSayTheSameOfThemselves() throws IOException {
        for (String text : List.of("title", "description")) {
            assertThat(kamelets())
                    .extracting(kamelet -> kamelet.definition().path(text).asText())
                    .doesNotHaveDuplicates();
        }
    }

    /** The page tells of each kamelet what the kamelet tells of itself: what is missing is in the failure's message. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void thePageIsTrue(Kamelet kamelet) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "kamelets.md"))).contains(section(kamelet));
    }

    private static String section(Kamelet kamelet) {
        StringBuilder section = new StringBuilder("## " + kamelet.name() + "\n\n");
        section.append(kamelet.definition().path("description").asText()).append("\n");
        JsonNode properties = kamelet.definition().path("properties");
        if (!properties.isEmpty()) {
            section.append("\n| Parameter | Type | Default | Meaning |\n|---|---|---|---|\n");
        }
        properties.properties().forEach(property -> {
            JsonNode of = property.getValue();
            boolean required = kamelet.definition().path("required").toString().contains('"' + property.getKey() + '"');
            String value = of.has("default") ? '`' + of.path("default").asText() + '`' : required ? "required" : "";
            String example = of.has("example") ? " As `" + of.path("example").asText() + "`." : "";
            section.append("| `" + property.getKey() + "` | " + of.path("type").asText() + " | " + value + " | "
                    + of.path("description").asText() + example + " |\n");
        });
        return section.toString();
    }
}
