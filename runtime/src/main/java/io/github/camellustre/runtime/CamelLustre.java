// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program behind {@code ./camel-lustre}. */
@Command(
        name = "camel-lustre",
        mixinStandardHelpOptions = true,
        versionProvider = CamelLustre.Version.class,
        description = "Lustre changelogs as Apache Camel routes.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a finite source is delivered, acknowledged and cleared to its end; or it was stopped with nothing in flight",
            "1:it could not start, or an MDT or a policy stopped for good",
            "2:the command line, or a name in the configuration, is wrong",
            "3:it was stopped while records were in flight; these are delivered again at the next start"
        })
public final class CamelLustre {
    static final String DEFAULT_POLICIES = "file";
    static final String DEFAULT_DATA = "data";

    private CamelLustre() {}

    /** Says which build this is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CamelLustre.class.getPackage().getImplementationVersion();
            return new String[] {"camel-lustre " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Never returns: ends the process with one of {@link ExitCode}. */
    public static void main(String[] arguments) {
        AtomicReference<Runnable> stop = new AtomicReference<>();
        AtomicInteger exitCode = new AtomicInteger(ExitCode.FAILED);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> end(stop, ended, exitCode), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            exitCode.set(commandLine(Terminal.standard(), stop).execute(arguments));
        } catch (Error e) {
            LoggerFactory.getLogger(CamelLustre.class).error("This process cannot go on", e);
        } finally {
            // Also after an Error: the threads of Camel would go on, and who stops the process waits for this.
            ended.countDown();
            System.exit(exitCode.get());
        }
    }

    /** Runs when the process is told to stop: lets the command stop by itself, and ends with its exit code. */
    private static void end(AtomicReference<Runnable> stop, CountDownLatch ended, AtomicInteger exitCode) {
        Runnable running = stop.get();
        if (running != null) {
            running.run();
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        // The virtual machine would make 143 of it.
        Runtime.getRuntime().halt(exitCode.get());
    }

    static CommandLine commandLine(Terminal terminal, AtomicReference<Runnable> stop) {
        CommandLine commandLine = new CommandLine(new CamelLustre());
        commandLine.addSubcommand(new RunCommand(terminal, stop));
        commandLine.addSubcommand(new ReadCommand(stop));
        commandLine.getSubcommands().values().forEach(command -> {
            command.getCommandSpec().exitCodeOnUsageHelp(ExitCode.DONE);
            command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
            command.getCommandSpec()
                    .usageMessage()
                    .exitCodeList(commandLine.getCommandSpec().usageMessage().exitCodeList());
        });
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        commandLine.setParameterExceptionHandler(CamelLustre::explainUsage);
        return commandLine;
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("camel-lustre: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println(command.getCommandSpec().qualifiedName() + " --help lists what there is.");
        return ExitCode.USAGE;
    }

    private static int explain(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof StartException start) {
            err.println("camel-lustre: " + start.getMessage());
            return start.exitCode();
        }
        throw failure;
    }
}
