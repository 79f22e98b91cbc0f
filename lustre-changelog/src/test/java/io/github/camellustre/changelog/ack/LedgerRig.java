// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger in the hands of a test: the test reads, takes, waits and crashes; time stands still unless it is moved. */
public final class LedgerRig {
    static final String MDT = "fs-MDT0000";
    static final LedgerKey KEY = new LedgerKey(MDT, "cl1");
    static final LedgerOptions OPTIONS = new LedgerOptions(
            1_024, Duration.ofSeconds(5), false, false, Duration.ofSeconds(1), 0, Duration.ofHours(1));

    final AtomicLong clock = new AtomicLong(1_000);
    final MemoryBudget memory;
    AckRepository repository = new MemoryAckRepository();
    OptionalLong mark = OptionalLong.of(0);
    LedgerOptions options = OPTIONS;
    String user = "cl1";
    MdtLedger ledger;

    LedgerRig() {
        this(new MemoryBudget(1 << 20));
    }

    LedgerRig(MemoryBudget memory) {
        this.memory = memory;
    }

    /** What one token brought. */
    record Delivered(List<Long> indexes, Token token) {}

    /** A new process on what the repository has. */
    MdtLedger open() throws AckRepositoryException {
        ledger = new MdtLedger(new LedgerKey(MDT, user), "test:1", mark, options, repository, memory, clock::get);
        return ledger;
    }

    ConsumerLedger join(ConsumerOptions consumer) {
        return ledger.join(consumer, OptionalLong.empty());
    }

    /** One consumer on a new ledger, ready for the first record. */
    ConsumerLedger single(ConsumerOptions consumer) throws Exception {
        open();
        ConsumerLedger joined = join(consumer);
        rewind();
        return joined;
    }

    void rewind() throws InterruptedException {
        if (!ledger.rewind(0)) {
            throw new AssertionError("records are outstanding");
        }
    }

    void read(long... indexes) {
        ledger.add(block(indexes));
    }

    /** Everything that there is to hand over now. */
    static List<Delivered> takeAll(ConsumerLedger consumer) throws InterruptedException {
        List<Delivered> all = new ArrayList<>();
        for (Handout handout = consumer.take(0); handout != null; handout = consumer.take(0)) {
            if (consumer.options().batching() || handout.exhaustedBy() != null) {
                List<Long> indexes = new ArrayList<>();
                handout.batch().forEach(record -> indexes.add(record.index()));
                all.add(new Delivered(indexes, handout.batchToken()));
            } else {
                for (int i = 0; i < handout.count(); i++) {
                    all.add(new Delivered(List.of(handout.record(i).index()), handout.token(i)));
                }
            }
        }
        return all;
    }

    static List<Long> indexes(List<Delivered> delivered) {
        return delivered.stream().flatMap(one -> one.indexes().stream()).toList();
    }

    static void succeed(List<Delivered> delivered) {
        delivered.forEach(one -> one.token().release());
    }

    static void fail(Delivered delivered) {
        delivered.token().fail(new IllegalStateException("sink is down"));
        delivered.token().release();
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** Writes a checkpoint; what it allows to clear is cleared. */
    long clear() throws AckRepositoryException {
        long target = ledger.checkpoint(true);
        if (target > 0) {
            ledger.cleared(target);
        }
        return target;
    }

    LedgerState stored() throws AckRepositoryException {
        return repository.load(new LedgerKey(MDT, user)).orElseThrow();
    }

    static RecordBlock block(long... indexes) {
        return block(RecordType.CREAT, indexes);
    }

    public static RecordBlock block(RecordType type, long... indexes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long index : indexes) {
            bytes.writeBytes(record(type, index));
        }
        return RecordBlock.frame(MDT, bytes.toByteArray());
    }

    static byte[] record(RecordType type, long index) {
        return new RecordBuilder(type)
                .index(index)
                .time(1_700_000_000L + index, 0)
                .target(0x200000401L, (int) index, 0)
                .toByteArray();
    }

    /** Options of a consumer; starts at the oldest record, one record at a time, and tries again after one second. */
    public static Consumer consumer(String name) {
        return new Consumer(name);
    }

    /** Makes {@link ConsumerOptions}. */
    public static final class Consumer {
        private final String name;
        AckMode ack = AckMode.AUTO;
        Redelivery redelivery = Redelivery.ORDERED;
        BitSet types;
        StartFrom start = StartFrom.OLDEST;
        boolean batching;
        int maxBatch = 100;
        int maxInFlight = 1_000;
        long maxBytes = 1 << 20;
        int maxRedeliveries = -1;
        OnExhausted onExhausted = OnExhausted.STOP;

        private Consumer(String name) {
            this.name = name;
        }

        public Consumer ack(AckMode mode) {
            ack = mode;
            return this;
        }

        public Consumer missing() {
            redelivery = Redelivery.MISSING;
            return this;
        }

        public Consumer types(RecordType... wanted) {
            types = new BitSet();
            for (RecordType type : wanted) {
                types.set(type.number());
            }
            return this;
        }

        public Consumer start(StartFrom from) {
            start = from;
            return this;
        }

        public Consumer batches(int most) {
            batching = true;
            maxBatch = most;
            return this;
        }

        public Consumer inFlight(int records) {
            maxInFlight = records;
            return this;
        }

        public Consumer bytes(long bytes) {
            maxBytes = bytes;
            return this;
        }

        public Consumer redeliveries(int most, OnExhausted then) {
            maxRedeliveries = most;
            onExhausted = then;
            return this;
        }

        public ConsumerOptions options() {
            return new ConsumerOptions(
                    name,
                    ack,
                    redelivery,
                    types,
                    start,
                    batching,
                    maxBatch,
                    maxInFlight,
                    maxBytes,
                    maxRedeliveries,
                    onExhausted,
                    Duration.ofNanos(TimeUnit.SECONDS.toNanos(1)),
                    Duration.ofSeconds(60));
        }
    }
}
