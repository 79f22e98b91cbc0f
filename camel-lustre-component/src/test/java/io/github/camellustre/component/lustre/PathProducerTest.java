// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are sent to {@code lustre:fs?operation=path} come out with their paths. */
class PathProducerTest {
    private static final Fid ROOT = new Fid(0x200000007L, 1, 0);
    private static final Fid DIRECTORY = new Fid(0x200000401L, 1, 0);
    private static final Fid FILE = new Fid(0x200000401L, 2, 0);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private int index;

    @AfterEach
    void stop() {
        context.stop();
    }

    private FluentProducerTemplate start(String... steps) throws Exception {
        StringBuilder route = new StringBuilder("- route: {id: r, from: {uri: direct:in, steps: [");
        for (String step : steps) {
            route.append(step).append(", ");
        }
        YamlRoutes.load(context, route + "]}}\n");
        context.start();
        FluentProducerTemplate template = context.createFluentProducerTemplate();
        template.setDefaultEndpointUri("direct:in");
        return template;
    }

    private static String to(String options) {
        return "{to: {uri: \"lustre:fs?" + options + "\"}}";
    }

    private ChangelogRecord record(RecordBuilder builder) {
        return builder.index(++index).time(index, 0).build("fs-MDT0000");
    }

    private ChangelogRecord made(RecordType type, Fid target, Fid parent, String name) {
        return record(new RecordBuilder(type).target(target).parent(parent).name(name));
    }

    private ChangelogRecord renamed() {
        return record(new RecordBuilder(RecordType.RENME)
                .rename(DIRECTORY, ROOT)
                .parent(ROOT)
                .name("new")
                .oldName("old"));
    }

