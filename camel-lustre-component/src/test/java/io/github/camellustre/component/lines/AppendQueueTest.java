// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.Captures;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import io.github.camellustre.component.lustre.format.RecordForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendQueueTest {
    @TempDir
    Path directory;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final FaultyFiles files = new FaultyFiles();

    private Exchange submit(AppendQueue queue, List<ChangelogRecord> records) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        queue.submit(records, new Delivery(exchange, done -> {}, 1));
        return exchange;
    }

    @Test
    void aRecordThatCannotBeWrittenFailsItsOwnExchangeOnly() throws IOException {
        try (DirectoryLock lock = new DirectoryLock(directory, LineForm.json)) {
            Path path = directory.resolve("fs-MDT0000.jsonl");
            LineFile file = new LineFile(path, LineForm.json, new LineOptions(0, 0, false, false, true), lock, files);
            AppendQueue queue = new AppendQueue(file, LineForm.json.encoder(), tasks::add);
            Exchange first = submit(queue, List.of(Captures.zoo(1)));
            Exchange poisoned = submit(queue, Arrays.asList(Captures.zoo(2), null));
            Exchange last = submit(queue, List.of(Captures.zoo(3)));
            assertThat(tasks).as("one writer for all that wait").hasSize(1);
            tasks.remove().run();
            assertThat(poisoned.getException()).isInstanceOf(NullPointerException.class);
            assertThat(first.getException()).isNull();
            assertThat(last.getException()).isNull();
            RecordBuffer expected = new RecordBuffer();
            RecordForm.lines.write(List.of(Captures.zoo(1), Captures.zoo(3)), expected);
            assertThat(path).hasBinaryContent(expected.toByteArray());
            assertThat(files.calls).containsOnlyOnce("force fs-MDT0000.jsonl");
            assertThat(tasks).isEmpty();
            queue.close();
            assertThat(submitAndRun(queue).getException()).hasMessageContaining("has stopped");
        }
    }

    private Exchange submitAndRun(AppendQueue queue) {
        Exchange exchange = submit(queue, List.of(Captures.zoo(4)));
        tasks.remove().run();
        return exchange;
    }
}
