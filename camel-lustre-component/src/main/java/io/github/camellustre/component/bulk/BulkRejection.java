// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.bulk;

import io.github.camellustre.changelog.ChangelogRecord;

/**
 * A record that the server would refuse for ever. The route asks for both.
 *
 * @param reason what the server says
 */
public record BulkRejection(ChangelogRecord record, String reason) {}
