// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.witness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a {@link ClearJournal} from outside, round by round, and judges every request in it. */
public final class ClearCheck {
    private final String mdt;
    private final Path file;
    private long offset;
    private long asked;
    private long done;
    private long requests;

    public ClearCheck(Path folder, String mdt) {
        this.mdt = mdt;
        this.file = ClearJournal.requests(folder, mdt);
    }

    /** Judges what was added; of a daemon that lives, whole lines only. */
    public void read() throws IOException, Violation {
        if (!Files.exists(file)) {
            return;
        }
        byte[] added;
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            journal.seek(offset);
            added = new byte[Math.toIntExact(journal.length() - offset)];
            journal.readFully(added);
        }
        String lines = new String(added, StandardCharsets.ISO_8859_1);
        int whole = lines.lastIndexOf('\n') + 1;
        offset += whole;
        for (String line : lines.substring(0, whole).lines().toList()) {
            judge(line, line.split(" ", 3));
        }
    }

    private void judge(String line, String[] words) throws Violation {
        long index = Long.parseLong(words[1]);
        switch (words[0]) {
            case ClearJournal.ASKED -> {
                long newestRead = Long.parseLong(words[2]);
                // The same again is right only if a kill came between the request and its effect.
                if (index <= 0 || index < asked || index <= done || index > newestRead) {
                    throw new Violation(mdt + ": wrong clear '" + line + "' (index, newest read): asked before up to "
                            + asked + ", done up to " + done);
                }
                asked = index;
                requests++;
            }
            case ClearJournal.DONE -> done = index;
            default -> throw new Violation(mdt + ": the MDT refused a clear: " + line);
        }
    }

    /** Up to where it was ever asked to clear. */
    public long asked() {
        return asked;
    }

    /** Up to where the MDT has cleared. */
    public long done() {
        return done;
    }

    public long requests() {
        return requests;
    }
}
