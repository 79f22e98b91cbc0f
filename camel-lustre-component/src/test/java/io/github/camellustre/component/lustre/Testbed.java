// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.reader.MdtStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;

/** A Camel context with one scripted MDT and YAML routes that end in the bean {@code sink}, or in {@code other}. */
final class Testbed implements AutoCloseable {
    static final String GROUP =
            "aggregationStrategy: \"#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy\"";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static {
        // Records pass in microseconds: Awaitility's usual 100 ms would be most of a test's time.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    final DefaultCamelContext context = new DefaultCamelContext();
    final ScriptedSource source = new ScriptedSource();
    final GatedSink sink = new GatedSink();
    final GatedSink other = new GatedSink();
    private final StringBuilder yaml = new StringBuilder();

    Testbed() {
        context.getRegistry().bind("src", source);
        context.getRegistry().bind("sink", sink);
        context.getRegistry().bind("other", other);
        context.getShutdownStrategy().setTimeout(10);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
    }

    /** An aggregator of all records in front of the sink. */
    static String aggregate(String options) {
        return """
                - aggregate:
                    correlationExpression: {constant: "true"}
                %s
                    steps:
                      - process: {ref: sink}
                """.formatted(options.indent(4).stripTrailing());
    }

    Testbed bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    /** More YAML at top level: beans, further routes, templates. */
    Testbed with(String topLevel) {
        yaml.append(topLevel.stripTrailing()).append('\n');
        return this;
    }

    /** A route {@code r} that reads the MDT. */
    Testbed route(String steps) {
        return route("r", Map.of(), steps);
    }

    Testbed route(String id, Map<String, Object> options, String steps) {
        yaml.append(yaml(id, options, steps));
        return this;
    }

    /** A route that reads the MDT, as text. */
    static String yaml(String id, Map<String, Object> options, String steps) {
        StringBuilder route = new StringBuilder("""
                - route:
                    id: %s
                    from:
                      uri: lustre:fs-MDT0000
                      parameters:
                        source: "#src"
                        user: cl1
                        repository: memory
                        clearInterval: 20
                        redeliveryDelay: 20
                        maxRedeliveryDelay: 40
                """.formatted(id));
        options.forEach((name, value) ->
                route.append("        ").append(name).append(": ").append(value).append('\n'));
        return route.append("      steps:\n").append(steps.indent(8)).toString();
    }

    Testbed start() throws Exception {
        YamlRoutes.load(context, yaml.toString());
        context.start();
        return this;
    }

    LustreComponent lustre() {
        return context.getComponent("lustre", LustreComponent.class);
    }

    MdtStatus mdt() {
        return lustre().status().get(0);
    }

    ConsumerStatus consumer(String name) {
        return mdt().consumers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    long position() {
        return consumer("r").position();
    }

    void awaitArrival() {
        await("something arrives at the sink").atMost(LIMIT).until(() -> sink.arrived() > 0);
    }

    /**
     * The thread that delivers has gone as far as it can, so that whatever ends an exchange too early has done so by now:
     * and nothing is acknowledged.
     */
    void staysUnacknowledged() {
        await("the delivering thread waits")
                .during(Duration.ofMillis(20))
                .atMost(LIMIT)
                .until(this::deliveryRests);
        assertThat(position()).isZero();
        assertThat(source.clears).isEmpty();
    }

    /** So many records wait in the route, and the thread that delivers has left them there: it waits for more. */
    void awaitWaiting(int records) {
        await(records + " records wait in the route")
                .atMost(LIMIT)
                .until(() -> consumer("r").outstanding() == records
                        && consumer("r").delivered() >= source.end()
                        && deliveryThread() == Thread.State.TIMED_WAITING);
    }

    /** It waits at the sink, at a full queue or for an executor; or for more records, when it has handed over all. */
    private boolean deliveryRests() {
        Thread.State state = deliveryThread();
        return state == Thread.State.WAITING
                || state == Thread.State.TIMED_WAITING && consumer("r").delivered() >= source.end();
    }

    private static Thread.State deliveryThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("lustre-r-" + ScriptedSource.MDT))
                .findFirst()
                .orElseThrow()
                .getState();
    }

    void awaitAllCleared() {
        await("all is acknowledged and cleared")
                .atMost(LIMIT)
                .until(() -> position() == source.end() && mdt().ledger().cleared() == source.end());
    }

    /** Delivery fails, and is tried again; nothing is acknowledged. */
    void awaitRedelivery() {
        await("delivery fails").atMost(LIMIT).until(() -> consumer("r").failed() > 0);
        await("and is tried again").atMost(LIMIT).until(() -> consumer("r").redelivered() > 0);
        assertThat(position()).isZero();
        assertThat(source.clears).isEmpty();
    }

    /** Delivery fails for that reason, which is told until it is tried again. */
    void awaitFailure(String reason) {
        await(reason)
                .atMost(LIMIT)
                .until(() -> String.valueOf(consumer("r").failure()).contains(reason));
    }

    /**
     * The contract: nothing is acknowledged while delivery is held open or fails, all of it is delivered again from the
     * first record on, and acknowledged and cleared once delivery succeeds.
     */
    void holdsFailsAndRecovers() throws Exception {
        holdsAndFails();
        sink.take();
        awaitAllCleared();
        assertThat(sink.taken()).containsAll(indexes(1, source.end()));
        List<Long> again =
                sink.taken().subList(sink.taken().indexOf(1L), sink.taken().size());
        assertThat(again).as("everything from the first record on").containsAll(indexes(1, source.end()));
        endsInOrder(sink.taken());
    }

    /** As {@link #holdsFailsAndRecovers}, where the route gives up order by itself. */
    void holdsFailsAndRecoversUnordered() throws Exception {
        holdsFailsAndRecoversSome();
        assertThat(sink.taken()).containsAll(indexes(1, source.end()));
    }

    /** The same, where only some of the records reach the sink. */
    void holdsFailsAndRecoversSome() throws Exception {
        holdsAndFails();
        sink.take();
        awaitAllCleared();
        assertThat(sink.taken()).contains(1L);
    }

    private void holdsAndFails() throws Exception {
        source.write(24);
        sink.hold();
        start();
        awaitArrival();
        staysUnacknowledged();
        sink.fail();
        awaitRedelivery();
    }

    static List<Long> indexes(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Whatever was repeated: the last time that each record of a file was delivered, it was in order. */
    static void endsInOrder(List<Long> taken) {
        for (int file = 0; file < ScriptedSource.FILES; file++) {
            List<Long> last = new ArrayList<>();
            for (Long index : taken) {
                if (index % ScriptedSource.FILES == file) {
                    last.remove(index);
                    last.add(index);
                }
            }
            assertThat(last).isSorted();
        }
    }

    /** A stop would wait for what is never delivered. */
    void endAtOnce() {
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        sink.take();
        other.take();
        context.stop();
    }
}
