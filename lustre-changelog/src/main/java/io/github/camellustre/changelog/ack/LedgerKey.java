// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/**
 * What one ledger is about: an MDT, and the changelog user that is cleared for.
 *
 * @param user {@code cl1}; empty where nothing is ever cleared
 */
public record LedgerKey(String mdt, String user) {

    /** Name of the file system, {@code fs} of {@code fs-MDT0000}. */
    public String fileSystem() {
        int end = mdt.lastIndexOf("-MDT");
        return end < 0 ? mdt : mdt.substring(0, end);
    }

    @Override
    public String toString() {
        return user.isEmpty() ? mdt : mdt + " user " + user;
    }
}
