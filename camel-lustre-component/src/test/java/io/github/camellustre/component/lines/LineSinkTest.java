// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.Captures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.SynchronizationVetoable;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSinkTest {
    @TempDir
    Path directory;

    private final FaultyFiles files = new FaultyFiles();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        camel.addComponent("lustre-lines", new LineSinkComponent() {
            @Override
            FileAccess files() {
                return files;
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private String uri(String options) {
        return "lustre-lines:" + directory.resolve("out") + options;
    }

    private Path out(String name) {
        return directory.resolve("out").resolve(name);
    }

    @Test
    void textOfARealStreamIsWhatLustrePrinted() {
        for (String set : List.of("zoo", "big", "ipv6nid")) {
            boolean zipped = set.equals("big");
            String raw = "big".equals(set) ? "raw-f1e.bin.gz" : "raw-f1e-as-lfs.bin";
            String mdt = set + "-MDT0000";
            template.sendBody(uri("?form=text"), Captures.batch(mdt, set + "/" + mdt + "." + raw));
            assertThat(out(mdt + ".txt"))
                    .hasBinaryContent(Captures.bytes(set + "/" + mdt + ".txt" + (zipped ? ".gz" : "")));
        }
    }

    @Test
    void rawIsTheBytesOfTheDevice() {
        template.sendBody(uri("?form=raw"), Captures.zoo());
        assertThat(out("fs-MDT0000.bin")).hasBinaryContent(Captures.bytes("zoo/zoo-MDT0000.raw-f1e-as-lfs.bin"));
    }

    @Test
    void everyMdtHasItsFile() throws IOException {
        ChangelogBatch second = Captures.batch("fs-MDT0001", "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin");
        List<ChangelogRecord> mixed = new ArrayList<>();
        for (int i = 0; i < second.size(); i++) {
            mixed.add(Captures.zoo(i + 1));
            mixed.add(second.get(i));
        }
        template.sendBody(uri(""), ChangelogBatch.of(mixed));
        template.sendBody(uri(""), List.of(Captures.zoo(14), ChangelogBatch.of(List.of(Captures.zoo(15)))));
        assertThat(out("fs-MDT0000.jsonl"))
                .hasBinaryContent(Encoded.of(LineForm.json, Captures.zoo().subList(0, 15)));
        assertThat(out("fs-MDT0001.jsonl")).hasBinaryContent(Encoded.of(LineForm.json, second));
    }

    @Test
    void anEmptyBatchCompletesWithoutWriting() {
        template.sendBody(uri(""), ChangelogBatch.empty());
        assertThat(files.calls).doesNotContain("write fs-MDT0000.jsonl");
        assertThat(out("fs-MDT0000.jsonl")).doesNotExist();
    }

    @Test
    void anotherBodyIsRefusedWithAHint() {
        assertThatThrownBy(() -> template.sendBody(uri(""), "text"))
                .isInstanceOf(CamelExecutionException.class)
                .rootCause()
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("ChangelogBatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", ".hidden", ""})
    void anMdtThatIsNoFileNameIsRefused(String mdt) {
        ChangelogBatch evil = Captures.batch(mdt, "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin");
        assertThatThrownBy(() -> template.sendBody(uri(""), evil)).rootCause().hasMessageContaining("'" + mdt + "'");
        assertThat(files.calls).noneMatch(call -> call.startsWith("write"));
    }

    @Test
    void anExchangeCompletesAfterItsRecordsAreOnTheDisk() {
        send(Captures.zoo(1));
        assertThat(files.calls)
                .endsWith("write fs-MDT0000.jsonl", "force fs-MDT0000.jsonl", "completed")
                .startsWith("sync directory");
    }

    private void send(Object body) {
        Exchange exchange = camel.getEndpoint(uri("")).createExchange();
        exchange.getMessage().setBody(body);
        exchange.getExchangeExtension().addOnCompletion(new Completion());
        template.send(uri(""), exchange);
    }

    private final class Completion extends SynchronizationAdapter implements SynchronizationVetoable {
        @Override
        public boolean allowHandover() {
            return false;
        }

        @Override
        public void onComplete(Exchange exchange) {
            files.calls.add("completed");
        }

        @Override
        public void onFailure(Exchange exchange) {
            files.calls.add("failed");
        }
    }

    @Test
    void aFailedWriteFailsTheExchangeAndTheNextOneWorks() throws IOException {
        send(Captures.zoo(1));
        files.room.set(10);
        send(Captures.zoo(2));
        assertThat(files.calls).endsWith("failed");
        files.room.set(-1);
        send(Captures.zoo(2));
        assertThat(out("fs-MDT0000.jsonl"))
                .hasBinaryContent(Encoded.of(LineForm.json, Captures.zoo().subList(0, 2)));
    }

    @Test
    void exchangesOfOneRecordShareAForceAndKeepTheirOrder() throws Exception {
        List<Long> completed = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1215);
        AsyncProducer producer = camel.getEndpoint(uri("")).createAsyncProducer();
        producer.start();
        for (ChangelogRecord record : Captures.zoo()) {
            Exchange exchange = producer.getEndpoint().createExchange();
            exchange.getMessage().setBody(record);
            producer.process(exchange, sync -> {
                completed.add(record.index());
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        producer.stop();
        assertThat(completed).isSorted().hasSize(1215);
        assertThat(out("fs-MDT0000.jsonl")).hasBinaryContent(Encoded.of(LineForm.json, Captures.zoo()));
        assertThat(files.calls.stream().filter(call -> call.startsWith("force")))
                .hasSizeLessThan(600);
    }

    @Test
    void aRouteMayWriteToTheSameFileTwice() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice").to(uri("")).process(e -> template.send(uri(""), e.copy()));
            }
        });
        template.asyncSendBody("direct:twice", Captures.zoo(1)).get(10, TimeUnit.SECONDS);
        assertThat(out("fs-MDT0000.jsonl"))
                .hasBinaryContent(Encoded.of(LineForm.json, List.of(Captures.zoo(1), Captures.zoo(1))));
    }

    @Test
    void endpointsOfTheSameOptionsShareTheWriterAndOthersAreRefused() throws Exception {
        camel.getEndpoint(uri("?maxFileSize=1M")).createProducer().start();
        camel.getEndpoint(uri("?maxFileSize=1024k")).createProducer().start();
        camel.getEndpoint(uri("?form=text")).createProducer().start();
        assertThatThrownBy(() -> camel.getEndpoint(uri("?maxFileSize=2M"))
                        .createProducer()
                        .start())
                .rootCause()
                .hasMessageContaining("another endpoint writes form json there")
                .hasMessageContaining("its own directory");
    }

    @Test
    void aSecondContextIsRefusedUntilTheFirstStops() throws Exception {
        var first = camel.getEndpoint(uri("")).createProducer();
        first.start();
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.start();
            assertThatThrownBy(() -> other.getEndpoint(uri("")).createProducer().start())
                    .rootCause()
                    .hasMessageContaining("another writer has this directory");
            first.stop();
            other.getEndpoint(uri("")).createProducer().start();
        }
    }

    @Test
    void aSecondProcessIsRefusedAndToldTheHolder() throws Exception {
        camel.getEndpoint(uri("")).createProducer().start();
        // A refused context must not take the lock from the process, as closing any descriptor of a file does in POSIX.
        assertThatThrownBy(() -> new DirectoryLock(out("").toRealPath(), LineForm.json))
                .isInstanceOf(LineFileException.class);
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockTaker.class.getName(),
                        directory.resolve("out").toRealPath().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).as(said).isEqualTo(1);
        assertThat(said).contains("process " + ProcessHandle.current().pid() + " on ");
    }

    /** Another process that wants the same directory. */
    static final class LockTaker {
        private LockTaker() {}

        public static void main(String[] args) throws IOException {
            new DirectoryLock(Path.of(args[0]), LineForm.json).close();
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeStopsTheStart() throws IOException {
        Files.createFile(directory.resolve("out"));
        assertThatThrownBy(() -> camel.getEndpoint(uri("")).createProducer().start())
                .rootCause()
                .hasMessageContaining(directory.resolve("out").toString());
    }
}
