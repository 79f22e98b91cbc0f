// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * Holds the acknowledgement of one record, or of one batch, for one consumer. Whatever keeps the record longer than the
 * call that brought it retains the token first and releases it when done; the last release acknowledges, or fails if any
 * holder failed. Thread-safe, without locks on the way.
 */
public final class Token {
    private static final VarHandle HOLDS;
    private static final VarHandle FAILURE;
    private static final VarHandle WATCHER;
    private static final long ONE = 1L;
    private static final long ONE_IN_GROUP = 1L << 32 | ONE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HOLDS = lookup.findVarHandle(Token.class, "holds", long.class);
            FAILURE = lookup.findVarHandle(Token.class, "failure", Throwable.class);
            WATCHER = lookup.findVarHandle(Token.class, "watcher", Consumer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ConsumerLedger owner;
    private final int delivery;
    private final long firstSlot;
    private final long endSlot;
    private final int count;
    private final long firstIndex;
    /** Low half: all holders. High half: those of them that are groups waiting for completion. */
    @SuppressWarnings("unused")
    private volatile long holds = ONE;

    @SuppressWarnings("unused")
    private volatile Throwable failure;

    @SuppressWarnings("unused")
    private volatile Consumer<Throwable> watcher;

    private static final class TurnLost extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TurnLost() {
            super("What was handed over before it has failed, or its consumer has left");
        }
    }

    /** @param count records that are handed over with it; its slots may hold unwanted ones, too */
    Token(ConsumerLedger owner, int delivery, long firstSlot, long endSlot, int count, long firstIndex) {
        this.owner = owner;
        this.delivery = delivery;
        this.firstSlot = firstSlot;
        this.endSlot = endSlot;
        this.count = count;
        this.firstIndex = firstIndex;
    }

    /**
     * Adds a holder.
     *
     * @return false if the token is done already; the caller must then not keep the record as if it were held
     */
    public boolean retain() {
        return add(ONE);
    }

    /** Adds a holder that waits for others before it goes on: an aggregator's open group. */
    public boolean retainInGroup() {
        return add(ONE_IN_GROUP);
    }

    private boolean add(long what) {
        while (true) {
            long old = (long) HOLDS.getVolatile(this);
            if ((int) old == 0) {
                return false;
            }
            if (HOLDS.compareAndSet(this, old, old + what)) {
                moved(old, old + what);
                return true;
            }
        }
    }

    /** A holder is done, with success. */
    public void release() {
        remove(ONE);
    }

    /** A group is done with the record, with success. */
    public void releaseFromGroup() {
        remove(ONE_IN_GROUP);
    }

    /** The group has gone on its way and holds the record as any other holder from now on. */
    public void leaveGroup() {
        long old = (long) HOLDS.getAndAdd(this, ONE - ONE_IN_GROUP);
        moved(old, old + ONE - ONE_IN_GROUP);
    }

    /** Makes the outcome a failure, whatever the holders do; the first cause is kept. The caller's hold stays. */
    public void fail(Throwable cause) {
        FAILURE.compareAndSet(this, null, cause);
    }

    /**
     * Has {@code action} called once, with the failure or null, when the last holder has released and before the ledger
     * knows. If it throws, the record fails. To be called by a holder, while it holds.
     */
    public void whenDone(Consumer<Throwable> action) {
        while (true) {
            Consumer<Throwable> before = watcher();
            if (WATCHER.compareAndSet(this, before, before == null ? action : before.andThen(action))) {
                return;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Consumer<Throwable> watcher() {
        return (Consumer<Throwable>) WATCHER.getVolatile(this);
    }

    boolean isWatched() {
        return watcher() != null;
    }

    private void complete() {
        Consumer<Throwable> told = watcher();
        if (told != null) {
            try {
                told.accept((Throwable) FAILURE.getVolatile(this));
            } catch (RuntimeException e) {
                fail(e);
            }
        }
        owner.completed(this, (Throwable) FAILURE.getVolatile(this));
    }

    private void remove(long what) {
        while (true) {
            long old = (long) HOLDS.getVolatile(this);
            if ((int) old <= 0 || what == ONE_IN_GROUP && old >> 32 <= 0) {
                throw new IllegalStateException("token of index " + firstIndex + " released more often than retained");
            }
            if (HOLDS.compareAndSet(this, old, old - what)) {
                moved(old, old - what);
                if ((int) old == 1) {
                    complete();
                }
                return;
            }
        }
    }

    private void moved(long old, long fresh) {
        if (old >> 32 == 0 && fresh >> 32 == 0) {
            return;
        }
        boolean before = onlyGroups(old);
        if (before != onlyGroups(fresh)) {
            owner.parked(before ? -count : count);
        }
    }

    private static boolean onlyGroups(long holds) {
        return holds != 0 && (int) holds == (int) (holds >> 32);
    }

    /**
     * Waits until all that this consumer was handed before is acknowledged. To be called by a holder that wants to make ready what it holds
     * while others are on their way, and to send it only behind them.
     *
     * @param onOnlyGroupsHold called, perhaps more than once, while aggregators' open groups hold all that was before: they may wait for ever
     * @return false if some of it failed, or the consumer has left: then all this comes again, and however the token ends it
     *     neither acknowledges nor fails anything. The caller is to go no further with it
     */
    public boolean awaitTurn(Runnable onOnlyGroupsHold) throws InterruptedException {
        return owner.awaitTurn(this, onOnlyGroupsHold);
    }

    /** Whoever watches is told of a failure: it was not delivered. */
    void loseTurn() {
        fail(new TurnLost());
    }

    boolean hasLostItsTurn() {
        return FAILURE.getVolatile(this) instanceof TurnLost;
    }

    /** True once every holder has released. */
    public boolean isDone() {
        return (int) (long) HOLDS.getVolatile(this) == 0;
    }

    /** Whether it will fail, or has. */
    public boolean isFailed() {
        return FAILURE.getVolatile(this) != null;
    }

    /** Index of the record, or of the first of the batch. */
    public long firstIndex() {
        return firstIndex;
    }

    public String mdt() {
        return owner.mdt();
    }

    /** Name of the consumer that the token belongs to. */
    public String consumer() {
        return owner.name();
    }

    /** Number of records. */
    int count() {
        return count;
    }

    LedgerLock lock() {
        return owner.lock();
    }

    int delivery() {
        return delivery;
    }

    long firstSlot() {
        return firstSlot;
    }

    long endSlot() {
        return endSlot;
    }

    /** For {@code ack=manual}: acknowledges the record or batch, whoever still holds it. */
    public void acknowledge() {
        owner.acknowledge(firstSlot, endSlot);
    }

    /** For {@code ack=manual}: acknowledges everything handed to this consumer up to and including {@code index}. */
    public void acknowledgeUpTo(long index) {
        owner.acknowledgeUpTo(index);
    }
}
