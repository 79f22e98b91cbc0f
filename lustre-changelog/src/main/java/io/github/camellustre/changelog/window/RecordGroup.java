// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.ChangelogBatch;

/**
 * The records of a window's result that belong together, in their order.
 *
 * @param key what they have in common: the text of a FID, an MDT, a server, a job; empty for those that have none
 * @param received how many records came in for it
 * @param first position of its first record in {@link WindowResult#records}
 */
public record RecordGroup(String key, int received, int first, ChangelogBatch records) {}
