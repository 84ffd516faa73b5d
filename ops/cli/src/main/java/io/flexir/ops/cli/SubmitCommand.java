package io.flexir.ops.cli;

import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.BatchSubmission;
import io.flexir.ops.local.client.FleetBatch;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.FleetException.Refused;
import io.flexir.ops.local.client.FleetException.Unreachable;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Submits images. */
@Command(
        name = "submit",
        description = "Submits images; with --out it waits for them and writes what came of them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir submit photo.png                        prints the job's id",
            "  flexir submit *.jpg --pointer 4 --out restored",
            "  flexir submit photo.png --preview              before and after, here",
            "  flexir submit photo.png --adaptive 1.05 --class interactive --deadline 2s",
            "  flexir submit --batch s3://photos/2026/ --pointer 4   every object whose key begins so"
        })
final class SubmitCommand implements Callable<Integer> {

    private static final double MILLIS = 1000;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Images: PNG, JPEG, TIFF, BMP or WebP.")
    private List<Path> files = List.of();

    @Option(
            names = "--model",
            defaultValue = "${env:FLEXIR_MODEL:-auto}",
            description =
                    "Name of a bundle, or auto: by the noise or JPEG quality that the image seems to have; FLEXIR_MODEL (default: ${DEFAULT-VALUE}).")
    private String model;

