// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.Fid;
import java.util.function.Predicate;

/** Of restat: a reader that looks up what is named has the same database as if all records had come. */
final class RestatPromise implements Promise {
    private final RestatReader raw = new RestatReader();
    private final RestatReader coalesced = new RestatReader();

    @Override
    public void check(ClosedWindow window) {
        window.received().forEach(raw::apply);
        window.result().records().forEach(coalesced::apply);
        raw.windowEnds(window.truth());
        coalesced.windowEnds(window.truth());
        Predicate<Fid> judged = window.judged();
        assertThat(coalesced.of(judged))
                .as(() -> "the reader's database\n" + window.story())
                .isEqualTo(raw.of(judged));
    }
}
