// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectAttributes;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions to the file system, at a desk for each MDT. What is found is learnt, unless the stream was faster. */
final class LookUps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);

    private final FidLookUp fileSystem;
    private final NameTable table;
    private final PathOptions options;
    private final PathCounters counters;
    private final Map<String, Desk> desks = new ConcurrentHashMap<>();

    LookUps(FidLookUp fileSystem, NameTable table, PathOptions options, PathCounters counters) {
        this.fileSystem = fileSystem;
        this.table = table;
        this.options = options;
        this.counters = counters;
    }

    /** Where it is. It is in the table then, too, as far as it could be proven. Fails with errors only. */
    CompletableFuture<Answer> ask(String mdt, Fid fid) {
        return desk(mdt).ask(() -> find(mdt, fid), Answer.TIMED_OUT, Answer.BUSY);
    }

    /** What it is; null if that was not found out. Fails with errors only. */
    CompletableFuture<ObjectAttributes> describe(String mdt, Fid fid) {
        return desk(mdt).ask(() -> attributes(mdt, fid), null, null);
    }

    private Desk desk(String mdt) {
        return desks.computeIfAbsent(mdt, any -> new Desk(any, options));
    }

    private Answer find(String mdt, Fid fid) {
        counters.lookedUp();
        KnownObject before = table.get(fid);
        Answer found;
        try {
            found = fileSystem.lookUp(fid, options.allNames());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: the look-up of {} failed: {}", mdt, fid, e.toString(), e);
            return Answer.without(PathReason.FAILED, null);
        }
        if (found.reason() == PathReason.GONE) {
            table.learn(fid, before, KnownObject.nameless(before));
        } else if (found.paths().contains(ObjectPath.ROOT)) {
            // of a file system that was made by an old Lustre
            table.learn(fid, before, KnownObject.succeededBy(NameTable.ROOT));
        } else if (!found.links().isEmpty()) {
            table.learn(fid, before, KnownObject.named(found.links().toArray(Link[]::new), found.isComplete()));
        }
        return found;
    }

    private ObjectAttributes attributes(String mdt, Fid fid) {
        counters.lookedUp();
        try {
            return fileSystem.describe(fid);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: asking for the attributes of {} failed: {}", mdt, fid, e.toString(), e);
            return null;
        }
    }

    /** Questions that were not answered in time and still are not. */
    int late() {
        return desks.values().stream().mapToInt(Desk::late).sum();
    }

    @Override
    public void close() {
        desks.values().forEach(Desk::close);
    }
}
