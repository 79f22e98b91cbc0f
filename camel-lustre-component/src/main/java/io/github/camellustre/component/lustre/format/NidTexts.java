// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.camellustre.changelog.Nid;

/** The texts of the NIDs that came last: records are of few clients, and to print an address takes longer than to copy its text. */
final class NidTexts {
    /** A power of two. A NID that falls on another one takes its place. */
    private static final int SIZE = 256;

    private final Nid[] nids = new Nid[SIZE];
    private final SerializableString[] texts = new SerializableString[SIZE];

    SerializableString of(Nid nid) {
        int hash = nid.hashCode();
        int at = (hash ^ hash >>> 8) & SIZE - 1;
        if (!nid.equals(nids[at])) {
            nids[at] = nid;
            texts[at] = new SerializedString(nid.toString());
        }
        return texts[at];
    }
}
