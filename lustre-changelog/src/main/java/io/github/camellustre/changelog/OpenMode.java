// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.nio.charset.StandardCharsets;

/** How a file was opened, as far as the three letters of {@code lfs changelog}'s field {@code m=} tell. */
public final class OpenMode {
    private static final int READ = 0x1;
    private static final int WRITE = 0x2;
    private static final int EXECUTE = 0x4;
    /** Truncating and appending count as writing. */
    private static final int WRITES = WRITE | 0x200 | 0x400;

    private static final int[] FLAGS = {READ, WRITE, READ | WRITE, EXECUTE};
    private static final byte[][] TEXTS = {ascii("r--"), ascii("-w-"), ascii("rw-"), ascii("--x")};

    private OpenMode() {}

    public static boolean reads(int openFlags) {
        return (openFlags & READ) != 0 && !executes(openFlags);
    }

    public static boolean writes(int openFlags) {
        return (openFlags & WRITES) != 0 && !executes(openFlags);
    }

    /** Whether it was opened to be run: then Lustre tells nothing else. */
    public static boolean executes(int openFlags) {
        return (openFlags & EXECUTE) != 0;
    }

    /** Three ASCII letters, not to be changed; null where Lustre prints no mode. */
    public static byte[] text(int openFlags) {
        if (executes(openFlags)) {
            return TEXTS[3];
        }
        int mode = (reads(openFlags) ? 1 : 0) + (writes(openFlags) ? 2 : 0);
        return mode == 0 ? null : TEXTS[mode - 1];
    }

    /** The fewest open flags that print as the three bytes at {@code at}; 0 if they are no mode. */
    public static int parse(byte[] bytes, int at) {
        for (int i = 0; i < TEXTS.length; i++) {
            byte[] text = TEXTS[i];
            if (bytes[at] == text[0] && bytes[at + 1] == text[1] && bytes[at + 2] == text[2]) {
                return FLAGS[i];
            }
        }
        return 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
