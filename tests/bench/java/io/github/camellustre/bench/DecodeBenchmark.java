// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Records of a busy real server per second, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    private static final int RECORDS = 36_818;

    private byte[] bytes;

    @Setup
    public void load() throws IOException {
        Path capture = Path.of(System.getProperty("captures", "captures"), "big/big-MDT0000.raw-f1e.bin.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(capture))) {
            bytes = in.readAllBytes();
        }
    }

    /** Finds the records, and reads index, type, all FIDs, time, job and name of each. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void decode(Blackhole hole) {
        RecordBlock block = RecordBlock.frame("big-MDT0000", bytes);
        for (int i = 0; i < block.count(); i++) {
            ChangelogRecord record = block.record(i);
            hole.consume(record.index());
            hole.consume(record.type());
            hole.consume(record.targetFid());
            hole.consume(record.parentFid());
            hole.consume(record.sourceFid());
            hole.consume(record.time());
            hole.consume(record.jobId());
            hole.consume(record.nameText());
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int frame() {
        return RecordBlock.frame("big-MDT0000", bytes).count();
    }
}
