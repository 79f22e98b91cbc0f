// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static org.assertj.core.api.Assertions.assertThat;

/** Of net-effect: a reader that only sees the stream ends each window in the state in which all records had left it. */
final class StreamPromise implements Promise {
    private final boolean strict;
    private final StreamState raw;
    private final StreamState coalesced;

    /** @param strict whether what is left must be possible step by step, which needs one window over all MDTs */
    StreamPromise(boolean strict) {
        this.strict = strict;
        raw = new StreamState(strict);
        coalesced = new StreamState(strict);
    }

    @Override
    public void check(ClosedWindow window) {
        window.received().forEach(raw::apply);
        try {
            window.result().records().forEach(coalesced::apply);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + window.story(), e);
        }
        assertThat(judged(coalesced, window))
                .as(() -> "what the reader knows\n" + window.story())
                .isEqualTo(judged(raw, window));
        raw.windowEnds();
        coalesced.windowEnds();
    }

    private StreamState judged(StreamState state, ClosedWindow window) {
        return strict ? state : state.of(window.judged());
    }
}
