// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.RecordSize;
import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What one pass over an input tells, so that damage shows before anything is delivered and progress can be shown.
 *
 * @param digest SHA-256 of the file as it lies on the disk
 * @param newest index of the last record, 0 if there is none
 */
record InputSummary(String digest, long newest) {

    static InputSummary of(ReplayInput input) throws SourceException {
        MessageDigest sha = sha256();
        long newest = 0;
        try (InputStream file = new DigestInputStream(Files.newInputStream(input.file()), sha)) {
            // Closing the reader would close the file: what lies behind the records counts for the digest, too.
            RecordReader reader = input.open(file);
            while (reader.next()) {
                newest = RecordSize.index(reader.bytes(), reader.offset());
            }
            file.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw input.unreadable("its start", e);
        }
        return new InputSummary(HexFormat.of().formatHex(sha.digest()), newest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