    private static Exchange send(FluentProducerTemplate template, Object body) {
        Exchange exchange = template.withBody(body).send();
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    @Test
    void aRecordHasThemInHeaders() throws Exception {
        FluentProducerTemplate template = start(to("operation=path&allNames=true"));
        send(template, made(RecordType.MKDIR, DIRECTORY, ROOT, "old"));
        Exchange created = send(template, made(RecordType.CREAT, FILE, DIRECTORY, "f"));
        assertThat(created.getMessage().getHeaders())
                .containsEntry(LustreConstants.PATH, "/old/f")
                .containsEntry(LustreConstants.PARENT_PATH, "/old")
                .containsEntry(LustreConstants.PATHS, List.of("/old/f"))
                .doesNotContainKeys(LustreConstants.OLD_PATH, LustreConstants.PATH_REASON);

        Exchange moved = send(template, renamed());
        assertThat(moved.getMessage().getHeaders())
                .containsEntry(LustreConstants.PATH, "/new")
                .containsEntry(LustreConstants.PARENT_PATH, "/")
                .containsEntry(LustreConstants.OLD_PATH, "/old");
        Exchange closed = send(template, record(new RecordBuilder(RecordType.CLOSE).target(FILE)));
        assertThat(closed.getMessage().getHeader(LustreConstants.PATH)).isEqualTo("/new/f");
    }

    @Test
    void whatIsMissingIsToldInHeadersToo() throws Exception {
        FluentProducerTemplate template = start(to("operation=path"));
        Exchange created = send(template, made(RecordType.CREAT, FILE, DIRECTORY, "f"));
        assertThat(created.getMessage().getHeaders())
                .containsEntry(LustreConstants.PATH, "f")
                .containsEntry(LustreConstants.PATH_FROM, DIRECTORY)
                .containsEntry(LustreConstants.PATH_REASON, "partial")
                .doesNotContainKey(LustreConstants.PARENT_PATH);
        Exchange unknown = send(template, record(new RecordBuilder(RecordType.OPEN).target(ROOT.sequence(), 99, 0)));
        assertThat(unknown.getMessage().getHeaders())
                .containsEntry(LustreConstants.PATH_REASON, "unknown")
                .doesNotContainKey(LustreConstants.PATH);
    }

    /** A record's own message makes its headers only when they are asked for. */
    @Test
    void theHeadersOfARecordsOwnMessageAreReadFromIt() throws Exception {
        FluentProducerTemplate template = start(to("operation=path"));
        Exchange exchange = context.getEndpoint("direct:in").createExchange();
        exchange.setIn(new RecordMessage(context, made(RecordType.MKDIR, DIRECTORY, ROOT, "d")));
        template.withExchange(exchange).send();
        assertThat(exchange.getMessage().getHeader(LustreConstants.PATH)).isEqualTo("/d");
        assertThat(exchange.getMessage().getHeader("camellustrepath")).isEqualTo("/d");
        assertThat(exchange.getMessage().getHeader(LustreConstants.NAME)).isEqualTo("d");
    }

    @Test
    void theLinesOfABatchHaveThemAndItsBytesStay() throws Exception {
        FluentProducerTemplate template = start(to("operation=path"), "{marshal: {custom: {ref: lustre}}}");
        ChangelogBatch batch = ChangelogBatch.of(List.of(
                made(RecordType.MKDIR, DIRECTORY, ROOT, "old"),
                made(RecordType.CREAT, FILE, DIRECTORY, "f"),
                renamed(),
                record(new RecordBuilder(RecordType.CLOSE).target(FILE))));
        String lines = send(template, batch).getMessage().getBody(String.class);
        assertThat(lines.lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("\"path\":\"/old\",\"parentPath\":\"/\"}"),
                        line -> assertThat(line).endsWith("\"path\":\"/old/f\",\"parentPath\":\"/old\"}"),
                        line -> assertThat(line)
                                .endsWith("\"path\":\"/new\",\"parentPath\":\"/\",\"oldPath\":\"/old\"}"),
                        line -> assertThat(line).endsWith("\"path\":\"/new/f\",\"parentPath\":\"/new\"}"));
    }

    @Test
    void aBatchKeepsItsBytesAndItsPartsTheirPaths() throws Exception {
        FluentProducerTemplate template = start(to("operation=path"));
        ChangelogBatch batch = ChangelogBatch.of(
                List.of(made(RecordType.MKDIR, DIRECTORY, ROOT, "d"), made(RecordType.CREAT, FILE, DIRECTORY, "f")));
        ChangelogBatch found = send(template, batch).getMessage().getBody(ChangelogBatch.class);
        assertThat(found).isEqualTo(batch);
        assertThat(ChangelogBatch.of(found.subList(1, 2)).get(0).paths())
                .hasValueSatisfying(paths -> assertThat(paths.path()).hasToString("Optional[/d/f]"));
    }

    @Test
    void whatIsFilteredOutLaterCanBeLearntFromBefore() throws Exception {
        FluentProducerTemplate template = start(
                to("operation=learn"),
                "{filter: {simple: \"${body.type} == 'CLOSE'\", steps: [" + to("operation=path") + "]}}");
        send(template, made(RecordType.MKDIR, DIRECTORY, ROOT, "old"));
        send(template, made(RecordType.CREAT, FILE, DIRECTORY, "f"));
        Exchange learnt = send(template, renamed());
        assertThat(learnt.getMessage().getHeader(LustreConstants.PATH)).isNull();
        Exchange closed = send(template, record(new RecordBuilder(RecordType.CLOSE).target(FILE)));
        assertThat(closed.getMessage().getHeader(LustreConstants.PATH)).isEqualTo("/new/f");
    }

    @Test
    void itsFiguresAreInJmx() throws Exception {
        FluentProducerTemplate template = start(to("operation=path"));
        send(template, made(RecordType.MKDIR, DIRECTORY, ROOT, "d"));
        send(template, made(RecordType.CREAT, FILE, new Fid(1, 2, 0), "f"));
        LustreEndpoint endpoint = context.getEndpoint("lustre:fs?operation=path", LustreEndpoint.class);
        assertThat(endpoint.getPathHits()).isEqualTo(2);
        assertThat(endpoint.getPathsPartial()).isEqualTo(1);
        assertThat(endpoint.getPathObjects()).isEqualTo(2);
        assertThat(endpoint.getPathLookUps()
                        + endpoint.getPathMisses()
                        + endpoint.getPathsGone()
                        + endpoint.getPathsTimedOut()
                        + endpoint.getPathsFailed()
                        + endpoint.getLatePathLookUps())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    lustre:fs                                             | Set operation=path
                    lustre:fs-MDT0000?operation=path                      | give the name of the file system
                    lustre:fs?operation=path&attributes=true              | needs mount=FOLDER
                    lustre:fs?operation=path&mount=mnt                    | give the folder where the file system is mounted
                    lustre:fs?operation=path&maxObjects=0                 | must be greater than 0
                    lustre:fs?operation=path&mount=/mnt&library=no-such   | cannot load the library 'no-such'
                    lustre:fs?operation=guess                             | guess
                    """)
    void whatCannotWorkIsRefusedAtTheStart(String uri, String message) {
        assertThatThrownBy(() -> {
                    YamlRoutes.load(
                            context, "- route: {id: r, from: {uri: direct:in, steps: [{to: {uri: \"" + uri + "\"}}]}}");
                    context.start();
                })
                .hasStackTraceContaining(message);
    }

    @Test
    void aConsumerHasNoOperation() {
        assertThatThrownBy(() -> {
                    YamlRoutes.load(context, """
                            - route:
                                id: r
                                from:
                                  uri: lustre:fs-MDT*
                                  parameters: {operation: path}
                                  steps: [{to: "mock:a"}]
                            """);
                    context.start();
                })
                .hasStackTraceContaining("leave it out of a from");
    }

    @Test
    void endpointsOfOneFileSystemMustAgree() {
        assertThatThrownBy(() -> start(to("operation=path"), to("operation=path&maxObjects=5")))
                .hasStackTraceContaining("give them the same options");
    }

    /** What is not told that it has ended holds its records for ever. */
    @Test
    void anExchangeThatCannotTakeThePathsFailsAndEnds() throws Exception {
        AsyncProducer producer = producer();
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.setIn(new DefaultMessage(context) {
            @Override
            public void setHeader(String name, Object value) {
                throw new UnsupportedOperationException("read-only");
            }
        });
        exchange.getIn().setBody(made(RecordType.MKDIR, DIRECTORY, ROOT, "d"));
        AtomicInteger ends = new AtomicInteger();
        producer.process(exchange, sync -> ends.incrementAndGet());
        assertThat(ends).hasValue(1);
        assertThat(exchange.getException()).hasMessage("read-only");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExchangeEndsOnceEvenIfWhatFollowsBreaks(boolean empty) throws Exception {
        AsyncProducer producer = producer();
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getIn().setBody(empty ? List.of() : made(RecordType.MKDIR, DIRECTORY, ROOT, "d"));
        AtomicInteger ends = new AtomicInteger();
        producer.process(exchange, sync -> {
            ends.incrementAndGet();
            throw new IllegalStateException("broken");
        });
        assertThat(ends).hasValue(1);
        assertThat(exchange.getException()).isNull();
    }

    private AsyncProducer producer() throws Exception {
        context.start();
        AsyncProducer producer = context.getEndpoint("lustre:fs?operation=path").createAsyncProducer();
        context.addService(producer);
        return producer;
    }

    @Test
    void recordsOfAnotherFileSystemAreRefused() throws Exception {
        FluentProducerTemplate template = start(to("operation=path"));
        Exchange exchange = template.withBody(new RecordBuilder(RecordType.OPEN).build("other-MDT0000"))
                .send();
        assertThat(exchange.getException())
                .hasMessageContaining("a record of other-MDT0000 is not of the file system fs");
        assertThat(template.withBody("text").send().getException()).hasMessageContaining("not a ChangelogRecord");
    }
}
