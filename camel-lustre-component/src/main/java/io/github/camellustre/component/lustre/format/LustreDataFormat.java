// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.changelog.text.LfsTextReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format {@code lustre}: records, batches and lists of them to JSON, {@code lfs changelog} text or raw bytes, and
 * the latter two back. JSON goes one way, because it leaves out what only the raw bytes have. In YAML
 * {@code marshal: {custom: {ref: lustre}}}, or a bean of this class where another form than lines is wanted.
 */
@Dataformat("lustre")
public class LustreDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    /** As LustreConstants.MDT of the lustre component. */
    private static final String MDT_HEADER = "CamelLustreMdt";

    private RecordForm form = RecordForm.lines;
    private String mdt;
    private boolean contentTypeHeader = true;

    @Override
    public String getDataFormatName() {
        return "lustre";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        form.write(RecordBody.records(graph), stream);
        if (contentTypeHeader) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, form.contentType());
        }
    }

    /** A {@link ChangelogBatch} of one MDT, whose name neither form holds: it comes from the option or the header. */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        return switch (form) {
            case raw -> {
                RecordBlock block = RecordBlock.frame(mdtOf(exchange), stream.readAllBytes());
                yield ChangelogBatch.of(block, 0, block.count());
            }
            case text -> readText(mdtOf(exchange), stream);
            case lines, array ->
                throw new IOException(
                        "data format lustre does not read JSON: it leaves out what only the record's bytes have; keep form=raw or text for reading back");
        };
    }

    private static ChangelogBatch readText(String mdt, InputStream stream) throws IOException {
        List<ChangelogRecord> records = new ArrayList<>();
        try (LfsTextReader reader = new LfsTextReader(mdt, stream)) {
            for (ChangelogRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return ChangelogBatch.of(records);
    }

    private String mdtOf(Exchange exchange) throws IOException {
        String name = mdt != null ? mdt : exchange.getMessage().getHeader(MDT_HEADER, String.class);
        if (name == null) {
            throw new IOException(
                    "data format lustre needs the name of the MDT, which is not among the bytes: set its option mdt, or the header "
                            + MDT_HEADER);
        }
        return name;
    }

    public RecordForm getForm() {
        return form;
    }

    /** {@code lines} (the default), {@code array}, {@code text} or {@code raw}. */
    public void setForm(RecordForm form) {
        this.form = form;
    }

    public String getMdt() {
        return mdt;
    }

    /** Whose records unmarshalled bytes are; without it the header {@code CamelLustreMdt} says it. */
    public void setMdt(String mdt) {
        this.mdt = mdt;
    }

    public boolean isContentTypeHeader() {
        return contentTypeHeader;
    }

    /** Whether marshalling sets the header {@code Content-Type}; the default is true. */
    public void setContentTypeHeader(boolean contentTypeHeader) {
        this.contentTypeHeader = contentTypeHeader;
    }
}
