// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.RecordType;
import java.util.BitSet;

/** The option {@code types}: record types by name or number, joined with commas. */
final class RecordTypes {
    /** Far above any type there is: a typing error shall not make a huge set. */
    private static final int MOST = 4_096;

    private RecordTypes() {}

    /** Null if all types are wanted. */
    static BitSet parse(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        BitSet types = new BitSet();
        for (String name : text.split(",", -1)) {
            int number;
            try {
                number = RecordType.parse(name.trim()).number();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("types=" + text + ": " + e.getMessage(), e);
            }
            if (number < 0 || number > MOST) {
                throw new IllegalArgumentException("types=" + text + ": " + name + " is no record type");
            }
            types.set(number);
        }
        return types;
    }
}
