// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.component.lustre.token.InTurn;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Behind the step one batch at a time, and in front of it the next one. */
class InTurnTest {
    private static final Map<String, Object> BATCHES = Map.of("batching", true, "maxBatch", 2);
    private static final String STEPS =
            "- process: {ref: made}\n- process: {ref: lustreInTurn}\n- process: {ref: later}";

    private final GatedSink made = new GatedSink();
    private final Later later = new Later();

    @Test
    void theNextBatchIsMadeReadyWhileTheLastIsOnItsWay() throws Exception {
        try (Testbed bed = bed().route("r", BATCHES, STEPS)) {
            bed.source.write(6);
            bed.start();
            for (int batch = 1; batch <= 3; batch++) {
                int ready = Math.min(3, batch + 1);
                await().until(() -> made.arrived() == ready && later.open.size() == 1);
                later.open.remove().succeed();
            }
            bed.awaitAllCleared();
            assertThat(later.sizes).containsExactly(2, 2, 2);
        }
    }

    @Test
    void nothingIsSentBehindABatchThatFails() throws Exception {
        try (Testbed bed = bed().route("r", BATCHES, STEPS)) {
            bed.source.write(4);
            bed.start();
            await().until(() -> made.arrived() == 2 && later.open.size() == 1);
            later.open.remove().fail();
            // once more from the first record on, in halves
            await().until(() -> later.open.size() == 1);
            assertThat(later.sizes).containsExactly(2, 1);
            later.automatic = true;
            later.open.remove().succeed();
            bed.awaitAllCleared();
            assertThat(bed.consumer("r").failed()).isEqualTo(1);
            assertThat(made.taken()).endsWith(3L, 4L);
        }
    }

    /** The step would wait for the group, and the group for what is behind the step. */
    @Test
    void aGroupBehindTheStepIsCompleted() throws Exception {
        String steps = "- process: {ref: lustreInTurn}\n"
                + Testbed.aggregate(Testbed.GROUP + "\ncompletionSize: 100\ncompletionTimeout: 3600000");
        try (Testbed bed = bed().route(steps)) {
            bed.source.write(3);
            bed.start();
            await().until(() -> bed.position() == 2);
            assertThat(bed.sink.taken()).as("nothing waits for the last").containsExactly(1L, 2L);
        }
    }

    @Test
    void aGroupIsToldWhereTheStepBelongs() throws Exception {
        String aggregate = """
                - aggregate:
                    correlationExpression: {constant: "true"}
                    %s
                    completionSize: 2
                    steps:
                      - process: {ref: lustreInTurn}
                      - process: {ref: sink}
                """.formatted(Testbed.GROUP);
        try (Testbed bed = bed().route(aggregate)) {
            bed.endAtOnce();
            bed.source.write(2);
            bed.start();
            bed.awaitFailure("put the step lustreInTurn in front of the aggregator");
            assertThat(bed.sink.arrived()).isZero();
        }
    }

    @Test
    void whatIsNoRecordPasses() throws Exception {
        try (Testbed bed = bed()) {
            Exchange exchange = new DefaultExchange(bed.context);
            new InTurn().process(exchange);
            assertThat(exchange.isRouteStop()).isFalse();
        }
    }

    private Testbed bed() {
        return new Testbed().bind("made", made).bind("later", later);
    }

    /** A sink that answers when it is told to. */
    private static final class Later extends AsyncProcessorSupport {
        final Queue<Sent> open = new ConcurrentLinkedQueue<>();
        final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
        volatile boolean automatic;

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            sizes.add(exchange.getMessage().getBody(List.class).size());
            if (automatic) {
                callback.done(true);
                return true;
            }
            open.add(new Sent(exchange, callback));
            return false;
        }
    }

    private record Sent(Exchange exchange, AsyncCallback callback) {
        void succeed() {
            callback.done(false);
        }

        void fail() {
            exchange.setException(new IllegalStateException("the sink is down"));
            callback.done(false);
        }
    }
}
