// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import io.github.camellustre.tests.witness.IndexSet;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;

/** A reader of one MDT in a group of its own kind, and what it has had so far. */
interface HonestReader extends AutoCloseable {
    String name();

    /** Adds what has come since the last call. @return every index that was received, and acknowledged */
    IndexSet received() throws IOException;

    /** Whether it is well. */
    void mustRun() throws IOException, Violation;

    /** Ends it in order, FINI included. */
    void end() throws IOException, InterruptedException, Violation;

    @Override
    void close();
}
