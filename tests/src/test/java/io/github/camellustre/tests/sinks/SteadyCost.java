// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a client and the sink behind it cost, with the start of the client and over the second half of its work, when its compiler has
 * done its own. Whoever measures looks often; between two looks nothing is known.
 */
final class SteadyCost {
    private record Look(long nanos, long done, Duration client, Duration sink) {}

    private final LongSupplier done;
    private final Supplier<Duration> client;
    private final Supplier<Duration> sink;
    private final List<Look> looks = new ArrayList<>();

    /**
     * @param done how much is done, in any unit; never less than before
     * @param client CPU time of the client so far
     * @param sink CPU time of the sink so far
     */
    SteadyCost(LongSupplier done, Supplier<Duration> client, Supplier<Duration> sink) {
        this.done = done;
        this.client = client;
        this.sink = sink;
        looks.add(new Look(System.nanoTime(), done.getAsLong(), Duration.ZERO, sink.get()));
    }

    /** Kept if something was done since the last one, and the client is still there to tell its CPU time. */
    void look() {
        long now = done.getAsLong();
        Duration cpu = client.get();
        if (now > last().done && cpu.compareTo(last().client) >= 0) {
            looks.add(new Look(System.nanoTime(), now, cpu, sink.get()));
        }
    }

    private Look last() {
        return looks.get(looks.size() - 1);
    }

    /** @param unit by how much what is done grows with a record */
    String perMillion(double unit) {
        Look first = looks.get(0);
        long half = first.done + (last().done - first.done) / 2;
        Look middle =
                looks.stream().filter(look -> look.done >= half).findFirst().orElseThrow();
        return cost(middle, unit) + "; start included " + cost(first, unit);
    }

    private String cost(Look from, double unit) {
        double count = (last().done - from.done) / unit;
        double seconds = (last().nanos - from.nanos) / 1e9;
        return String.format(
                "%,9.0f records/s, client %s, sink %s",
                count / seconds,
                use(last().client.minus(from.client), count, seconds),
                use(last().sink.minus(from.sink), count, seconds));
    }

    private static String use(Duration cpu, double count, double seconds) {
        double spent = cpu.toNanos() / 1e9;
        return String.format(
                "%5.2f CPU-s per million = %3.0f %% of a core", spent / count * 1e6, spent / seconds * 100);
    }
}
