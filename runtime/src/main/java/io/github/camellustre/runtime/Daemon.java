// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.component.lustre.LustreComponent;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * Runs policies in a Camel context until a finite source is done or the process is told to stop. Used once, by the main
 * thread; {@link #requestStop} may come from another.
 */
final class Daemon {
    private static final String SOURCE = "camellustreSource";
    private static final String KAMELETS = "camel.component.kamelet.location";
    private static final long TURN_MILLIS = 100;

    private final Settings settings;
    private final SourceChoice choice;
    private final List<String> places;
    private final Terminal terminal;
    private final Main main = new Main();
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    /**
     * @param places of the policies
     * @param kamelets where they are, unless the settings say otherwise
     */
    Daemon(
            Settings settings,
            SourceChoice choice,
            List<String> places,
            String kamelets,
            String state,
            Terminal terminal) {
        this.settings = settings;
        this.choice = choice;
        this.places = places;
        this.terminal = terminal;
        // Camel's default strategy has a signal hook of its own. Beside ours it lets a stop, now and then, wait for
        // itself:
        // a listener that waits until Camel has stopped may be called by the thread that stops it (60 s).
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.setDefaultPropertyPlaceholderLocation("false");
        Properties file = settings.file();
        file.putIfAbsent(KAMELETS, kamelets);
        main.setInitialProperties(file);
        Properties commandLine = settings.commandLine();
        commandLine.putIfAbsent(Settings.DATA, settings.get(Settings.DATA, CamelLustre.DEFAULT_DATA));
        commandLine.putIfAbsent(Settings.STATE, state);
        main.setOverrideProperties(commandLine);
        main.configure().withRoutesIncludePattern(String.join(",", places));
        main.configure().setAutoConfigurationLogSummary(false);
        choice.source().ifPresent(source -> main.bind(SOURCE, source));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport started) {
                configure(started.getCamelContext().getComponent("lustre", LustreComponent.class));
            }
        });
    }

    private void configure(LustreComponent lustre) {
        lustre.getConfiguration().setSource("#" + SOURCE);
        if (settings.get(Settings.USER).isEmpty() && choice.defaultUser() != null) {
            lustre.getConfiguration().setUser(choice.defaultUser());
        }
    }

    /** Ends {@link #run} soon. */
    void requestStop() {
        stopRequested.countDown();
    }

    /** @return the exit code */
    int run(Duration statusInterval) throws StartException, InterruptedException {
        StatusReport report = new StatusReport(choice.firstIndexes(), System.nanoTime());
        LustreComponent lustre;
        try {
            main.start();
            lustre = main.getCamelContext().getComponent("lustre", LustreComponent.class);
        } catch (Exception e) {
            main.stop();
            throw new Explanation(settings, new PolicyText(places)).of(e);
        }
        boolean over = awaitEnd(lustre, report, statusInterval);
        main.stop();
        Outcome outcome = new Outcome(lustre.status());
        outcome.summary(over).forEach(terminal::say);
        return outcome.exitCode();
    }

    /** @return false if it was told to stop first */
    private boolean awaitEnd(LustreComponent lustre, StatusReport report, Duration interval)
            throws InterruptedException {
        long next = System.nanoTime() + interval.toNanos();
        while (!stopRequested.await(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
            if (new Outcome(lustre.status()).isOver()) {
                return true;
            }
            long now = System.nanoTime();
            if (!interval.isZero() && now - next >= 0) {
                terminal.show(report.lines(lustre.status(), now));
                next = now + interval.toNanos();
            }
        }
        return false;
    }
}
