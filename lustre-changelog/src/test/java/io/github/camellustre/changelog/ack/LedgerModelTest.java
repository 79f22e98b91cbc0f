// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Random lives of a ledger against a model that knows nothing but sets of indexes. */
class LedgerModelTest {

    @Property(shrinking = ShrinkingMode.OFF)
    void anOrderlyLog(@ForAll long seed) throws Exception {
        new LedgerLife(seed, false).run();
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void aLogWithHolesRepeatsAndRecordsOutOfOrder(@ForAll long seed) throws Exception {
        new LedgerLife(seed, true).run();
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void consumersThatWaitForTheirTurn(@ForAll long seed) throws Exception {
        new LedgerLife(seed, false, true).run();
    }

    /** Seeds that found something once; the third column says what. */
    @ParameterizedTest
    @CsvFileSource(resources = "LedgerModelTest.csv")
    void aLifeThatOnceFailed(long seed, boolean untidy) throws Exception {
        new LedgerLife(seed, untidy).run();
    }
}
