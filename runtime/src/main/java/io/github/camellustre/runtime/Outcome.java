// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ack.AckMode;
import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.reader.MdtState;
import io.github.camellustre.changelog.reader.MdtStatus;
import java.util.ArrayList;
import java.util.List;

/** How it stands, or stood at the end: whether anything is left to do, what went wrong, and the summary for the user. */
record Outcome(List<MdtStatus> mdts) {

    /** True if nothing will happen any more: a finite source is done, or what is not done cannot be before a restart. */
    boolean isOver() {
        return !mdts.isEmpty() && mdts.stream().allMatch(Outcome::isOver);
    }

    private static boolean isOver(MdtStatus mdt) {
        return mdt.complete() || hasStopped(mdt);
    }

    private static boolean hasStopped(MdtStatus mdt) {
        if (mdt.state() == MdtState.GAP || mdt.state() == MdtState.RESET) {
            return mdt.consumers().stream().allMatch(consumer -> isExhausted(consumer) || consumer.waitingFor() < 0);
        }
        return !mdt.consumers().isEmpty() && mdt.consumers().stream().allMatch(Outcome::isExhausted);
    }

    private static boolean isExhausted(ConsumerStatus consumer) {
        return consumer.state() == ConsumerStatus.State.EXHAUSTED;
    }

    /** What an operator must act on. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (MdtStatus mdt : mdts) {
            if (mdt.state() == MdtState.GAP || mdt.state() == MdtState.RESET) {
                problems.add(mdt.mdt() + ": " + mdt.problem());
            }
            if (mdt.clearRefused()) {
                problems.add(mdt.mdt() + ": clears are refused: " + mdt.clearProblem());
            } else if (mdt.complete() && mdt.clearProblem() != null) {
                problems.add(mdt.mdt() + ": is cleared up to " + mdt.ledger().cleared() + " only, clears fail: "
                        + mdt.clearProblem());
            }
            for (ConsumerStatus consumer : mdt.consumers()) {
                if (isExhausted(consumer)) {
                    problems.add(mdt.mdt() + ": '" + consumer.name() + "' has stopped at index " + consumer.waitingFor()
                            + ", which failed too often: " + consumer.failure());
                }
            }
        }
        return problems;
    }

    private static long left(ConsumerStatus consumer) {
        return consumer.ack() == AckMode.NONE ? 0 : consumer.inFlight();
    }

    int exitCode() {
        if (!problems().isEmpty()) {
            return ExitCode.FAILED;
        }
        boolean left = mdts.stream().flatMap(mdt -> mdt.consumers().stream()).anyMatch(consumer -> left(consumer) > 0);
        return left ? ExitCode.LEFT : ExitCode.DONE;
    }

    /** @param finished true if a finite source is at its end, false if the daemon was told to stop */
    List<String> summary(boolean finished) {
        List<String> lines = new ArrayList<>();
        long delivered = 0;
        for (MdtStatus mdt : mdts) {
            lines.add(mdt.mdt() + " position " + StatusReport.position(mdt) + " cleared "
                    + mdt.ledger().cleared());
            for (ConsumerStatus consumer : mdt.consumers()) {
                delivered += consumer.acknowledged();
                lines.add("  " + consumer.name() + " position " + consumer.position() + " delivered "
                        + consumer.acknowledged() + " left " + left(consumer)
                        + (left(consumer) > 0
                                ? ": what comes after index " + consumer.stored() + " is delivered again"
                                : ""));
            }
        }
        problems().forEach(problem -> lines.add("Problem: " + problem));
        for (MdtStatus mdt : mdts) {
            if (mdt.clearProblem() != null && !mdt.clearRefused()) {
                lines.add("Problem: " + mdt.clearProblem());
            }
        }
        lines.add(verdict(finished, delivered));
        return lines;
    }

    private String verdict(boolean finished, long delivered) {
        return switch (exitCode()) {
            case ExitCode.FAILED -> "Not everything is done.";
            case ExitCode.LEFT -> "Stopped while records were in flight.";
            default -> {
                if (!finished) {
                    yield mdts.isEmpty() ? "Stopped." : "Stopped; nothing was in flight.";
                }
                yield delivered == 0
                        ? "Nothing new: everything was delivered before. --fresh starts over."
                        : "Everything is delivered, acknowledged and cleared.";
            }
        };
    }
}
