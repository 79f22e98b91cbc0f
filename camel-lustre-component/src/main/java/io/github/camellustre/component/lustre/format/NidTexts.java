// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.camellustre.changelog.Nid;

/** The texts of the NIDs that came last: records are of few clients, and to print an address takes longer than to copy its text. */
final class NidTexts {
    /** A power of two. A NID that falls on another one takes its place. */
    private static final int SIZE = 256;

    /** One until a second NID comes: records may be written one by one, each with texts of its own. */
    private Nid[] nids = new Nid[1];

    private SerializableString[] texts = new SerializableString[1];

    SerializableString of(Nid nid) {
        int at = slot(nid);
        if (!nid.equals(nids[at])) {
            if (nids.length == 1 && nids[0] != null) {
                nids = new Nid[SIZE];
                texts = new SerializableString[SIZE];
                at = slot(nid);
            }
            nids[at] = nid;
            texts[at] = new SerializedString(nid.toString());
        }
        return texts[at];
    }

    private int slot(Nid nid) {
        int hash = nid.hashCode();
        return (hash ^ hash >>> 8) & nids.length - 1;
    }
}
