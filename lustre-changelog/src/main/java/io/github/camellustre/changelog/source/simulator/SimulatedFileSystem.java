// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All MDTs of one simulated file system. */
final class SimulatedFileSystem implements ChangelogSource {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedFileSystem.class);

    private final SimulatorOptions options;
    private final Map<String, SimulatedMdt> mdts = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    SimulatedFileSystem(SimulatorOptions options) throws SourceException {
        this(options, System::nanoTime);
    }

    SimulatedFileSystem(SimulatorOptions options, LongSupplier nanoTime) throws SourceException {
        this.options = options;
        Optional<StateFolder> folder = options.data().isPresent()
                ? Optional.of(StateFolder.open(options.data().get(), options.identity()))
                : Optional.empty();
        for (int number = 0; number < options.mdts(); number++) {
            String name = options.mdtName(number);
            mdts.put(name, new SimulatedMdt(name, options, folder, nanoTime));
            numbers.put(name, number);
        }
    }

    @Override
    public List<String> mdts() {
        return mdts.values().stream()
                .filter(mdt -> !mdt.faults().isGone())
                .map(SimulatedMdt::name)
                .toList();
    }

    @Override
    public String identity(String mdt) throws SourceException {
        find(mdt);
        return options.identity();
    }

    @Override
    public ChangelogStream open(String mdt, long fromIndex) throws SourceException {
        SimulatedMdt found = find(mdt);
        if (fromIndex < 0) {
            throw SourceException.fatal(
                    mdt + ": EINVAL: cannot open at index " + fromIndex + ": records start at 1", null);
        }
        found.mustAnswer("cannot open at index " + fromIndex);
        BlockGenerator generator = new BlockGenerator(options.seed(), options.mdts(), numbers.get(mdt));
        return new SimulatedStream(found, generator, Math.max(fromIndex, found.oldest()));
    }

    @Override
    public void clear(String mdt, String user, long index) throws SourceException {
        find(mdt).clear(user, index);
    }

    @Override
    public OptionalLong mark(String mdt, String user) throws SourceException {
        long mark = find(mdt).mark(user);
        return options.hidden() ? OptionalLong.empty() : OptionalLong.of(mark);
    }

    @Override
    public OptionalLong newest(String mdt) {
        SimulatedMdt found = mdts.get(mdt);
        return found == null || options.hidden() ? OptionalLong.empty() : OptionalLong.of(found.newest());
    }

    @Override
    public void close() {
        for (SimulatedMdt mdt : mdts.values()) {
            try {
                mdt.close();
            } catch (SourceException e) {
                LOG.warn("{}; after a restart the log goes on from an older, higher promise", e.getMessage());
            }
        }
    }

    private SimulatedMdt find(String mdt) throws SourceException {
        SimulatedMdt found = mdts.get(mdt);
        if (found == null) {
            throw SourceException.fatal(
                    mdt + ": ENOENT: there is no such MDT; this simulated file system has " + mdts.keySet(), null);
        }
        return found;
    }
}
