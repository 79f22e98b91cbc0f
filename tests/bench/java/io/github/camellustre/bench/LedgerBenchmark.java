// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import com.sun.management.ThreadMXBean;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.ack.AckMode;
import io.github.camellustre.changelog.ack.ConsumerLedger;
import io.github.camellustre.changelog.ack.ConsumerOptions;
import io.github.camellustre.changelog.ack.Handout;
import io.github.camellustre.changelog.ack.LedgerKey;
import io.github.camellustre.changelog.ack.LedgerOptions;
import io.github.camellustre.changelog.ack.MdtLedger;
import io.github.camellustre.changelog.ack.MemoryAckRepository;
import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.ack.OnExhausted;
import io.github.camellustre.changelog.ack.Redelivery;
import io.github.camellustre.changelog.ack.StartFrom;
import io.github.camellustre.changelog.ack.Token;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Acknowledgements per second, on one thread: the release of a record's token, up to the position that grows. Reading,
 * handing over and checkpoints happen between two measurements; so their allocation, which JMH's own profiler would count,
 * is left out here and that of the acknowledging thread counted instead.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LedgerBenchmark {
    private static final int RECORDS = 10_000;
    private static final String MDT = "fs-MDT0000";

    /** In which order the records in flight are acknowledged. */
    public enum Order {
        AS_READ,
        SHUFFLED
    }

    /** Bytes that the acknowledging thread has allocated for so many acknowledgements, in all measured time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Allocation {
        public long allocatedBytes;
        public long acknowledgements;
    }

    @Param
    private Order order;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Integer> places = new ArrayList<>();
    private final Token[] tokens = new Token[RECORDS];
    private MdtLedger ledger;
    private ConsumerLedger consumer;
    private long index;

    @Setup
    public void open() throws Exception {
        LedgerOptions options = new LedgerOptions(
                1_024, Duration.ofSeconds(5), false, false, Duration.ofSeconds(1), 0, Duration.ofHours(1));
        ledger = new MdtLedger(
                new LedgerKey(MDT, "cl1"),
                "bench",
                OptionalLong.of(0),
                options,
                new MemoryAckRepository(),
                new MemoryBudget(1 << 30),
                System::nanoTime);
        consumer = ledger.join(
                new ConsumerOptions(
                        "bench",
                        AckMode.AUTO,
                        Redelivery.ORDERED,
                        null,
                        StartFrom.OLDEST,
                        false,
                        1,
                        2 * RECORDS,
                        1 << 30,
                        -1,
                        OnExhausted.STOP,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)),
                OptionalLong.empty());
        ledger.rewind(0);
        for (int i = 0; i < RECORDS; i++) {
            places.add(i);
        }
        if (order == Order.SHUFFLED) {
            Collections.shuffle(places, new Random(1));
        }
    }

    /** Reads, hands over and checkpoints what was acknowledged before. */
    @Setup(Level.Invocation)
    public void fill() throws Exception {
        ledger.checkpoint(false);
        ledger.add(block());
        int count = 0;
        while (count < RECORDS) {
            Handout handout = consumer.take(0);
            for (int i = 0; i < handout.count(); i++) {
                tokens[places.get(count++)] = handout.token(i);
            }
        }
    }

    private RecordBlock block() {
        RecordBuilder record = new RecordBuilder(RecordType.CREAT).target(0x200000401L, 1, 0);
        int length = record.length();
        byte[] bytes = new byte[RECORDS * length];
        for (int i = 0; i < RECORDS; i++) {
            record.index(++index).encode(bytes, i * length);
        }
        return RecordBlock.frame(MDT, bytes);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void acknowledge(Allocation allocation) {
        long before = thread.getCurrentThreadAllocatedBytes();
        for (Token token : tokens) {
            token.release();
        }
        allocation.allocatedBytes += thread.getCurrentThreadAllocatedBytes() - before;
        allocation.acknowledgements += RECORDS;
    }
}
