// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

/**
 * Numbers that look random and are a pure function of what goes in: whatever one block decides, another block or
 * another MDT can work out again. The finisher is SplitMix64's.
 */
final class Mix {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Mix() {}

    static long of(long a, long b) {
        return finish(finish(a + GOLDEN) ^ b + GOLDEN);
    }

    static long of(long a, long b, long c) {
        return of(of(a, b), c);
    }

    static long of(long a, long b, long c, long d) {
        return of(of(a, b, c), d);
    }

    /** The state that follows {@code state}; the number drawn from it is {@link #finish} of the new state. */
    static long next(long state) {
        return state + GOLDEN;
    }

    static long finish(long state) {
        long z = state;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** A number in {@code [0, bound)} from 32 of the bits, starting at bit {@code from}; {@code bound} is small. */
    static int below(long hash, int from, int bound) {
        return (int) ((Long.rotateRight(hash, from) & 0xffffffffL) * bound >>> 32);
    }
}
