// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/**
 * What no client may do to a web service, whatever that answers: bring records that are cleared already, or come again at once
 * after trouble.
 */
final class Manners implements WebService.Plan {
    private final WebService.Plan plan;
    private final ToLongFunction<String> cleared;
    private final Duration pause;
    private final Map<String, Long> troubles = new HashMap<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();

    /**
     * @param cleared up to where an MDT is cleared
     * @param pause the shortest time for which it must be left alone; measured from before the answer is sent, so a slow
     *     machine makes it longer, never shorter
     */
    Manners(WebService.Plan plan, ToLongFunction<String> cleared, Duration pause) {
        this.plan = plan;
        this.cleared = cleared;
        this.pause = pause;
    }

    List<String> breaches() {
        return breaches;
    }

    @Override
    public int answer(int request, List<String> lines) {
        String id = WebService.id(lines.get(0));
        String mdt = id.substring(0, id.indexOf('/'));
        Long trouble = troubles.remove(mdt);
        if (trouble != null && System.nanoTime() - trouble < pause.toNanos()) {
            breaches.add(id + " comes too early");
        }
        if (cleared.applyAsLong(mdt) >= Long.parseLong(id.substring(id.indexOf('/') + 1))) {
            breaches.add(id + " is cleared already");
        }
        int answer = plan.answer(request, lines);
        if (answer != WebService.OK && answer != WebService.SLOW && answer != 400 && answer != 413) {
            troubles.put(mdt, System.nanoTime());
        }
        return answer;
    }

    @Override
    public String retryAfter(int status) {
        return plan.retryAfter(status);
    }
}
