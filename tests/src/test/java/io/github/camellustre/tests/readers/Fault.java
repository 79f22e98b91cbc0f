// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What happens to readers, and to those beside them. */
enum Fault {
    /** Dies with a batch in hand, without a word. */
    KILLED_READER {
        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            hire(stage, random, "--die-with", String.valueOf(1 + random.nextInt(3)))
                    .awaitEnd(ReaderProcess.KILLED);
        }
    },
    /** Stands still with a batch in hand until others have worked through it, and then goes on as if nothing were. */
    FROZEN_READER {
        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            ReaderProcess frozen = hire(stage, random, "--freeze-with", String.valueOf(1 + random.nextInt(3)));
            stage.await("a reader stands still", frozen::isFrozen);
            stage.awaitProgress();
            long logged = frozen.logged();
            frozen.thaw();
            stage.await("it has worked through its batch", () -> frozen.logged() > logged);
            long late = frozen.logged();
            stage.await("it is given another batch", () -> frozen.logged() > late);
            frozen.leave(Set.of());
        }
    },
    /** The daemon is killed and started again; its readers are attached all the time. */
    KILLED_SERVER {
        @Override
        void prepare(Stage stage) throws IOException {
            stage.hireOurs(Stage.MDTS.get(0));
        }

        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            stage.killDaemon();
            stage.startDaemon();
        }

        @Override
        boolean isLosingConnections() {
            return true;
        }
    },
    /** The readers behind a cable that is cut: their batches go to others. When it is healed they go on. */
    CUT_NETWORK {
        @Override
        void prepare(Stage stage) throws IOException {
            for (String mdt : Stage.MDTS) {
                stage.hireBehindCable(mdt);
            }
            stage.hireOurs(Stage.MDTS.get(0));
        }

        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            stage.network().cut();
            stage.awaitClears();
            // as long as a reader waits for an answer, or less
            TimeUnit.MILLISECONDS.sleep(random.nextInt(5_000));
            stage.network().heal();
        }

        @Override
        boolean needsNetwork() {
            return true;
        }

        @Override
        boolean isLosingConnections() {
            return true;
        }
    },
    /** Takes its time over each batch; the others do not wait for it. */
    SLOW_READER {
        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            stage.awaitProgressBeforeEnd(hire(stage, random, "--work", "0.8", "--batches", "2"));
        }
    },
    /** Takes a batch and asks for the next one without a CLEAR. */
    NEVER_ACKNOWLEDGES {
        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            hire(stage, random, "--never-clear").awaitEnd(EPROTO);
        }
    },
    /** 200 come and go: with FINI, without a word, or killed with a batch in hand. */
    CROWD {
        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            stage.hireCrowd(200, any(random), options()).awaitEnd(0);
        }
    },
    /** Many readers, each with another pace, acknowledge in no order. */
    OUT_OF_ORDER {
        @Override
        int crew() {
            return 8;
        }

        @Override
        List<String> options() {
            return List.of("--follow", "0.02", "--work", "0.3", "--lease", "5");
        }

        @Override
        void happen(Stage stage, RandomGenerator random) {}
    },
    /** Readers die with batches in hand, and still the records of each FID are worked through one after the other. */
    ORDER_BY_FID {
        @Override
        int crew() {
            return 4;
        }

        @Override
        Map<String, String> settings() {
            return Map.of("order", "fid");
        }

        @Override
        boolean isOrdered() {
            return true;
        }

        @Override
        void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation {
            KILLED_READER.happen(stage, random);
        }
    };

    private static final int EPROTO = 71;
    private static final int ETIMEDOUT = 110;

    /** Lets it happen once. */
    abstract void happen(Stage stage, RandomGenerator random) throws IOException, InterruptedException, Violation;

    /** Before the first time. */
    void prepare(Stage stage) throws IOException {}

    /** Readers of each MDT that are always there. */
    int crew() {
        return 2;
    }

    /** Options of all readers. */
    List<String> options() {
        return List.of("--follow", "0.02", "--work", "0.02", "--lease", "1");
    }

    /** Knobs of the policy. */
    Map<String, String> settings() {
        return Map.of();
    }

    boolean isOrdered() {
        return false;
    }

    boolean needsNetwork() {
        return false;
    }

    /**
     * Whether it ends old clients: one that waits for an answer would wait for ever, so it gives up; one that sends its next
     * request is told that its session is not known. Both are started again.
     */
    boolean isLosingConnections() {
        return false;
    }

    private static String any(RandomGenerator random) {
        return Stage.MDTS.get(random.nextInt(Stage.MDTS.size()));
    }

    /** Exit statuses with which a reader of the crew may end. */
    final Set<Integer> forgiven() {
        return isLosingConnections() ? Set.of(EPROTO, ETIMEDOUT) : Set.of();
    }

    /** Options of the crew. */
    final List<String> crewOptions() {
        List<String> all = new ArrayList<>(options());
        if (isLosingConnections()) {
            all.addAll(List.of("--patience", "5"));
        }
        return all;
    }

    ReaderProcess hire(Stage stage, RandomGenerator random, String... more) throws IOException {
        List<String> all = new ArrayList<>(options());
        all.addAll(List.of(more));
        return stage.hire(any(random), all);
    }
}
