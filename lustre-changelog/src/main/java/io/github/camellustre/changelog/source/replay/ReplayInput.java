// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.source.SourceException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file with the records of one MDT. What it holds (binary, text or dead letters, gzip or plain) is told by its content, never by
 * its name.
 *
 * @param mdt whose records they are
 */
record ReplayInput(String mdt, Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayInput.class);
    private static final int GZIP_MAGIC = 0x8b1f;
    private static final int CHUNK = 1 << 16;
    /** More than an index and a type number need. */
    private static final int FIRST_BYTES = 32;

    RecordReader open() throws SourceException {
        InputStream raw;
        try {
            raw = Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable("its start", e);
        }
        return open(raw);
    }

    /** Reads from {@code raw}, the bytes of the file, and closes it in the end. */
    RecordReader open(InputStream raw) throws SourceException {
        try {
            BufferedInputStream content = unzipped(new BufferedInputStream(raw, CHUNK));
            byte[] first = peek(content);
            if (isJson(first)) {
                return new DeadLetterReader(this, content);
            }
            return isText(first) ? new TextReader(this, content) : new BinaryReader(this, content);
        } catch (IOException e) {
            close(raw);
            throw unreadable("its start", e);
        }
    }

    void close(InputStream content) {
        try {
            content.close();
        } catch (IOException e) {
            LOG.debug("{}: closing {}: {}", mdt, file, e.toString());
        }
    }

    SourceException unreadable(String place, IOException cause) {
        if (cause instanceof ZipException || cause instanceof EOFException) {
            return SourceException.fatal(
                    mdt + ": " + file + " is damaged gzip after " + place + ": " + cause.getMessage()
                            + "; copy it again or unpack what can be saved",
                    cause);
        }
        return SourceException.fatal(
                mdt + ": cannot read " + file + " at " + place + ": " + cause + "; make it readable", cause);
    }

    /** @param index as far as it could be read, else -1 */
    SourceException damaged(String place, long index, String problem) {
        return SourceException.fatal(
                mdt + ": " + file + ", " + place + (index < 0 ? "" : ", index " + index) + ": " + problem
                        + "; the input must be whole records of one MDT with growing indexes, as read(2) of the device or"
                        + " 'lfs changelog' gives them: cut it there or copy it again",
                null);
    }

    private static BufferedInputStream unzipped(BufferedInputStream raw) throws IOException {
        byte[] first = peek(raw);
        boolean gzip = first.length >= 2 && (first[0] & 0xff | (first[1] & 0xff) << 8) == GZIP_MAGIC;
        return gzip ? new BufferedInputStream(new GZIPInputStream(raw, CHUNK), CHUNK) : raw;
    }

    /** A line starts with an index and a two-digit type; as a binary record that would be a name of 8,192 bytes or more. */
    private static boolean isText(byte[] first) {
        int at = 0;
        while (at < first.length && isDigit(first[at])) {
            at++;
        }
        return at > 0 && at + 2 < first.length && first[at] == ' ' && isDigit(first[at + 1]) && isDigit(first[at + 2]);
    }

    /** A name of 8,827 bytes in a binary record, which no Lustre has. */
    private static boolean isJson(byte[] first) {
        return first.length >= 2 && first[0] == '{' && first[1] == '"';
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static byte[] peek(BufferedInputStream content) throws IOException {
        content.mark(FIRST_BYTES);
        byte[] first = content.readNBytes(FIRST_BYTES);
        content.reset();
        return first;
    }
}
