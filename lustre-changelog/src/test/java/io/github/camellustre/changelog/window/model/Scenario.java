// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * A life of a file system.
 *
 * @param windows how many records each window holds; after the last it begins anew
 */
record Scenario(int mdts, List<Operation> operations, List<Integer> windows) {
    private static final int LARGEST_NUMBER = 11;

    static Arbitrary<Scenario> any() {
        Arbitrary<OperationKind> kinds = Arbitraries.of(OperationKind.byFrequency());
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, LARGEST_NUMBER);
        Arbitrary<List<Operation>> operations = Combinators.combine(kinds, numbers, numbers, numbers)
                .as(Operation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .withSizeDistribution(RandomDistribution.uniform());
        Arbitrary<List<Integer>> windows =
                Arbitraries.integers().between(1, 60).list().ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(Arbitraries.integers().between(1, 3), operations, windows)
                .as(Scenario::new);
    }

    int window(int number) {
        return windows.get(number % windows.size());
    }
}
