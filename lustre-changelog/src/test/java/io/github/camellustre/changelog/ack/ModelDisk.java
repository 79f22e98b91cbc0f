// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** A disk as the model sees it: the bytes of the last write that was completed. The next write can be made to go wrong. */
final class ModelDisk implements AckRepository {

    /** How a write goes. */
    enum Fate {
        DONE,
        /** The disk is full: nothing changes. */
        REFUSED,
        /** The process dies while it writes the new file beside the old one. */
        KILLED_BEFORE_RENAME,
        /** The process dies when the new file is in place already. */
        KILLED_AFTER_RENAME
    }

    /** The end of the process. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Random random;
    private byte[] file;
    Fate next = Fate.DONE;

    ModelDisk(Random random) {
        this.random = random;
    }

    @Override
    public Optional<LedgerState> load(LedgerKey key) throws AckRepositoryException {
        if (file == null) {
            return Optional.empty();
        }
        refusesATornFile();
        try {
            return Optional.of(LedgerDocument.read(file));
        } catch (IOException e) {
            throw new AckRepositoryException("what was written cannot be read", e);
        }
    }

    /** What a disk that lies about fsync would leave. */
    private void refusesATornFile() {
        byte[] torn = Arrays.copyOf(file, random.nextInt(file.length));
        assertThatThrownBy(() -> LedgerDocument.read(torn)).isInstanceOf(IOException.class);
    }

    @Override
    public void save(LedgerState state) throws AckRepositoryException {
        Fate fate = next;
        next = Fate.DONE;
        switch (fate) {
            case DONE -> file = LedgerDocument.write(state);
            case REFUSED -> throw new AckRepositoryException("disk is full");
            case KILLED_BEFORE_RENAME -> throw new Killed();
            case KILLED_AFTER_RENAME -> {
                file = LedgerDocument.write(state);
                throw new Killed();
            }
        }
    }

    @Override
    public void close() {
        // bytes stay
    }
}
