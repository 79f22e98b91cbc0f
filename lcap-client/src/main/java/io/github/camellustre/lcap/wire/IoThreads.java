// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import io.github.camellustre.changelog.source.live.LibC;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZContext;
import zmq.util.function.BiFunction;

/**
 * ZeroMQ contexts whose I/O threads do not take the processor from those that give them work.
 *
 * <p>JeroMQ 0.6.0 wakes its I/O thread by a byte in a pipe, and then counts that it has (ADR 0061). Linux likes to run the
 * thread that a pipe wakes in place of the one that wrote; the I/O thread then spins until the scheduler lets the other
 * count, which takes milliseconds. A thread of the class "batch" gets as much of the processor, but never in place of
 * another in that way.
 */
public final class IoThreads {
    private static final Logger LOG = LoggerFactory.getLogger(IoThreads.class);
    private static final int THIS_THREAD = 0;
    private static final int[] NO_PRIORITY = {0};

    private IoThreads() {}

    /** A new context; nothing of it runs yet. */
    public static ZContext newContext() {
        ZContext context = new ZContext();
        BiFunction<Runnable, String, Thread> threads = context.getThreadFactory();
        context.setThreadFactor((work, name) -> threads.apply(
                () -> {
                    yieldToOthers();
                    work.run();
                },
                name));
        return context;
    }

    private static void yieldToOthers() {
        try {
            if (LibC.INSTANCE.sched_setscheduler(THIS_THREAD, LibC.SCHED_BATCH, NO_PRIORITY) != 0) {
                LOG.debug("The I/O thread of ZeroMQ keeps its scheduling class: that is not allowed here");
            }
        } catch (LinkageError e) {
            LOG.debug("The I/O thread of ZeroMQ keeps its scheduling class: this is not Linux", e);
        }
    }
}
