// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fills the tables of options and headers into a reference page. Camel's own plugin writes only include lines for them,
 * which need Camel's web site to be resolved. Run by Maven as a source file: ReferencePage CLASSES DOCS.
 */
class ReferencePage {
    private static final Map<String, String> COLUMNS = Map.of(
            "componentProperties", "Name of the option, as `camel.component.SCHEME.NAME`",
            "properties", "Name of the option in the URI",
            "headers", "Header");

    public static void main(String[] args) throws IOException {
        Path classes = Path.of(args[0]);
        Path docs = Path.of(args[1]);
        if (!Files.isDirectory(classes.resolve("META-INF")) || !Files.isDirectory(docs)) {
            return;
        }
        List<Path> catalogs;
        try (Stream<Path> files = Files.walk(classes.resolve("META-INF"))) {
            catalogs = files.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path file : catalogs) {
            JsonNode catalog = new ObjectMapper().readTree(file.toFile());
            String scheme = catalog.path("component").path("scheme").asText();
            Path page = docs.resolve(scheme + "-component.adoc");
            if (!scheme.isEmpty() && Files.exists(page)) {
                // Camel's plugin insists on its own words for the version.
                String text = Files.readString(page).replace("*Since Camel {since}*", "*Since camel-lustre {since}*");
                text = text.replace(
                        "include::partial$component-configure-options.adoc[]\n",
                        "URI: `" + catalog.path("component").path("syntax").asText() + "`\n");
                text = text.replace(
                        "include::partial$component-endpoint-options.adoc[]\n",
                        "\n== Options of the component\n" + table(catalog, "componentProperties")
                                + "\n== Options of an endpoint\n" + table(catalog, "properties"));
                text = text.replace(
                        "include::partial$component-endpoint-headers.adoc[]\n",
                        "\n== Headers\n" + table(catalog, "headers"));
                if (text.contains("include::partial$")) {
                    throw new IOException(page + ": an include of Camel's plugin is not known here");
                }
                Files.writeString(page, text);
            }
        }
    }

    private static String table(JsonNode catalog, String section) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("[cols=\"2,5,1,2\",options=\"header\"]");
        lines.add("|===");
        lines.add("|" + COLUMNS.get(section) + " |Description |Default |Type");
        catalog.path(section).properties().forEach(entry -> {
            JsonNode option = entry.getValue();
            String required = option.path("required").asBoolean() ? " *Required.*" : "";
            String values = option.has("enum") ? " Values: " + list(option.path("enum")) + "." : "";
            lines.add("");
            lines.add("|`" + entry.getKey() + "` (" + option.path("group").asText("common") + ")");
            lines.add("|" + cell(option.path("description").asText()) + required + cell(values));
            lines.add("|" + cell(option.path("defaultValue").asText()));
            lines.add("|`" + cell(shortName(option.path("javaType").asText())) + "`");
        });
        lines.add("|===");
        lines.add("");
        return String.join("\n", lines);
    }

    private static String list(JsonNode values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(value.asText()));
        return String.join(", ", names);
    }

    private static String shortName(String type) {
        return type.replaceAll("[\\w.]+\\.", "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
