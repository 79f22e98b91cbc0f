// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.llapi;

import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import java.util.Optional;

/**
 * The record types that the kernel is asked to let through.
 *
 * @param user whose own mask on the MDT limits them further: the kernel takes no mask without a user
 * @param bits one for each type
 */
record KernelMask(String user, long bits) {
    static final String MASK = "kernelMask";
    static final String USER = "kernelUser";

    /** Empty where none was asked for. */
    static Optional<KernelMask> parse(SourceOptions options) throws SourceException {
        Optional<String> mask = options.text(MASK);
        Optional<String> user = options.text(USER);
        if (mask.isEmpty() && user.isEmpty()) {
            return Optional.empty();
        }
        if (mask.isEmpty() || user.isEmpty()) {
            throw SourceException.fatal(
                    "source llapi: " + MASK + " and " + USER + " go together, as " + MASK + "=CREAT+UNLNK," + USER
                            + "=cl1",
                    null);
        }
        long bits = 0;
        for (String name : mask.get().split("\\+", -1)) {
            try {
                int number = RecordType.parse(name.strip()).number();
                if (number >= Long.SIZE) {
                    throw options.refused(MASK, "record types below " + Long.SIZE, null);
                }
                bits |= 1L << number;
            } catch (IllegalArgumentException e) {
                throw options.refused(MASK, "record types joined with '+', as CREAT+UNLNK (" + e.getMessage() + ")", e);
            }
        }
        return Optional.of(new KernelMask(user.get(), bits));
    }
}
