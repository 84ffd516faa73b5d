package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.FleetLetter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** Shows what could not be read, and has it read again. */
@Command(
        name = "deadletter",
        description = {
            "Shows records that could not be read, and has them read again. They are kept for 7 days in flexir.deadletter.v1.",
            "Needs a key with the scope admin."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLetterCommand.Newest.class,
            DeadLetterCommand.Show.class,
            DeadLetterCommand.Replay.class
        },
        footer = {
            "",
            "Examples:",
            "  flexir deadletter list",
            "  flexir deadletter show 0-17 --out record.json",
            "  flexir deadletter replay 0-17     once what kept it from being read is put right"
        })
final class DeadLetterCommand implements Callable<Integer> {
    private static final String FEW = "50";
    private static final int MOST = 10_000;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }

    @Command(
            name = "list",
            description = "Lists the newest, without their bytes.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir deadletter list --limit 500"})
    static final class Newest implements Callable<Integer> {
        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = FEW,
                description = "At most so many, up to 10000 (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private LetterLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            if (limit < 1 || limit > MOST) {
                throw new ParameterException(
                        spec.commandLine(), "--limit must be 1 to " + MOST + ", is " + limit);
            }
            try (FleetClient fleet = scheduler.connect()) {
                FleetLetter.Listed listed = fleet.deadLetters().newest(limit);
                lines.printAll(spec.commandLine().getOut(), listed.letters());
                if (listed.more()) {
                    spec.commandLine()
                            .getErr()
                            .println("flexir: there are more; --limit shows more of them");
                }
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "show",
            description = "Shows one with its bytes.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir deadletter show 0-17 --out record.bin"})
    static final class Show implements Callable<Integer> {
        @Parameters(
                paramLabel = "LETTER",
                converter = LetterIdConverter.class,
                description = "Id of a letter, as flexir deadletter list has it.")
        private String id;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Write the record's bytes there, as they are.")
        private @Nullable Path out;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private LetterLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            try (FleetClient fleet = scheduler.connect()) {
                FleetLetter letter = fleet.deadLetters().get(id);
                if (out != null) {
                    write(letter, out);
                }
                lines.print(spec.commandLine().getOut(), letter);
            }
            return ExitCode.DONE;
        }

        private static void write(FleetLetter letter, Path file) {
            try {
                Files.write(file, Objects.requireNonNull(letter.data(), "asked for in full"));
            } catch (IOException unwritable) {
                throw new CannotStart("cannot write " + file + ": " + unwritable, unwritable);
            }
        }
    }

    @Command(
            name = "replay",
            description = {
                "Writes records to their topics once more. One that would be set aside again is refused; a request that has",
                "become a job already is left alone, however often it is replayed."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir deadletter replay 0-17 0-18"})
    static final class Replay implements Callable<Integer> {
        @Parameters(
                paramLabel = "LETTER",
                arity = "1..*",
                converter = LetterIdConverter.class,
                description = "Ids of letters.")
        private List<String> ids;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private LetterLines lines;

        @Spec private CommandSpec spec;

        /** Goes on after one that is refused. */
        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            boolean refused = false;
            try (FleetClient fleet = scheduler.connect()) {
                for (String id : ids) {
                    try {
                        lines.print(out, fleet.deadLetters().replay(id));
                    } catch (FleetException.Refused refusal) {
                        refused = true;
                        spec.commandLine().getErr().println("flexir: " + refusal.getMessage());
                    }
                }
            }
            return refused ? ExitCode.SCHEDULER : ExitCode.DONE;
        }
    }

    /** What is no id is told before anybody is asked. */
    static final class LetterIdConverter implements picocli.CommandLine.ITypeConverter<String> {
        private static final Pattern ID = Pattern.compile("\\d{1,9}-\\d{1,18}");

        @Override
        public String convert(String text) {
            if (!ID.matcher(text).matches()) {
                throw new picocli.CommandLine.TypeConversionException(
                        "'" + text + "' is no id of a letter, such as 0-17");
            }
            return text;
        }
    }
}
