// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/paths.md, and of paths in docs/filters.md, run as they stand. */
class PathsPageTest {
    private static final int RECORDS = 3_000;

    @TempDir
    Path out;

    private static String example(String name) throws IOException {
        return example("paths.md", name);
    }

    private static String example(String page, String name) throws IOException {
        Matcher example = Pattern.compile("```yaml " + name + "\n(.*?)```\n", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", page)));
        assertThat(example.find()).isTrue();
        return example.group(1);
    }

    private List<JsonNode> run(String yaml) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
            LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
            lustre.getConfiguration().setSource("simulator:mdts=2,rate=0,seed=3,records=" + RECORDS);
            lustre.getConfiguration().setRepository("memory");
            lustre.getConfiguration().setUser("cl1");
            YamlRoutes.load(context, yaml.replace("data/out", out.toString()));
            context.start();
            await().until(lustre::isComplete);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (int mdt = 0; mdt < 2; mdt++) {
            Path file = out.resolve("lustre-MDT000" + mdt + ".jsonl");
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    @Test
    void pathsOfEverything() throws Exception {
        List<JsonNode> lines = run(example("path"));
        assertThat(lines).hasSize(2 * RECORDS);
        long whole = lines.stream()
                .filter(line -> line.path("path").asText().startsWith("/"))
                .count();
        assertThat(whole).as("the rest waits for the other MDT's log").isGreaterThan(RECORDS);
        assertThat(lines).allMatch(line -> line.path("path").asText().startsWith("/") || line.has("pathReason"));
    }

    @Test
    void learnFromAllAndAskForSome() throws Exception {
        List<JsonNode> lines = run(example("learn").replace("/project1", "/"));
        assertThat(lines)
                .hasSizeGreaterThan(50)
                .allMatch(line -> line.path("type").asText().equals("RENME")
                        && line.path("path").asText().startsWith("/")
                        && line.has("oldPath"));
    }

    @Test
    void filterByPath() throws Exception {
        String directory = run(example("path")).stream()
                .filter(line -> line.path("type").asText().equals("MKDIR"))
                .map(line -> line.path("path").asText())
                .filter(path -> path.startsWith("/"))
                .findFirst()
                .orElseThrow();
        for (int mdt = 0; mdt < 2; mdt++) {
            Files.deleteIfExists(out.resolve("lustre-MDT000" + mdt + ".jsonl"));
        }
        List<JsonNode> lines = run(example("filters.md", "path-filter").replace("/project1", directory));
        assertThat(lines)
                .isNotEmpty()
                .hasSizeLessThan(2 * RECORDS)
                .allMatch(line -> line.path("type").asText().matches("CREAT|UNLNK|RENME"))
                .allMatch(line -> (line.path("path").asText() + "/").startsWith(directory + "/")
                        || (line.path("oldPath").asText() + "/").startsWith(directory + "/"));
    }
}
