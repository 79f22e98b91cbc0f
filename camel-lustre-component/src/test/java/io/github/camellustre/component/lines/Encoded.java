// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import java.io.IOException;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** What a file of some form holds. Not for dead letters, which have the time in them. */
final class Encoded {
    private Encoded() {}

    static byte[] of(LineForm form, List<ChangelogRecord> records) throws IOException {
        RecordBuffer buffer = new RecordBuffer();
        form.encoder().write(records, new DefaultExchange(new DefaultCamelContext()), buffer);
        return buffer.toByteArray();
    }
}
