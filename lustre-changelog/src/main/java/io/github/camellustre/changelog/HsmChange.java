// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/**
 * What an HSM record says in its low flag bits.
 *
 * @param event number of the event, 0..7; see {@link #eventName}
 * @param flags two bits; see {@link #isDirty}
 * @param error errno with which the action ended, 0 for success, {@value #ERROR_OVERFLOW} for one that does not fit
 */
public record HsmChange(int event, int flags, int error) {
    public static final int ARCHIVE = 0;
    public static final int RESTORE = 1;
    public static final int CANCEL = 2;
    public static final int RELEASE = 3;
    public static final int REMOVE = 4;
    public static final int STATE = 5;

    public static final int ERROR_OVERFLOW = 0x7f;

    private static final String[] NAMES = {"ARCHIVE", "RESTORE", "CANCEL", "RELEASE", "REMOVE", "STATE"};

    public HsmChange {
        if (event < 0 || event > 7 || flags < 0 || flags > 3 || error < 0 || error > ERROR_OVERFLOW) {
            throw new IllegalArgumentException(
                    "no HSM flags: event " + event + ", flags " + flags + ", error " + error);
        }
    }

    /** From a record's {@link ChangelogRecord#typeFlags}. */
    public static HsmChange of(int typeFlags) {
        return new HsmChange(typeFlags >>> 7 & 0x7, typeFlags >>> 10 & 0x3, typeFlags & 0x7f);
    }

    /**
     * Number of an event.
     *
     * @param text its name in upper or lower case, or a number
     * @throws IllegalArgumentException if it is neither
     */
    public static int event(String text) {
        for (int event = 0; event < NAMES.length; event++) {
            if (NAMES[event].equalsIgnoreCase(text)) {
                return event;
            }
        }
        if (text.matches("[0-7]")) {
            return text.charAt(0) - '0';
        }
        throw new IllegalArgumentException(
                "no HSM event: '" + text + "', possible are " + String.join(", ", NAMES) + ", or a number up to 7");
    }

    public int toTypeFlags() {
        return flags << 10 | event << 7 | error;
    }

    /** Name of the event; its number where it has none. */
    public String eventName() {
        return event < NAMES.length ? NAMES[event] : Integer.toString(event);
    }

    /** The file changed after it was archived. */
    public boolean isDirty() {
        return (flags & 1) != 0;
    }

    @Override
    public String toString() {
        return eventName() + (isDirty() ? " dirty" : "") + (error == 0 ? "" : " error " + error);
    }
}
