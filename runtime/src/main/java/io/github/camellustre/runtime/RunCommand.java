// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./camel-lustre run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs policies until a finite source is done, or until it is told to stop.",
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--policies",
            paramLabel = "NAME[,NAME...]",
            description = "Policies to run: routes/NAME.camel.yaml. Property camellustre.policies; default: file.")
    private String policies;

    @Option(
            names = "--source",
            paramLabel = "KIND[:k=v,...]",
            description =
                    "Where changelogs come from: device, llapi, replay, simulator:mdts=2,records=20000,rate=0,seed=1. Default:"
                            + " device where /dev/changelog-* exists, else simulator.")
    private String source;

    @Option(
            names = "--input",
            paramLabel = "FILE[=MDT]",
            description =
                    "File to replay, binary or text of lfs changelog, also gzipped; without =MDT its name tells the"
                            + " MDT. Once for each MDT. Implies --source replay.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--mdt", paramLabel = "NAME", description = "MDT to read, or a pattern; repeatable. Default: all.")
    private List<String> mdts = new ArrayList<>();

    @Option(
            names = "--user",
            paramLabel = "ID|MDT=ID",
            description =
                    "Changelog user to clear for, on all MDTs or on one; repeatable. It must belong to this daemon alone.")
    private List<String> users = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of positions and outputs. Property camellustre.data; default: data.")
    private String data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets any property, over those of application.properties; repeatable.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--fresh",
            description = "Starts over: forgets the positions in the data folder, and moves what the policies wrote to"
                    + " before-1, before-2...")
    private boolean fresh;

    private final Terminal terminal;
    private final AtomicReference<Runnable> stop;

    /** @param stop is told how to stop it, for signals */
    RunCommand(Terminal terminal, AtomicReference<Runnable> stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        Home home = Home.find();
        Settings settings = settings(home);
        List<String> places = Policies.find(home)
                .places(
                        settings.get(Settings.POLICIES, CamelLustre.DEFAULT_POLICIES),
                        settings.origin(Settings.POLICIES));
        Path folder = Path.of(settings.get(Settings.DATA, CamelLustre.DEFAULT_DATA));
        String state = settings.get(Settings.STATE, folder.resolve("state").toString());
        DataFolder dataFolder = new DataFolder(folder, Path.of(state));
        Duration interval = statusInterval(settings);
        if (fresh) {
            SourceChoice.mustBeKnown(settings);
            dataFolder.startOver().ifPresent(before -> terminal.say("Outputs of before are now in " + before));
        }
        boolean reads = new PolicyText(places).mayReadChangelogs();
        try (SourceChoice choice =
                reads ? SourceChoice.open(settings, inputs, dataFolder) : SourceChoice.none(inputs)) {
            choice.mustOffer(settings);
            choice.mustOwn(dataFolder);
            Daemon running = new Daemon(settings, choice, places, home.kamelets(), state, terminal);
            stop.set(running::requestStop);
            return running.run(interval);
        }
    }

    private Settings settings(Home home) throws StartException {
        Settings settings = Settings.load(home);
        properties.forEach((key, value) -> settings.override(key, value, "--set " + key));
        overrideIfGiven(settings, Settings.POLICIES, policies, "--policies");
        overrideIfGiven(settings, Settings.DATA, data, "--data");
        overrideIfGiven(settings, Settings.SOURCE, source == null && !inputs.isEmpty() ? "replay" : source, "--source");
        overrideIfGiven(settings, Settings.MDTS, mdts.isEmpty() ? null : String.join(",", mdts), "--mdt");
        overrideIfGiven(settings, Settings.USER, users.isEmpty() ? null : String.join(",", users), "--user");
        settings.check();
        return settings;
    }

    private static void overrideIfGiven(Settings settings, String key, String value, String option) {
        if (value != null) {
            settings.override(key, value, option);
        }
    }

    private static Duration statusInterval(Settings settings) throws StartException {
        String text = settings.get(Settings.STATUS_INTERVAL, "5s");
        return DurationText.parse(text)
                .orElseThrow(() -> StartException.usage(settings.origin(Settings.STATUS_INTERVAL) + ": '" + text
                        + "' is no duration: write 500ms, 5s, 1m, or 0 for none"));
    }
}
