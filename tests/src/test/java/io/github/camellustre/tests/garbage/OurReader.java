// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.LcapException;
import io.github.camellustre.lcap.LcapReader;
import io.github.camellustre.lcap.wire.Start;
import io.github.camellustre.tests.witness.IndexSet;
import io.github.camellustre.tests.witness.Violation;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Ours, which waits at the server for what comes. In a thread of this process. */
final class OurReader implements HonestReader {
    private final String mdt;
    private final LcapReader reader;
    private final Thread thread;
    private final Queue<Long> came = new ConcurrentLinkedQueue<>();
    private final IndexSet received = new IndexSet();
    private volatile Exception failure;

    private OurReader(String mdt, LcapReader reader) {
        this.mdt = mdt;
        this.reader = reader;
        this.thread = new Thread(this::read, "honest-" + mdt);
    }

    static OurReader start(String server, String group, String mdt) throws LcapException, InterruptedException {
        OurReader started = new OurReader(
                mdt,
                LcapReader.builder()
                        .server(server)
                        .group(group)
                        .mdt(mdt)
                        .flags(Start.FOLLOW)
                        .start());
        started.thread.start();
        return started;
    }

    private void read() {
        try {
            reader.forEachBatch(batch -> {
                for (ChangelogRecord record : batch) {
                    came.add(record.index());
                }
            });
        } catch (Exception e) {
            failure = e;
        }
    }

    @Override
    public String name() {
        return "our reader of " + mdt;
    }

    @Override
    public IndexSet received() {
        for (Long index = came.poll(); index != null; index = came.poll()) {
            received.add(index);
        }
        return received;
    }

    @Override
    public void mustRun() throws Violation {
        if (!thread.isAlive()) {
            throw new Violation(name() + " ended: " + failure);
        }
    }

    @Override
    public void end() throws InterruptedException, Violation {
        reader.close();
        thread.join();
        if (failure != null) {
            throw new Violation(name() + " ended: " + failure);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
