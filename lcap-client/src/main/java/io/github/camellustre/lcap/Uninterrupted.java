// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

/** An interrupt that came before the end of a reader is one to end it, and must not keep it from saying good-bye. */
final class Uninterrupted {
    /** Waits, for a limited time. */
    @FunctionalInterface
    interface Wait {
        void run() throws InterruptedException;
    }

    private Uninterrupted() {}

    /**
     * Runs it without an interrupt that is there already, which is set again afterwards.
     *
     * @return false if another came meanwhile
     */
    static boolean run(Wait wait) {
        boolean before = Thread.interrupted();
        try {
            wait.run();
            return true;
        } catch (InterruptedException e) {
            before = true;
            return false;
        } finally {
            if (before) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
