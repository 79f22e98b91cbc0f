// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import java.util.HexFormat;

/** Bytes as one writes them down: hexadecimal, blanks for the eye. */
final class Hex {
    private Hex() {}

    static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
