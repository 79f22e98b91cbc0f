// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.Captures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of docs/coalescing-figures.md are true; {@code tests/coalescing/run.sh} writes them. */
class CoalescingFiguresTest {
    private static final String INTRODUCTION = """
            # What coalescing saves

            Written by `tests/coalescing/run.sh`; a build checks the tables of the captures. Windows of 10,000 records. A ratio says
            something only beside the mix of records that it was measured on: each stream has its table by type.

            What a reader that looks files up, as robinhood does, has to do: **look-ups** of what a record names, unless the record
            is the one that removes it: one for each record, or, **by object**, one in a window for each object; **in vain** are those
            of objects that are gone when the window ends. **Rows** of its database are written or removed for each object that is
            named. `none` is the reader without coalescing.

            """;

    private static final CommittedFile DOCUMENT = new CommittedFile("coalescing-figures.md");

    private static List<String> ofCaptures() {
        return List.of(
                CoalescingFigures.ofCapture("`captures/zoo`: every kind of operation once", Captures.ZOO)
                        .toMarkdown(),
                CoalescingFigures.ofCapture("`captures/ipv6nid`", Captures.IPV6).toMarkdown(),
                CoalescingFigures.ofCapture("`captures/big`: a busy load on a real Lustre", Captures.BIG)
                        .toMarkdown());
    }

    @Test
    void theTablesOfTheCapturesAreTrue() throws Exception {
        if (CommittedFile.isWritten()) {
            String simulated = CoalescingFigures.ofSimulator(
                            "The simulator, 1,000,000 records", "simulator:mdts=1,records=1000000,rate=0,seed=1")
                    .toMarkdown();
            DOCUMENT.write(INTRODUCTION + String.join("\n", ofCaptures()) + "\n" + simulated);
        }
        assertThat(DOCUMENT.read()).startsWith(INTRODUCTION).contains(ofCaptures());
    }
}
