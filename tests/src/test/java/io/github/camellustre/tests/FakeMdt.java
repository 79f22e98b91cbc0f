// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** One MDT of {@link FakeLustre}: what its operator and its server do, and what goes wrong. */
public final class FakeMdt {
    private final FakeLustre lustre;
    private final String name;

    FakeMdt(FakeLustre lustre, String name) {
        this.lustre = lustre;
        this.name = name;
    }

    /** What a server does with a clear below the user's mark. */
    public enum Generation {
        REFUSES,
        DESTROYS,
        IGNORES
    }

    public String name() {
        return name;
    }

    public Path device() {
        return lustre.device(name);
    }

    /** The text of {@code mdd.<MDT>.changelog_users}. */
    public String users() throws IOException {
        return Files.readString(lustre.devices().resolve("users-" + name));
    }

    /** Records that were written before, whoever is registered: a file of raw records. */
    public FakeMdt load(Path records) throws IOException {
        return run("load", records.toAbsolutePath());
    }

    /** What this file of raw records holds and what is appended to it happens now: it is written if a user is registered. */
    public FakeMdt follow(Path records) throws IOException {
        return run("follow", records.toAbsolutePath());
    }

    /** From now on records get the next index of the log instead of the one in the file. */
    public FakeMdt numberRecords() throws IOException {
        return run("numbering", "own");
    }

    /** Leaves out this many indexes. */
    public FakeMdt gap(long records) throws IOException {
        return run("gap", records);
    }

    /** The most records that one read gives; a Lustre client loads 1,024 ahead. */
    public FakeMdt prefetch(int records) throws IOException {
        return run("prefetch", records);
    }

    /** The first user is {@code cl1}. */
    public FakeMdt register() throws IOException {
        return run("register");
    }

    /** A user with a name and a mask such as {@code CREAT,UNLNK}; either may be empty. */
    public FakeMdt register(String user, String mask) throws IOException {
        return run("register", mask.isEmpty() ? user : user + " mask=" + mask);
    }

    public FakeMdt deregister(String id) throws IOException {
        return run("deregister", id);
    }

    /** Sets {@code mdd.<MDT>.changelog_mask}. */
    public FakeMdt mask(String mask) throws IOException {
        return run("mask", mask);
    }

    /** The server removes every user that is more than this many records behind, and what only they held. */
    public FakeMdt collectGarbage(long limit) throws IOException {
        return run("gc", limit);
    }

    public FakeMdt generation(Generation generation) throws IOException {
        return run("generation", generation.name().toLowerCase(Locale.ROOT));
    }

    /** The MDT restarts in no time: masks are lost, and without users and records the indexes start at 1 again. */
    public FakeMdt restart() throws IOException {
        return run("restart");
    }

    /** The MDT is away: opens work, handles give what they have loaded, then wait; clears wait. */
    public FakeMdt outage() throws IOException {
        return run("outage");
    }

    public FakeMdt recover() throws IOException {
        return run("recover");
    }

    /** All open handles fail with this errno for ever; new ones work. {@code EIO}: evicted, {@code ENODEV}: failed over. */
    public FakeMdt breakHandles(String errno) throws IOException {
        return run("break", errno);
    }

    /** Every open fails so, until it is {@code OK}. */
    public FakeMdt openError(String errno) throws IOException {
        return run("open-error", errno);
    }

    /** Every clear fails so, until it is {@code OK}. */
    public FakeMdt clearError(String errno) throws IOException {
        return run("clear-error", errno);
    }

    /**
     * The client's file system is unmounted: the device is gone, open handles fail with ESHUTDOWN, and the first read of one
     * that was never read hangs until {@link FakeLustre#close}.
     */
    public FakeMdt unmount() throws IOException {
        return run("umount");
    }

    public FakeMdt mount() throws IOException {
        return run("mount");
    }

    private FakeMdt run(String command) throws IOException {
        lustre.command(command + " " + name);
        return this;
    }

    private FakeMdt run(String command, Object argument) throws IOException {
        lustre.command(command + " " + name + " " + argument);
        return this;
    }
}
