// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/** Why a record has no path, or not all of it. */
public enum PathReason {
    /** It is relative to a directory whose own place is not known. */
    PARTIAL("partial"),
    /** Nothing is known of the object. */
    UNKNOWN("unknown"),
    /** The object has no name any more; the path is its last one, if that was known. */
    GONE("gone"),
    /** The file system did not answer in time. */
    TIMED_OUT("timedOut"),
    /** It was not asked: all that may ask it at once still wait for older answers. */
    BUSY("busy"),
    /** It answered with an error. */
    FAILED("failed");

    private final String text;

    PathReason(String text) {
        this.text = text;
    }

    /** As headers and JSON have it. */
    @Override
    public String toString() {
        return text;
    }
}
