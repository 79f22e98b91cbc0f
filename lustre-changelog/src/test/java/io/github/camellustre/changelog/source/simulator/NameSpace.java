// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small file system in memory that carries out what records say, and complains where it cannot be done. */
final class NameSpace {
    static final Fid ROOT = new Fid(0x200000007L, 1, 0);

    record Entry(Fid parent, ByteBuffer name) {}

    private final Map<Entry, Fid> entries = new HashMap<>();
    private final Map<Fid, Set<Entry>> links = new HashMap<>();
    private final Map<Fid, Integer> children = new HashMap<>();
    private final Set<Fid> directories = new HashSet<>(Set.of(ROOT));
    private final Set<Fid> gone = new HashSet<>();
    private final String context;
    private ChangelogRecord record;

    NameSpace(String context) {
        this.context = context;
        links.put(ROOT, Set.of());
    }

    int size() {
        return entries.size();
    }

    int mostEntries() {
        return children.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    Set<Fid> objects() {
        return links.keySet();
    }

    boolean isDirectory(Fid fid) {
        return directories.contains(fid);
    }

    /** The names that the object has; none if it is gone. */
    List<Entry> names(Fid fid) {
        return List.copyOf(links.getOrDefault(fid, Set.of()));
    }

    /** All paths of the object, as text; none if it is gone. */
    List<String> paths(Fid fid) {
        return fid.equals(ROOT)
                ? List.of("")
                : names(fid).stream()
                        .map(name -> path(name.parent(), name.name().array()))
                        .toList();
    }

    String path(Fid parent, byte[] name) {
        return paths(parent).get(0) + '/' + new String(name, StandardCharsets.ISO_8859_1);
    }

    void apply(ChangelogRecord next) {
        record = next;
        Fid target = record.targetFid();
        switch (record.type().toString()) {
            case "CREAT", "SLINK", "MKNOD" -> create(target, false);
            case "MKDIR" -> create(target, true);
            case "HLINK" -> {
                check(links.containsKey(target) && !directories.contains(target), "links a file that lives");
                checkHere(record.parentFid());
                add(target, record.parentFid(), record.name());
            }
            case "UNLNK", "RMDIR" -> remove(target);
            case "RENME" -> rename(target);
            case "MIGRT" -> migrate(target);
            default -> check(links.containsKey(target), "is about an object that lives");
        }
    }

    private void create(Fid fid, boolean directory) {
        check(!links.containsKey(fid) && !gone.contains(fid), "creates a FID that never was");
        checkHere(fid);
        if (directory) {
            directories.add(fid);
        }
        add(fid, record.parentFid(), record.name());
    }

    private void remove(Fid fid) {
        boolean directory = record.type().toString().equals("RMDIR");
        check(directories.contains(fid) == directory, "removes what it says it is");
        check(!directory || children.getOrDefault(fid, 0) == 0, "removes an empty directory");
        checkHere(fid);
        check(
                fid.equals(entries.get(new Entry(record.parentFid(), ByteBuffer.wrap(record.name())))),
                "removes its own name");
        drop(record.parentFid(), record.name());
        check(record.isLastLink() == !links.containsKey(fid), "knows its last link");
    }

    private void rename(Fid overwritten) {
        Fid moved = record.sourceFid();
        Entry from = new Entry(record.sourceParentFid(), ByteBuffer.wrap(record.oldName()));
        Entry to = new Entry(record.parentFid(), ByteBuffer.wrap(record.name()));
        check(moved.equals(entries.get(from)), "renames what is there");
        checkHere(record.parentFid());
        Fid before = entries.get(to);
        check(overwritten.equals(before == null ? Fid.ZERO : before), "names what it overwrites");
        if (before != null) {
            drop(to.parent(), record.name());
            check(record.isLastLink() == !links.containsKey(before), "knows the overwritten one's last link");
        }
        add(moved, to.parent(), record.name());
        drop(from.parent(), record.oldName());
    }

    /** The FID changes, the name stays. */
    private void migrate(Fid fresh) {
        Fid old = record.sourceFid();
        check(directories.contains(old) && children.getOrDefault(old, 0) == 0, "migrates an empty directory");
        checkHere(fresh);
        drop(record.sourceParentFid(), record.oldName());
        check(!links.containsKey(fresh) && !gone.contains(fresh), "migrates to a FID that never was");
        directories.add(fresh);
        add(fresh, record.parentFid(), record.name());
    }

    private void add(Fid fid, Fid parent, byte[] name) {
        check(name.length > 0 && name.length <= 255, "has a name of 1 to 255 bytes");
        check(directories.contains(parent), "has a parent that is a directory");
        check(entries.putIfAbsent(new Entry(parent, ByteBuffer.wrap(name)), fid) == null, "has a name that was free");
        links.computeIfAbsent(fid, any -> new LinkedHashSet<>()).add(new Entry(parent, ByteBuffer.wrap(name)));
        children.merge(parent, 1, Integer::sum);
    }

    private void drop(Fid parent, byte[] name) {
        Fid fid = entries.remove(new Entry(parent, ByteBuffer.wrap(name)));
        check(fid != null, "drops a name that was there");
        children.merge(parent, -1, Integer::sum);
        Set<Entry> left = links.get(fid);
        left.remove(new Entry(parent, ByteBuffer.wrap(name)));
        if (left.isEmpty()) {
            links.remove(fid);
            directories.remove(fid);
            gone.add(fid);
        }
    }

    /** The log of an MDT holds what happens to its own inodes or directories. */
    private void checkHere(Fid fid) {
        int number = fid.equals(ROOT) ? 0 : (int) (fid.sequence() - 0x200000400L >>> 30);
        check(record.mdt().endsWith(String.format("MDT%04x", number)), "is in the log of the right MDT");
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            assertThat(record.toString())
                    .as("%s: %s %s", context, record.mdt(), record.index())
                    .isEqualTo(what);
        }
    }
}
