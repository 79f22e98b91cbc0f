// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSourceProvider;
import io.github.camellustre.changelog.source.SourceException;
import java.util.Map;

/**
 * Kind {@code replay}: plays files with the records of one MDT each, binary as read(2) gives them or text as
 * {@code lfs changelog} prints it, both also gzipped. Options: {@code input}, {@code input.1}... with {@code FILE} or
 * {@code FILE=MDT}; without an MDT the file's name must hold one.
 */
public final class ReplayProvider implements ChangelogSourceProvider {

    @Override
    public String kind() {
        return ReplayOptions.KIND;
    }

    @Override
    public ChangelogSource create(Map<String, String> options) throws SourceException {
        return new ReplaySource(ReplayOptions.parse(options).values());
    }
}
