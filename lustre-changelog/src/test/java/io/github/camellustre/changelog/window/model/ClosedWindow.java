// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.window.WindowResult;
import java.util.List;
import java.util.function.Predicate;

/**
 * A window that a promise is asked about.
 *
 * @param received in the order of time
 * @param truth of the file system now
 * @param judged the objects for which the promise is given
 */
record ClosedWindow(List<ChangelogRecord> received, WindowResult result, ModelTree truth, Predicate<Fid> judged) {

    /** For the message of what failed. */
    String story() {
        StringBuilder text = new StringBuilder("received:\n");
        received.forEach(record -> text.append(line(record)));
        text.append("result:\n");
        for (int i = 0; i < result.records().size(); i++) {
            text.append(line(result.records().get(i)))
                    .append("    for ")
                    .append(result.standsFor(i))
                    .append('\n');
        }
        return text.append("cancelled ").append(result.cancelled()).append('\n').toString();
    }

    private static String line(ChangelogRecord record) {
        String moved = record.hasRename()
                ? " s=" + record.sourceFid() + " sp=" + record.sourceParentFid() + " " + record.oldNameText()
                : "";
        return "  " + record + " p=" + record.parentFid() + " 0x" + Integer.toHexString(record.typeFlags()) + moved
                + "\n";
    }
}
