package io.flexir.ops.cli;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.bench.engine.Tiling;
import io.flexir.ops.bench.image.ImageSet;
import io.flexir.ops.bench.quality.Candidate;
import io.flexir.ops.bench.quality.Evaluation;
import io.flexir.ops.bench.quality.Result;
import io.flexir.ops.bench.quality.Row;
import io.flexir.ops.bench.quality.degrade.Condition;
import io.flexir.ops.bench.quality.report.EvaluationTable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** Measures a model's quality by the worker's engine. */
@Command(
        name = "evaluate",
        description = {
            "Degrades clean images, restores them by the worker's engine to each pointer and threshold, and prints",
            "PSNR, SSIM and cost, as means over the images of each folder."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir evaluate --bundle denoise-color-25-s --images CBSD68 Kodak24 --adaptive 1.00,1.05",
            "  flexir evaluate --bundle denoise-color-25-s --images CBSD68 --pointer 4 --csv cbsd68.csv --plot cbsd68.svg",
            "  flexir evaluate --bundle BUNDLE --images PHOTOS --no-reference --pointer 6 --save restored"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Mixin private BundleOptions bundle;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            arity = "1..*",
            required = true,
            description = "Folders of clean images: PNG, JPEG, BMP, TIFF or WebP.")
    private List<Path> folders;

    @Mixin private WayOptions wayOptions;

    @Mixin private ConditionOptions conditionOptions;

    @Option(
            names = "--tile",
            paramLabel = "SIZE",
            converter = TilingConverter.class,
            description =
                    "Cut images of regular inference into tiles of up to SIZE x SIZE pixels, halo included, or leave them whole; as the worker does it if left out.")
    private @Nullable Tiling tiling;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Threads that the network is computed with; 0 is one a processor (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private DeviceOption device;

    @Mixin private ReportOptions reports;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        reports.check(conditionOptions.isWithoutReference());
        List<ImageSet> sets = folders.stream().map(ImageSet::of).toList();
        requireNames(sets);
        try (ModelRunner model =
                ModelRunner.open(bundle.directory(), tiling(), device.settings(threads()))) {
            StopSignal signal = StopSignal.cuttingOff(model::stop);
            BundleManifest manifest = model.manifest();
            List<Candidate.Restored> ways = wayOptions.ways(manifest);
            List<Condition> conditions = conditionOptions.conditions(manifest);
            PrintWriter people = reports.people();
            EvaluationHeading.lines(manifest, tiling(), threads(), conditions)
                    .forEach(people::println);
            people.flush();
            List<Row> rows = evaluate(model, sets, ways, conditions, signal);
            people.println();
            EvaluationTable.lines(rows).forEach(people::println);
            people.flush();
            reports.write(manifest.name(), rows);
        }
        return ExitCode.DONE;
    }

    private List<Row> evaluate(
            ModelRunner model,
            List<ImageSet> sets,
            List<Candidate.Restored> ways,
            List<Condition> conditions,
            StopSignal signal) {
        int images = sets.stream().mapToInt(set -> set.files().size()).sum();
        int all = images * ways.size() * Math.max(1, conditions.size());
        try (ReportOptions.Live live = reports.live();
                EvaluationProgress progress =
                        new EvaluationProgress(
                                spec.commandLine().getErr(), Terminal.isInteractive(), all)) {
            Evaluation evaluation =
                    new Evaluation(model, ways, result -> take(result, live, progress));
            return conditionOptions.isWithoutReference()
                    ? evaluation.restore(sets)
                    : evaluation.compare(sets, conditions);
        } catch (CancellationException _) {
            signal.await();
            return List.of();
        }
    }

    private static void take(Result result, ReportOptions.Live live, EvaluationProgress progress) {
        live.take(result);
        progress.take(result);
    }

    /** Rows and saved images are told apart by them. */
    private void requireNames(List<ImageSet> sets) {
        if (sets.stream().map(ImageSet::name).distinct().count() < sets.size()) {
            throw new ParameterException(
                    spec.commandLine(), "--images must be folders of different names");
        }
    }

    private Tiling tiling() {
        return tiling == null ? Tiling.DEFAULT : tiling;
    }

    private int threads() {
        if (threads < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--threads must be 0 or more, is " + threads);
        }
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
