// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import java.util.Map;

/** Makes the sources of one kind; found with {@link java.util.ServiceLoader}. */
public interface ChangelogSourceProvider {

    /** The name that users write: {@code device}, {@code simulator}. */
    String kind();

    /** Whether this machine has what makes this kind the one that is meant when none is named. */
    default boolean isDefaultHere() {
        return false;
    }

    /**
     * @param options what the user wrote behind the kind; each provider documents its own
     * @throws SourceException an option that is unknown, or has a value that is not understood: named in the message
     */
    ChangelogSource create(Map<String, String> options) throws SourceException;
}
