// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Where a test's records end: it holds them up, refuses them, or takes them, and remembers each that it took. */
final class GatedSink implements Processor {
    private enum Mode {
        HOLDING,
        FAILING,
        TAKING
    }

    private Mode mode = Mode.TAKING;
    private int arrived;
    private int failed;
    private final List<Long> taken = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    @Override
    public void process(Exchange exchange) throws Exception {
        List<Long> indexes = new ArrayList<>();
        collect(exchange.getMessage().getBody(), indexes);
        synchronized (this) {
            arrived++;
            while (mode == Mode.HOLDING) {
                wait();
            }
            if (mode == Mode.FAILING) {
                failed++;
                throw new IllegalStateException("the sink is down");
            }
            taken.addAll(indexes);
            sizes.add(indexes.size());
        }
    }

    private static void collect(Object body, List<Long> into) {
        if (body instanceof ChangelogRecord record) {
            into.add(record.index());
        } else if (body instanceof Exchange exchange) {
            collect(exchange.getMessage().getBody(), into);
        } else if (body instanceof Iterable<?> list) {
            list.forEach(each -> collect(each, into));
        }
    }

    private synchronized void mode(Mode fresh) {
        mode = fresh;
        notifyAll();
    }

    void hold() {
        mode(Mode.HOLDING);
    }

    void fail() {
        mode(Mode.FAILING);
    }

    void take() {
        mode(Mode.TAKING);
    }

    synchronized int arrived() {
        return arrived;
    }

    synchronized int failed() {
        return failed;
    }

    /** Indexes of the records taken, in order, repeats included. */
    synchronized List<Long> taken() {
        return List.copyOf(taken);
    }

    /** Number of records of each exchange taken. */
    synchronized List<Integer> sizes() {
        return List.copyOf(sizes);
    }
}
