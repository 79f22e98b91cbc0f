// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names of files and directories, made from a number that no other name of the file system has: so names are unique,
 * and whoever knows the number knows the name. One in 32 is odd, as on a real file system with real users.
 */
final class FileNames {
    static final int LONGEST = 255;

    private static final byte[][] PLAIN = ascii(
            "file.",
            "out.",
            "rank-",
            "core.",
            "chunk_",
            "ckpt-",
            "data",
            "log.",
            "tmp.",
            "IMG_",
            "run-",
            "mesh.part",
            "part-r-",
            "train_",
            "slice",
            ".nfs");
    private static final byte[][] PLAIN_END =
            ascii(".dat", ".h5", ".nc", ".log", ".tar.gz", "", ".tmp", ".txt", ".bin", "~", ".o", ".parquet");
    private static final byte[][] DIRECTORY = ascii("d", "run.", "user", "results_", "proj_", "case-", "exp", "step");
    /** The directories right below the root, one of each MDT. */
    private static final byte[][] TOP = ascii("home", "scratch", "projects", "work", "archive", "data");

    private static final byte[][] ODD = {
        bytes("with space "),
        bytes(" lead and trail "),
        bytes("new\nline "),
        bytes("tab\tin "),
        bytes("cr\rin "),
        bytes("\u00fcn\u00efc\u00f6d\u00e9-\u65e5\u672c\u8a9e-\ud83d\ude80-"),
        bytes("\u76ee\u5f55"),
        {'b', 'a', 'd', (byte) 0xff, (byte) 0xfe, (byte) 0xc3, '-'},
        bytes("p=[0x1:0x2:0x3] "),
        bytes("x s=[0x200000402:0x1:0x0] sp=[0x200000402:0x2:0x0] old"),
        bytes("1 01CREAT 00:00:00.000000000 2026.01.01 0x0 t=[0x1:0x1:0x0] "),
        bytes("\n7 06UNLNK "),
        bytes("quote\"and\\back"),
        bytes("-dash"),
        bytes("..."),
    };

    private final long seed;
    private final int mdts;
    private final int treeNames;

    /** @param treeNames how many long-lived directories there are on all MDTs: they come first and are not odd */
    FileNames(long seed, int mdts, int treeNames) {
        this.seed = seed;
        this.mdts = mdts;
        this.treeNames = treeNames;
    }

    /** The number of a file's name, from one that is unique in the file system. */
    static long file(long unique) {
        return unique << 1;
    }

    /** The number of a directory's name, from one that is unique in the file system. */
    static long directory(long unique) {
        return unique << 1 | 1;
    }

    /**
     * Writes the name of that number.
     *
     * @return where it ends
     */
    int write(long number, byte[] into, int at) {
        long unique = number >>> 1;
        if (unique < mdts) {
            return decimal(unique, into, append(TOP[(int) (unique % TOP.length)], into, at));
        }
        long hash = Mix.of(seed, number);
        if ((hash & 31) == 0 && unique >= treeNames) {
            return odd(unique, (int) (hash >>> 5 & 15), into, at);
        }
        if ((number & 1) != 0) {
            return decimal(unique, into, append(DIRECTORY[(int) (hash >>> 5 & 7)], into, at));
        }
        int end = decimal(unique, into, append(PLAIN[(int) (hash >>> 5 & 15)], into, at));
        return append(PLAIN_END[Mix.below(hash, 32, PLAIN_END.length)], into, end);
    }

    private static int odd(long number, int which, byte[] into, int at) {
        if (which < ODD.length) {
            return decimal(number, into, append(ODD[which], into, at));
        }
        int digits = decimal(number, into, at);
        Arrays.fill(into, digits, at + LONGEST, (byte) 'L');
        return at + LONGEST;
    }

    private static int append(byte[] text, byte[] into, int at) {
        System.arraycopy(text, 0, into, at, text.length);
        return at + text.length;
    }

    static int decimal(long number, byte[] into, int at) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[][] ascii(String... texts) {
        return Arrays.stream(texts).map(FileNames::bytes).toArray(byte[][]::new);
    }
}
