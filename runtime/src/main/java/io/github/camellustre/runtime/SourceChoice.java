// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.reader.MdtPattern;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogSources;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source that was asked for, opened before Camel starts, so that what is wrong with it is said at once; or none, for
 * policies that read no changelog.
 */
final class SourceChoice implements AutoCloseable {
    private static final String SIMULATOR = "simulator";
    private static final String REPLAY = "replay";
    private static final String INPUT = "input";
    /** Every simulated MDT has it registered, and a replay takes any. */
    private static final String USER = "cl1";

    private final String kind;
    private final ChangelogSource source;

    /** @param source null for none */
    private SourceChoice(String kind, ChangelogSource source) {
        this.kind = kind;
        this.source = source;
    }

    /**
     * @param inputs what {@code --input} named
     * @throws StartException it is not understood, or not usable
     */
    static SourceChoice open(Settings settings, List<String> inputs, DataFolder data) throws StartException {
        String origin = inputs.isEmpty() ? settings.origin(Settings.SOURCE) : "--input";
        SourceSpec spec = known(settings, origin);
        if (!inputs.isEmpty() && !spec.kind().equals(REPLAY)) {
            throw StartException.usage("--input goes with --source replay, not with '" + spec.kind() + "'");
        }
        Map<String, String> options = new HashMap<>(spec.options());
        for (int i = 0; i < inputs.size(); i++) {
            options.put(INPUT + "." + (i + 1), inputs.get(i));
        }
        if (spec.kind().equals(REPLAY) && options.isEmpty()) {
            throw StartException.usage(origin + ": a replay needs --input FILE, or --input FILE=MDT");
        }
        if (spec.kind().equals(SIMULATOR)) {
            options.putIfAbsent("data", data.simulator().toString());
        }
        try {
            return new SourceChoice(spec.kind(), new SourceSpec(spec.kind(), options).create());
        } catch (SourceException e) {
            boolean otherFolder =
                    spec.kind().equals(SIMULATOR) && e.getMessage().contains("belongs to another");
            throw otherFolder
                    ? StartException.failed(e.getMessage() + ". " + DataFolder.REMEDY, e)
                    : StartException.usage(origin + ": " + e.getMessage());
        }
    }

    /** @throws StartException a file to replay was named all the same */
    static SourceChoice none(List<String> inputs) throws StartException {
        if (!inputs.isEmpty()) {
            throw StartException.usage("--input: none of the policies reads a changelog");
        }
        return new SourceChoice("", null);
    }

    private static SourceSpec known(Settings settings, String origin) throws StartException {
        try {
            SourceSpec spec = SourceSpec.parse(settings.get(Settings.SOURCE, ChangelogSources.defaultKind()));
            ChangelogSources.provider(spec.kind());
            return spec;
        } catch (SourceException e) {
            throw StartException.usage(origin + ": " + e.getMessage());
        }
    }

    /** @throws StartException there is no such kind of source: to be known before anything is thrown away for it */
    static void mustBeKnown(Settings settings) throws StartException {
        known(settings, settings.origin(Settings.SOURCE));
    }

    Optional<ChangelogSource> source() {
        return Optional.ofNullable(source);
    }

    /** The changelog user of a source that has no administrator who could register one; else none. */
    String defaultUser() {
        return kind.equals(SIMULATOR) || kind.equals(REPLAY) ? USER : null;
    }

    boolean isReplay() {
        return kind.equals(REPLAY);
    }

    /** @throws StartException an MDT that is named does not exist, or a pattern matches none */
    void mustOffer(Settings settings) throws StartException {
        if (source == null) {
            return;
        }
        try {
            List<String> offered = source.mdts();
            String wanted = settings.get(Settings.MDTS, "*");
            MdtPattern pattern = new MdtPattern(wanted);
            for (String name : pattern.names()) {
                mustContain(offered, name, settings.origin(Settings.MDTS));
            }
            if (offered.stream().noneMatch(pattern::matches)) {
                throw StartException.usage(settings.origin(Settings.MDTS) + ": no MDT matches '" + wanted
                        + "'; the source offers " + String.join(", ", offered));
            }
            for (String part : settings.get(Settings.USER, "").split(",", -1)) {
                int equals = part.indexOf('=');
                if (equals >= 0) {
                    mustContain(offered, part.substring(0, equals).strip(), settings.origin(Settings.USER));
                }
            }
        } catch (IllegalArgumentException e) {
            throw StartException.usage(settings.origin(Settings.MDTS) + ": " + e.getMessage());
        } catch (SourceException e) {
            throw StartException.failed(e.getMessage(), e);
        }
    }

    /** @throws StartException the folder belongs to another source */
    void mustOwn(DataFolder data) throws StartException {
        if (source != null) {
            data.mustBelongTo(source);
        }
    }

    private static void mustContain(List<String> offered, String mdt, String origin) throws StartException {
        if (!offered.contains(mdt)) {
            throw StartException.usage(
                    origin + ": there is no MDT '" + mdt + "'; the source offers " + String.join(", ", offered));
        }
    }

    /** The first index of each MDT, from which progress counts; empty for a source without a beginning and an end. */
    Map<String, Long> firstIndexes() throws StartException {
        Map<String, Long> first = new HashMap<>();
        if (!isReplay()) {
            return first;
        }
        try {
            for (String mdt : source.mdts()) {
                try (ChangelogStream stream = source.open(mdt, 0)) {
                    var block = stream.read(1, Integer.MAX_VALUE);
                    first.put(mdt, block.isEmpty() ? 1 : block.index(0));
                }
            }
        } catch (SourceException e) {
            throw StartException.failed(e.getMessage(), e);
        }
        return first;
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
    }
}
