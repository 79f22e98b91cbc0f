// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.witness.ClearJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** When in its life the daemon is ended, and how. */
enum KillMoment {
    /** Anywhere in its start, from the first instruction of the virtual machine to the first records. */
    START {
        @Override
        void end(DaemonProcess daemon, KillPlan plan, Path data, RandomGenerator random) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2_500));
            daemon.kill();
        }
    },
    /** At full speed. */
    WORK {
        @Override
        void end(DaemonProcess daemon, KillPlan plan, Path data, RandomGenerator random) throws InterruptedException {
            awaitWork(daemon, plan, data);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(700));
            daemon.kill();
        }
    },
    /** While positions are being written. */
    CHECKPOINT {
        @Override
        void end(DaemonProcess daemon, KillPlan plan, Path data, RandomGenerator random) throws InterruptedException {
            awaitWork(daemon, plan, data);
            Path fresh = data.resolve("state").resolve(KillRounds.MDTS.get(random.nextInt(2)) + ".cl1.json.new");
            await(daemon, () -> Files.exists(fresh));
            daemon.kill();
        }
    },
    /** Between a request to clear and its effect, or shortly after. */
    CLEAR {
        @Override
        void end(DaemonProcess daemon, KillPlan plan, Path data, RandomGenerator random) throws InterruptedException {
            awaitWork(daemon, plan, data);
            Path requests = ClearJournal.requests(data.resolve("journal"), KillRounds.MDTS.get(random.nextInt(2)));
            long before = size(requests);
            await(daemon, () -> size(requests) > before);
            daemon.kill();
        }
    },
    /** While it stops cleanly. */
    STOP {
        @Override
        void end(DaemonProcess daemon, KillPlan plan, Path data, RandomGenerator random) throws InterruptedException {
            awaitWork(daemon, plan, data);
            daemon.terminate();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
            daemon.kill();
        }
    },
    /** Told to stop, and left alone. */
    CLEAN {
        @Override
        void end(DaemonProcess daemon, KillPlan plan, Path data, RandomGenerator random) throws InterruptedException {
            awaitWork(daemon, plan, data);
            daemon.terminate();
            daemon.exitCode();
        }
    };

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long ENOUGH_BYTES = 1 << 20;

    private interface Condition {
        boolean holds();
    }

    /** Returns when the daemon is dead. */
    abstract void end(DaemonProcess daemon, KillPlan plan, Path data, RandomGenerator random)
            throws InterruptedException;

    private static void awaitWork(DaemonProcess daemon, KillPlan plan, Path data) throws InterruptedException {
        for (String sink : plan.sinks().keySet()) {
            for (String mdt : KillRounds.MDTS) {
                Path folder = data.resolve(sink);
                long enough = written(folder, mdt) + ENOUGH_BYTES;
                await(daemon, () -> written(folder, mdt) >= enough);
            }
        }
    }

    private static void await(DaemonProcess daemon, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            if (!daemon.isAlive() || System.nanoTime() - deadline > 0) {
                daemon.kill();
                throw new IllegalStateException("the daemon does not work:\n" + daemon.out() + daemon.err());
            }
            LockSupport.parkNanos(TURN_NANOS);
        }
    }

    /** Bytes of all files of an MDT: the current one, and those that were rotated meanwhile. */
    private static long written(Path folder, String mdt) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(mdt))
                    .mapToLong(KillMoment::size)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
