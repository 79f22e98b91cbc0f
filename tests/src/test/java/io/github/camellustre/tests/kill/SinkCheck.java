// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import io.github.camellustre.tests.witness.IndexSet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads what a sink got from one MDT, round by round, and knows which records are there: all up to a prefix, and a set of
 * those above it. Rotated files that were read are removed, so neither memory nor disk grows with the number of rounds.
 */
final class SinkCheck {
    private static final int STEP = 4 << 20;

    private final Path folder;
    private final String mdt;
    private final List<SinkForm> forms;
    /** Bytes read of each file that is still there; files are renamed, so not by name. */
    private final Map<Object, Long> offsets = new HashMap<>();

    private final IndexSet indexes = new IndexSet();

    private long last;
    private long records;
    private long duplicates;
    private long stepsBack;
    private long broken;

    /** @param forms of its files; a record counts as there whichever of them has it */
    SinkCheck(Path folder, String mdt, List<SinkForm> forms) {
        this.folder = folder;
        this.mdt = mdt;
        this.forms = forms;
    }

    private record Part(SinkForm form, Path path, Object key, FileTime written, boolean current) {}

    /** Reads what a life of the daemon has left; it is dead meanwhile. */
    void read() throws IOException {
        records = 0;
        duplicates = 0;
        stepsBack = 0;
        for (Part part : parts()) {
            long offset = offsets.getOrDefault(part.key(), 0L);
            try (RandomAccessFile file = new RandomAccessFile(part.path().toFile(), "r")) {
                offset = read(part.form(), file, offset);
                if (!part.current() && offset < file.length()) {
                    broken++;
                }
            }
            if (part.current()) {
                offsets.put(part.key(), offset);
            } else {
                offsets.remove(part.key());
                Files.delete(part.path());
            }
        }
    }

    private List<Part> parts() throws IOException {
        List<Part> parts = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            for (SinkForm form : forms) {
                addParts(form, parts);
            }
        }
        parts.sort(Comparator.comparing(Part::current).thenComparing(Part::written));
        return parts;
    }

    private void addParts(SinkForm form, List<Part> parts) throws IOException {
        String current = mdt + "." + form.extension();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.toList()) {
                String name = path.getFileName().toString();
                if (name.startsWith(mdt) && name.endsWith("." + form.extension())) {
                    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                    parts.add(new Part(
                            form, path, attributes.fileKey(), attributes.lastModifiedTime(), name.equals(current)));
                }
            }
        }
    }

    /** Whole records only: what a kill has torn is cut away, or made whole, by the next life. */
    private long read(SinkForm form, RandomAccessFile file, long from) throws IOException {
        byte[] bytes = new byte[(int) Math.min(STEP, file.length() - from)];
        long offset = from;
        while (offset < file.length()) {
            file.seek(offset);
            int length = (int) Math.min(bytes.length, file.length() - offset);
            file.readFully(bytes, 0, length);
            int whole = form.read(mdt, bytes, length, index -> add(index, form.isOrdered()));
            if (whole == 0) {
                break;
            }
            offset += whole;
        }
        return offset;
    }

    private void add(long index, boolean ordered) {
        records++;
        if (index <= 0) {
            broken++;
            return;
        }
        if (ordered && index <= last) {
            stepsBack++;
        }
        last = index;
        if (!indexes.add(index)) {
            duplicates++;
        }
    }

    /** All from 1 to this are there. */
    long prefix() {
        return indexes.prefix();
    }

    /** Records of the last round. */
    long records() {
        return records;
    }

    /** Records of the last round that were there already. */
    long duplicates() {
        return duplicates;
    }

    /** How often in the last round the index did not grow. */
    long stepsBack() {
        return stepsBack;
    }

    /** Lines that were no records, and rotated files with a torn end, ever. */
    long broken() {
        return broken;
    }

    boolean hasHoles() {
        return indexes.hasHoles();
    }

    @Override
    public String toString() {
        return folder.getFileName() + "/" + mdt;
    }
}
