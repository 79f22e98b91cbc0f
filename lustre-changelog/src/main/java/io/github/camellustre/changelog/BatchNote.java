// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/** What is known of the records of a batch beyond their bytes, by their positions there. Immutable. */
public interface BatchNote {

    /** The same of the records at those positions only, in that order. */
    BatchNote at(int[] positions);
}
