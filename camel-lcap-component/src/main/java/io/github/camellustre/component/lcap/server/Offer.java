// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.component.lcap.group.Delivery;
import java.util.function.Consumer;

/** Records on their way into a group, and back: whoever offered them is told on the thread of completions. */
final class Offer extends Delivery {
    private final ServedGroup group;
    private final Consumer<Throwable> whenDone;
    private Throwable cause;

    Offer(ServedGroup group, ChangelogBatch records, Consumer<Throwable> whenDone) {
        super(records);
        this.group = group;
        this.whenDone = whenDone;
    }

    /** On the server's thread: the records are in the group. */
    void take() {
        group.take(this);
    }

    /** The records cannot get into the group: there is no thread of completions any more. */
    void refuse(Throwable reason) {
        whenDone.accept(reason);
    }

    @Override
    protected void completed(Throwable failure) {
        cause = failure;
        group.completions().add(this);
    }

    void tell() {
        whenDone.accept(cause);
    }
}
