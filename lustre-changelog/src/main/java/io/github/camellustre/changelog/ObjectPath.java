// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where an object is: bytes, as names are. Whole, from the root of the file system on ({@code /a/b}), or as far as is known,
 * relative to a directory whose own place is not ({@code b/c}). Immutable; equal by value.
 */
public final class ObjectPath {
    public static final ObjectPath ROOT = whole(new byte[] {'/'});

    private final byte[] bytes;
    private final Fid from;

    private ObjectPath(byte[] bytes, Fid from) {
        this.bytes = bytes;
        this.from = from;
    }

    /** @param bytes begin with a slash; the path keeps them */
    public static ObjectPath whole(byte[] bytes) {
        return new ObjectPath(bytes, null);
    }

    /** @param bytes begin with a name; the path keeps them. None: the directory itself */
    public static ObjectPath below(Fid directory, byte[] bytes) {
        return new ObjectPath(bytes, directory);
    }

    public boolean isWhole() {
        return from == null;
    }

    /** The directory that a path which is not whole is relative to. */
    public Optional<Fid> from() {
        return Optional.ofNullable(from);
    }

    /** Not a copy: they must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** As UTF-8, bad bytes as U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The directory that it is in; empty where that is not known, and for the root. */
    public Optional<ObjectPath> parent() {
        int slash = lastSlash();
        if (slash > 0) {
            return Optional.of(new ObjectPath(Arrays.copyOf(bytes, slash), from));
        }
        return slash == 0 && bytes.length > 1 ? Optional.of(ROOT) : Optional.empty();
    }

    private int lastSlash() {
        int slash = bytes.length - 1;
        while (slash >= 0 && bytes[slash] != '/') {
            slash--;
        }
        return slash;
    }

    /** Whether it is that directory or lies in it, however deep; false for one that is not whole. */
    public boolean isBelow(ObjectPath directory) {
        if (!isWhole() || !directory.isWhole()) {
            return false;
        }
        byte[] prefix = directory.bytes;
        int length = prefix[prefix.length - 1] == '/' ? prefix.length - 1 : prefix.length;
        return bytes.length >= length
                && Arrays.equals(bytes, 0, length, prefix, 0, length)
                && (bytes.length == length || bytes[length] == '/');
    }

    /** The path of what this is the directory of. */
    public ObjectPath resolve(byte[] relative) {
        int length = bytes.length;
        boolean slash = length > 0 && bytes[length - 1] != '/';
        byte[] longer = Arrays.copyOf(bytes, length + (slash ? 1 : 0) + relative.length);
        if (slash) {
            longer[length++] = '/';
        }
        System.arraycopy(relative, 0, longer, length, relative.length);
        return new ObjectPath(longer, from);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectPath that && Arrays.equals(bytes, that.bytes) && from().equals(that.from());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For logs: {@code /a/b}, or {@code [0x200000402:0x3:0x0]/b}. */
    @Override
    public String toString() {
        return from == null ? text() : from + "/" + text();
    }
}
