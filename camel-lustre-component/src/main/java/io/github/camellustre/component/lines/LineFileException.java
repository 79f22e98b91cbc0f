// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of the sink could not be opened or written. The message names the file, the cause and the remedy. */
public class LineFileException extends IOException {
    private static final long serialVersionUID = 1L;

    LineFileException(Path file, String problem, String remedy) {
        super(file + ": " + problem + ". " + remedy);
    }

    LineFileException(Path file, String attempt, IOException cause) {
        super(file + ": " + attempt + ": " + reason(cause) + ". " + remedy(file, cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "the directory is gone";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
            return fileSystem.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String remedy(Path file, IOException cause) {
        String reason = reason(cause);
        if (cause instanceof NoSuchFileException) {
            return "Mount or create " + file.getParent() + "; the next exchange tries again";
        }
        if (cause instanceof AccessDeniedException || reason.contains("ermission")) {
            return "Let user " + System.getProperty("user.name") + " write there; the next exchange tries again";
        }
        if (reason.contains("No space left") || reason.contains("uota")) {
            return "Free space on that file system; the next exchange tries again";
        }
        if (reason.contains("Read-only")) {
            return "Mount the file system read-write; the next exchange tries again";
        }
        return "Nothing of this exchange stays in the file; the next one opens it again";
    }
}
