// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static org.assertj.core.api.Assertions.assertThat;

/** Of none: what comes in goes out. */
final class NonePromise implements Promise {

    @Override
    public void check(ClosedWindow window) {
        assertThat(window.result().records()).as(window::story).isEqualTo(window.received());
    }
}
