// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.spi.SynchronizationVetoable;

/** One branch of an EIP that has a time-out: it holds its tokens by itself, as it may outlive the EIP. */
final class TimedBranch implements SynchronizationVetoable {
    private final TokenRelease release;
    private final Exchange branch;
    private final AtomicBoolean done = new AtomicBoolean();

    TimedBranch(HeldTokens retained, Exchange branch) {
        this.release = new TokenRelease(retained, false);
        this.branch = branch;
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (done.compareAndSet(false, true)) {
            release.onComplete(exchange);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        if (done.compareAndSet(false, true)) {
            release.onFailure(exchange);
        }
    }

    /** The EIP is over: a branch that has not begun never will, and its record has not been delivered there. */
    void eipIsOver() {
        if (branch.getUnitOfWork() == null && done.compareAndSet(false, true)) {
            release.failed(new RejectedExecutionException("the EIP was over before it began this branch"));
        }
    }

    @Override
    public boolean allowHandover() {
        return false;
    }

    @Override
    public void beforeHandover(Exchange target) {
        // is not handed over
    }
}
