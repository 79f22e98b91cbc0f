// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint's option reaches the reader. */
class ExtraFlagsRouteTest {
    private final List<ChangelogRecord> taken = new CopyOnWriteArrayList<>();

    private void run(String extraFlags, Path data) throws Exception {
        SourceSpec spec = new SourceSpec("simulator", Map.of("records", "200", "data", data.toString()));
        try (ChangelogSource source = spec.create();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("sim", source);
            context.getRegistry().bind("sink", (Processor)
                    exchange -> taken.add(exchange.getMessage().getBody(ChangelogRecord.class)));
            YamlRoutes.load(context, """
                    - route:
                        from:
                          uri: "lustre:*?source=#sim&repository=memory&extraFlags=%s"
                          steps:
                            - process: {ref: sink}
                    """.formatted(extraFlags));
            context.start();
            Awaitility.await().until(() -> taken.size() >= 200);
        }
    }

    @Test
    void onlyTheFieldsAskedForAreKept(@TempDir Path data) throws Exception {
        run("nid", data);
        assertThat(taken).allMatch(record -> !record.hasUidGid() && !record.hasXattr() && !record.hasOpenFlags());
        assertThat(taken).anyMatch(record -> record.nid() != null);
    }

    @Test
    void byDefaultNothingIsStripped(@TempDir Path data) throws Exception {
        run(new LustreConfiguration().getExtraFlags(), data);
        assertThat(taken).anyMatch(record -> record.hasUidGid() && record.nid() != null);
    }

    @Test
    void anUnknownNameStopsTheStart(@TempDir Path data) {
        assertThatThrownBy(() -> run("jobid", data)).hasMessageContaining("extraFlags=jobid: 'jobid' is unknown");
    }
}
