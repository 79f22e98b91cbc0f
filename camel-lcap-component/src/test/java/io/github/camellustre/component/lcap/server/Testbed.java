// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.component.lcap.group.SharingOptions;
import io.github.camellustre.lcap.wire.GroupName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a free port, with one group, and what became of the records that were brought to it. */
final class Testbed implements AutoCloseable {
    static final String MDT = "fs-MDT0000";

    final LcapServer server;
    final GroupUse group;
    private final ExecutorService completions = Executors.newSingleThreadExecutor();
    /** By the first index of what was offered: empty if it is done, else why it has failed. */
    private final Map<Long, Optional<Throwable>> ended = new ConcurrentHashMap<>();

    Testbed() throws IOException {
        this(settings(GroupName.DEFAULT), Leases.DEFAULT, null);
    }

    Testbed(GroupSettings settings, Leases leases, CurveKeys curve) throws IOException {
        server = LcapServer.open(new ServerAddress("127.0.0.1", 0), curve, leases, completions);
        group = server.attach(settings);
        server.admit();
    }

    static GroupSettings settings(GroupName name) {
        return new GroupSettings(name, "fs-MDT*", false, SharingOptions.DEFAULT, Duration.ofSeconds(5));
    }

    Peer peer() {
        return peer(MDT);
    }

    Peer peer(String mdt) {
        return new Peer(server.port(), mdt);
    }

    /** One exchange with the records [first, last]. */
    void offer(long first, long last) {
        offer(group, MDT, first, last);
    }

    void offer(GroupUse use, String mdt, long first, long last) {
        List<ChangelogRecord> records = new ArrayList<>();
        for (long index = first; index <= last; index++) {
            records.add(record(mdt, index));
        }
        use.offer(ChangelogBatch.of(records), cause -> ended.put(first, Optional.ofNullable(cause)));
    }

    static ChangelogRecord record(String mdt, long index) {
        return new RecordBuilder(RecordType.CREAT)
                .index(index)
                .time(1_700_000_000 + index, 5)
                .target(0x200000402L, (int) index, 0)
                .parent(0x200000007L, 1, 0)
                .job("cp.0")
                .uidGid(1000, 1000)
                .name("file" + index)
                .build(mdt);
    }

    /** Sessions of the group's first MDT. */
    int sessions() throws IOException {
        return server.call(
                () -> server.group(GroupName.DEFAULT).find(MDT).sessions().size());
    }

    boolean isDone(long first) {
        return ended.containsKey(first) && ended.get(first).isEmpty();
    }

    /** Why what was offered has failed, or null. */
    Throwable failure(long first) {
        return ended.getOrDefault(first, Optional.empty()).orElse(null);
    }

    int ended() {
        return ended.size();
    }

    @Override
    public void close() {
        server.close();
        completions.shutdown();
    }
}
