// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** Which window of the kamelets {@code lustre-window-action} and its kin a record or batch goes into. */
public final class WindowKey extends ExpressionAdapter {
    /** What has a window of its own. */
    public enum Per {
        /** Nothing: there is one window. */
        ALL,
        MDT,
        /** Each job id, on all MDTs; records without one share a window. */
        JOB,
        /** Each user id, on all MDTs; records without one share a window. */
        USER
    }

    /** Camel takes an empty key for none at all. */
    private static final String PREFIX = "window:";

    private Per per = Per.MDT;

    @Override
    public Object evaluate(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (per == Per.ALL) {
            return PREFIX;
        }
        if (body instanceof ChangelogRecord record) {
            return PREFIX + key(record);
        }
        if (body instanceof ChangelogBatch batch && per == Per.MDT && !batch.isEmpty()) {
            return PREFIX + batch.mdt(0);
        }
        throw new IllegalArgumentException("windows per " + per.name().toLowerCase(Locale.ROOT)
                + " need single changelog records, and this is "
                + (body == null ? "nothing" : body.getClass().getSimpleName())
                + ": set batching=false, or split batches first (lustre-split-action)");
    }

    private String key(ChangelogRecord record) {
        return switch (per) {
            case ALL -> "";
            case MDT -> record.mdt();
            case JOB -> record.jobId();
            case USER -> record.hasUidGid() ? Long.toUnsignedString(record.uid()) : "";
        };
    }

    public Per getPer() {
        return per;
    }

    /** The default is {@link Per#MDT}. */
    public void setPer(Per per) {
        this.per = per;
    }
}
