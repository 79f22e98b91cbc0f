// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Exchange;

/** Writes the records that an exchange brought, in the form of a file. */
@FunctionalInterface
interface LineEncoder {

    void write(List<ChangelogRecord> records, Exchange exchange, RecordBuffer out) throws IOException;
}
