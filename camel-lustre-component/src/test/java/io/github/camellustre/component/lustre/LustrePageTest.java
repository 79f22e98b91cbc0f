// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the reference page run as they stand. */
class LustrePageTest {
    private static final Pattern EXAMPLE = Pattern.compile("\\[source,yaml]\n----\n(.*?)----\n", Pattern.DOTALL);

    static Stream<String> examples() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("src/main/docs/lustre-component.adoc")));
        List<String> all = example.results().map(each -> each.group(1)).toList();
        assertThat(all).hasSize(3);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void runs(String yaml) throws Exception {
        try (Testbed bed = new Testbed()) {
            LustreComponent lustre = new LustreComponent();
            lustre.getConfiguration().setSource("#src");
            lustre.getConfiguration().setRepository("memory");
            bed.context.addComponent("lustre", lustre);
            bed.with(yaml).with("""
                    - route: {from: {uri: direct:sink, steps: [{process: {ref: sink}}]}}
                    - route: {from: {uri: direct:dead, steps: [{process: {ref: other}}]}}
                    """);
            bed.source.write(24);
            bed.start();
            await().until(() -> bed.mdt().ledger().cleared() == 24);
            assertThat(bed.other.taken()).isEmpty();
        }
    }
}