    @ArgGroup private @Nullable DepthOptions depth;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "When the outcome is wanted, from now: 500ms, 30s, 2m.")
    private @Nullable Duration deadline;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "Who goes first when not everybody can: interactive, standard, bulk.")
    private @Nullable PriorityClass priority;

    @Option(
            names = "--floor",
            paramLabel = "P",
            description = "The smallest pointer that is good enough.")
    private @Nullable Integer floor;

    @Option(
            names = "--target",
            paramLabel = "P",
            description = "The pointer that is deep enough, where the load decides.")
    private @Nullable Integer target;

    @Option(
            names = "--on-miss",
            paramLabel = "WAY",
            description =
                    "What to do when even the floor would be late: degrade (finish at the floor), fail, late (go as deep as without a deadline).")
    private @Nullable OnMiss onMiss;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "File format of the result: png, jpeg, tiff, bmp, or same as the input.")
    private OutputFormat.@Nullable Container format;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description =
                    "Who is told of each job's end, by a signed POST; flexir jobs webhook JOB shows whether it was.")
    private @Nullable String webhook;

    @Option(
            names = "--preview",
            description =
                    "Wait, and show each image before and after in the terminal: as pixels in Kitty, Ghostty, Konsole, iTerm2,"
                            + " WezTerm, foot, mlterm, Contour and mintty, else in blocks of colour.")
    private boolean preview;

    @Mixin private BatchOptions batch;

    @Mixin private SchedulerOptions scheduler;

    @Mixin private Results results;

    @Mixin private JobLines lines;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        BatchSubmission.Input place = batch.place();
        if (files.isEmpty() == (place == null) || (place == null && batch.isAny())) {
            throw new ParameterException(
                    spec.commandLine(), "either files or --batch is needed, and not both");
        }
        if (place != null && preview) {
            throw new ParameterException(spec.commandLine(), "--preview is of files alone");
        }
        try (FleetClient fleet = scheduler.connect()) {
            return place == null ? submitFiles(fleet) : submitBatch(fleet, place);
        }
    }

    private int submitFiles(FleetClient fleet) {
        Mishaps mishaps = new Mishaps(spec.commandLine().getErr());
        List<Taken> taken = new ArrayList<>();
        for (Path file : files) {
            try {
                Job job = submit(fleet, file);
                taken.add(new Taken(job.id(), file.getFileName().toString(), file));
                if (!followed()) {
                    lines.print(spec.commandLine().getOut(), job);
                }
            } catch (Refused | CannotStart refused) {
                mishaps.tell(file.toString(), refused);
            } catch (Unreachable gone) {
                mishaps.tell(file + " and those after it", gone);
                break;
            }
        }
        boolean all = !followed() || allSucceeded(fleet, taken, mishaps);
        return mishaps.exitCode(all ? ExitCode.DONE : ExitCode.JOB_NOT_SUCCEEDED);
    }

    /**
     * A job that was taken.
     *
     * @param name of the file or the object, for its result
     * @param file null for an object
     */
    private record Taken(String id, String name, @Nullable Path file) {}

    private Job submit(FleetClient fleet, Path file) {
        byte[] bytes = read(file);
        String key = UUID.randomUUID().toString();
        Patience patience = new Patience(spec.commandLine().getErr());
        Submission.Input input = patience.ask(file.toString(), () -> fleet.input(bytes));
        return patience.ask(file.toString(), () -> fleet.submit(submission(input), key));
    }

    private int submitBatch(FleetClient fleet, BatchSubmission.Input place) {
        String key = batch.key();
        FleetBatch.Submitted made =
                fleet.submit(
                        BatchSubmission.of(
                                place, batch.limit(), submission(Submission.Input.none())),
                        key);
        if (!followed()) {
            BatchLines.submitted(spec.commandLine().getOut(), made, lines.isJson());
        }
        BatchLines.left(spec.commandLine().getErr(), made, key);
        Mishaps mishaps = new Mishaps(spec.commandLine().getErr());
        boolean all =
                !followed()
                        || allSucceeded(
                                fleet,
                                made.jobs().stream()
                                        .map(job -> new Taken(job.id(), nameOf(job), null))
                                        .toList(),
                                mishaps);
        if (!made.complete()) {
            return ExitCode.SCHEDULER;
        }
        return mishaps.exitCode(
                all && made.refused().isEmpty() ? ExitCode.DONE : ExitCode.JOB_NOT_SUCCEEDED);
    }

    /** The key, as one name of a file. */
    private static String nameOf(FleetBatch.MadeJob job) {
        return job.key().replace('/', '_');
    }

    private boolean allSucceeded(FleetClient fleet, List<Taken> taken, Mishaps mishaps) {
        Map<Taken, Job> ended = new LinkedHashMap<>();
        List<String> ids = taken.stream().map(Taken::id).toList();
        try (Following following =
                new Following(fleet, ids, spec.commandLine().getErr(), lines.isJson())) {
            for (Taken one : taken) {
                try {
                    ended.put(one, following.toItsEnd(one.id()));
                } catch (FleetException lost) {
                    mishaps.tell(one.name() + ", job " + one.id(), lost);
                }
            }
        }
        List<String> stems = distinct(taken.stream().map(one -> stem(one.name())).toList());
        for (int i = 0; i < taken.size(); i++) {
            Job job = ended.get(taken.get(i));
            if (job != null) {
                deliver(fleet, taken.get(i), job, stems.get(i), mishaps);
            }
        }
        return ended.values().stream().allMatch(Job::succeeded);
    }

    private void deliver(FleetClient fleet, Taken taken, Job job, String stem, Mishaps mishaps) {
        lines.print(spec.commandLine().getOut(), job);
        try {
            results.fetch(fleet, job, stem);
            if (preview && job.succeeded() && taken.file() != null) {
                show(taken.file(), fleet.result(job.id()));
            }
        } catch (FleetException | CannotStart lost) {
            mishaps.tell(taken.name() + ", job " + job.id(), lost);
        }
    }

    private boolean followed() {
        return results.wanted() || preview;
    }

    /** What this process cannot decode is not shown. */
    private void show(Path before, byte[] after) {
        try {
            RgbImage restored = ImageFiles.decode(after);
            spec.commandLine()
                    .getOut()
                    .print(
                            TerminalPicture.of(System.getenv())
                                    .compare(ImageFiles.read(before), restored, columns()));
            spec.commandLine().getOut().flush();
        } catch (IOException unreadable) {
            spec.commandLine()
                    .getErr()
                    .println("flexir: no preview of " + before + ": its format is not shown");
        }
    }

    private int columns() {
        return spec.usageMessage().width();
    }

    private Submission submission(Submission.Input input) {
        return new Submission(
                input,
                model,
                DepthOptions.of(depth).orElse(null),
                deadline == null ? null : deadline.toMillis() / MILLIS,
                priority,
                floor,
                target,
                onMiss,
                format == null ? null : new OutputFormat(format, OutputFormat.PNG.quality()),
                webhook);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CannotStart("cannot read " + file + ": is it there, and may you read it?", e);
        }
    }

    /** Names that differ, so that no result is written over another: a second one gets a number. */
    private static List<String> distinct(List<String> stems) {
        Set<String> used = new HashSet<>();
        return stems.stream()
                .map(
                        stem -> {
                            String name = stem;
                            for (int number = 2; !used.add(name); number++) {
                                name = stem + "-" + number;
                            }
                            return name;
                        })
                .toList();
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
