// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.RecordFormatException;

/** Text that is not what {@code lfs changelog} prints. */
public class LfsTextException extends RecordFormatException {
    private static final long serialVersionUID = 1L;

    private final long line;

    /**
     * @param offset bytes from the start of the text to the record at fault
     * @param index the record's index, or -1 where no record starts
     * @param line number of the record's first line, from 1
     */
    public LfsTextException(String mdt, long offset, long index, long line, String problem) {
        super(mdt, offset, index, "line " + line + ": " + problem);
        this.line = line;
    }

    public long line() {
        return line;
    }
}
