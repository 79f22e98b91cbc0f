// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What a policy delivers to, real, and what can happen to it. */
interface Sink extends AutoCloseable {
    String policy();

    Set<Outage> outages();

    /** Records a second of each of two MDTs, less than it takes when all is well. */
    default int rate() {
        return 1_500;
    }

    /** Before the daemon. */
    void start(Outage outage) throws Exception;

    /** Of the daemon, as {@code KEY=VALUE}, for it to find this sink. */
    List<String> settings(Outage outage);

    void kill() throws Exception;

    void restart() throws Exception;

    void freeze() throws IOException, InterruptedException;

    void thaw() throws IOException, InterruptedException;

    /** Any other outage. */
    void begin(Outage outage) throws Exception;

    void end(Outage outage) throws Exception;

    /** What has arrived. */
    Tally stored() throws Exception;

    @Override
    void close() throws IOException;
}
