// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.tests.witness.ClearCheck;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Holds what one consumer's sink got from one MDT against the promises, after each life of the daemon. */
final class Judge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String consumer;
    private final long maxInFlight;
    private final Path positions;
    private final ClearCheck clears;
    private final SinkCheck sink;
    private long mostRepeats;
    private boolean clean = true;

    /** @param clears of this MDT; somebody else lets it read */
    Judge(Path data, String mdt, String consumer, List<SinkForm> forms, long maxInFlight, ClearCheck clears) {
        this.consumer = consumer;
        this.maxInFlight = maxInFlight;
        this.positions = data.resolve("state").resolve(mdt + ".cl1.json");
        this.clears = clears;
        this.sink = new SinkCheck(data.resolve(consumer), mdt, forms);
    }

    /** @param stoppedCleanly whether the life that is over ended by itself after it was told to stop */
    void judge(boolean stoppedCleanly) throws IOException, Violation {
        sink.read();
        require(sink.broken() == 0, sink.broken() + " lines that are no records");
        require(
                sink.prefix() >= clears.asked(),
                "a hole: all is there up to " + sink.prefix() + " only, but asked to clear up to " + clears.asked());
        long repeats = sink.duplicates();
        if (clean) {
            require(repeats == 0, repeats + " records came twice after a clean stop");
        }
        require(repeats <= maxInFlight, repeats + " records came twice after a kill, at most " + maxInFlight + " may");
        require(sink.stepsBack() <= (repeats > 0 ? 1 : 0), "out of order " + sink.stepsBack() + " times in one life");
        if (Files.exists(positions)) {
            long position = position();
            require(
                    position >= clears.asked(),
                    "asked to clear up to " + clears.asked() + " before the position, " + position + ", was on disk");
            require(
                    position <= sink.prefix(),
                    "the position is " + position + ", but all is there up to " + sink.prefix() + " only");
            require(
                    !stoppedCleanly || position == sink.prefix() && !sink.hasHoles(),
                    "stopped cleanly at position " + position + ", but delivered up to " + sink.prefix() + " and more");
        }
        mostRepeats = Math.max(mostRepeats, repeats);
        clean = stoppedCleanly;
    }

    private long position() throws IOException, Violation {
        JsonNode position = JSON.readTree(positions.toFile())
                .path("consumers")
                .path(consumer)
                .path("position");
        require(position.isIntegralNumber(), positions + " has no position of this consumer");
        return position.asLong();
    }

    private void require(boolean holds, String otherwise) throws Violation {
        if (!holds) {
            throw new Violation(sink + ": " + otherwise);
        }
    }

    /** Records that the last life has delivered. */
    long delivered() {
        return sink.records();
    }

    long mostRepeats() {
        return mostRepeats;
    }
}
