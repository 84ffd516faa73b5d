package io.flexir.contracts.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.RestorationRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code manifest.json} of a bundle: one trained model. Its SHA-256 is the bundle's digest, and it
 * pins every graph.
 *
 * @param format always {@value #FORMAT}
 * @param name name of the bundle, such as {@code denoise-color-25-s}
 * @param version version of the weights
 * @param task what it restores
 * @param size {@code s} or {@code full}
 * @param layout how the graphs are cut: {@code staged} is stem, one graph a stage, one a branch
 * @param channels image channels of the graphs
 * @param scale output pixels per input pixel, per axis
 * @param embedding channels of the features
 * @param heads attention heads
 * @param window attention window in feature pixels
 * @param unshuffle image pixels per feature pixel, per axis
 * @param n number of B-RSTBs, the largest pointer
 * @param depths Swin layers of each B-RSTB
 * @param grid image pixels that height and width of a fed image are multiples of: {@code window *
 *     unshuffle}
 * @param valueRange smallest and largest pixel value
 * @param exitPoints pointers at which adaptive inference may stop, ascending, each under {@code n}
 * @param region regions of adaptive inference
 * @param scoreBase median full-depth score over calibration regions of this region size
 * @param payoff what another stage is expected to gain, for the rule of that name; null where it
 *     was not calibrated
 * @param stem the graph before the first B-RSTB
 * @param stages the B-RSTBs, 1..n
 * @param branches the heads, 1..n
 * @param tensors names of the graphs' inputs and outputs
 * @param calibration what was measured on images that were neither trained nor tested on
 * @param provenance free-form: data, licences, training time, hardware
 */
public record BundleManifest(
        String format,
        String name,
        String version,
        Task task,
        String size,
        String layout,
        int channels,
        int scale,
        int embedding,
        int heads,
        int window,
        int unshuffle,
        int n,
        List<Integer> depths,
        int grid,
        List<Double> valueRange,
        List<Integer> exitPoints,
        Region region,
        double scoreBase,
        @JsonProperty("payoffTable") @Nullable Payoff payoff,
        Graph stem,
        List<Graph> stages,
        List<Graph> branches,
        Tensors tensors,
        Calibration calibration,
        Map<String, Object> provenance) {
    /** The only format that this version reads. */
    public static final String FORMAT = "flexir-bundle/1";

    public BundleManifest {
        Require.that(FORMAT.equals(format), "format", "must be " + FORMAT + ", is " + format);
        Require.name("name", name, 128);
        Require.that(
                !name.equals(RestorationRequest.AUTOMATIC),
                "name",
                "must not be " + RestorationRequest.AUTOMATIC + ", which stands for any model");
        Require.text("version", version, 64);
        Require.present("task", task);
        Require.text("size", size, 32);
        Require.that("staged".equals(layout), "layout", "must be staged, is " + layout);
        Require.between("channels", channels, 1, 4);
        Require.between("scale", scale, 1, 8);
        Require.between("embedding", embedding, 1, 4096);
        Require.between("heads", heads, 1, 256);
        Require.between("window", window, 1, 64);
        Require.between("unshuffle", unshuffle, 1, 16);
        Require.between("n", n, 1, Depth.MAX_POINTER);
        depths = Require.list("depths", depths, Depth.MAX_POINTER);
        Require.that(grid == window * unshuffle, "grid", "must be window * unshuffle, is " + grid);
        valueRange = Require.list("valueRange", valueRange, 2);
        Require.that(valueRange.equals(List.of(0.0, 1.0)), "valueRange", "must be [0, 1]");
        exitPoints = Require.list("exitPoints", exitPoints, Depth.MAX_POINTER);
        Require.that(
                ascendingWithin(exitPoints, n), "exitPoints", "must ascend within 1.." + (n - 1));
        Require.present("region", region);
        Require.that(
                region.size() % grid == 0 && region.halo() % grid == 0,
                "region",
                "must lie on the grid");
        Require.between("scoreBase", scoreBase, 0.0, 1e9);
        Require.present("stem", stem);
        stages = Require.list("stages", stages, Depth.MAX_POINTER);
        branches = Require.list("branches", branches, Depth.MAX_POINTER);
        requireOnePerStage("depths", depths, n);
        requireOnePerStage("stages", stages, n);
        requireOnePerStage("branches", branches, n);
        if (payoff != null) {
            requireOnePerStep(payoff, n);
            Require.that(
                    payoff.cell() % grid == 0, "payoff.cell", "must lie on the grid of " + grid);
        }
        Require.present("tensors", tensors);
        Require.present("calibration", calibration);
        requireOnePerStage("calibration.psnr", calibration.psnr(), n);
        provenance = Require.map("provenance", provenance, 100);
    }

    /** Every graph: stem, stages, branches. */
    public List<Graph> graphs() {
        return Stream.of(Stream.of(stem), stages.stream(), branches.stream())
                .flatMap(graphs -> graphs)
                .toList();
    }

    /** Multiply-adds per fed pixel of a run to {@code pointer} with that branch alone. */
    public double macsPerPixel(int pointer) {
        double stagesMacs =
                stages.subList(0, pointer).stream().mapToDouble(Graph::macsPerPixel).sum();
        return stem.macsPerPixel() + stagesMacs + branches.get(pointer - 1).macsPerPixel();
    }

    /**
     * Whether a job that names no model may get this one: it takes colour images and leaves their
     * size as it is.
     */
    public boolean suitsAutomaticChoice() {
        boolean keepsSize =
                switch (task) {
                    case Task.Denoise _, Task.Jpeg _ -> scale == 1;
                    case Task.SuperResolution _ -> false;
                };
        return keepsSize && channels == 3;
    }

    private static boolean ascendingWithin(List<Integer> points, int n) {
        int previous = 0;
        for (int point : points) {
            if (point <= previous || point >= n) {
                return false;
            }
            previous = point;
        }
        return true;
    }

    private static void requireOnePerStep(Payoff payoff, int n) {
        Require.that(
                payoff.gains().size() == n - 1,
                "payoff.gains",
                "must have n - 1 = " + (n - 1) + " rows, has " + payoff.gains().size());
    }

    private static void requireOnePerStage(String field, List<?> values, int n) {
        Require.that(
                values.size() == n, field, "must have n = " + n + " entries, has " + values.size());
    }

    /**
     * One ONNX file.
     *
     * @param file name within the bundle's directory
     * @param sha256 digest of the file
     * @param bytes its size
     * @param params trained parameters in it
     * @param macsPerPixel true multiply-adds per pixel of the image that is fed, padding included
     */
    public record Graph(String file, String sha256, long bytes, long params, double macsPerPixel) {
        public Graph {
            Require.name("file", file, 128);
            Require.sha256("sha256", sha256);
            Require.between("bytes", bytes, 1L, 1L << 34);
            Require.between("params", params, 0L, 1L << 40);
            Require.between("macsPerPixel", macsPerPixel, 0.0, 1e12);
        }
    }

    /**
     * Regions of adaptive inference, in input pixels.
     *
     * @param size width and height of a region's core
     * @param halo pixels read beyond the core on each side
     */
    public record Region(int size, int halo) {
        public Region {
            Require.between("size", size, 1, 1 << 16);
            Require.between("halo", halo, 0, 1 << 12);
        }
    }

    /**
     * What squared error a part of an image is expected to have, and what going one stage deeper
     * takes off it, told from the input alone: from the gradient energy of its luma. In squared
     * gray levels (0 to 255) a pixel; linear between two energies, constant beyond the last.
     *
     * @param cell side of the square parts that it was measured on, in input pixels
     * @param energies logarithms of gradient energy, ascending
     * @param errors by energy, at pointer 1
     * @param gains by pointer from which the step is taken, 1..n-1, and energy
     */
    public record Payoff(
            int cell, List<Double> energies, List<Double> errors, List<List<Double>> gains) {
        private static final int MAX_ENERGIES = 1024;
        private static final double MAX_ERROR = 255.0 * 255.0;

        public Payoff {
            Require.between("cell", cell, 1, 1 << 16);
            energies = Require.list("energies", energies, MAX_ENERGIES);
            Require.that(ascending(energies), "energies", "must not be empty and must ascend");
            errors = Require.list("errors", errors, MAX_ENERGIES);
            Require.that(
                    errors.size() == energies.size(), "errors", "must have an error an energy");
            errors.forEach(error -> Require.between("errors", error, 0, MAX_ERROR));
            gains =
                    Require.list("gains", gains, Depth.MAX_POINTER).stream()
                            .map(row -> Require.list("gains", row, MAX_ENERGIES))
                            .toList();
            for (List<Double> row : gains) {
                Require.that(row.size() == energies.size(), "gains", "must have a gain an energy");
                row.forEach(gain -> Require.between("gains", gain, -MAX_ERROR, MAX_ERROR));
            }
        }

        private static boolean ascending(List<Double> values) {
            double previous = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                if (!(value > previous && Double.isFinite(value))) {
                    return false;
                }
                previous = value;
            }
            return !values.isEmpty();
        }
    }

    /** Names of the graphs' tensors. */
    public record Tensors(String image, String embedding, String features, String restored) {
        public Tensors {
            Require.text("image", image, 128);
            Require.text("embedding", embedding, 128);
            Require.text("features", features, 128);
            Require.text("restored", restored, 128);
            Require.that(
                    Stream.of(image, embedding, features, restored).distinct().count() == 4,
                    "image",
                    "and the other names must differ");
        }
    }

    /**
     * Quality on the calibration images.
     *
     * @param images how many; 0 when the bundle has not been calibrated
     * @param inputPsnr mean PSNR of the degraded inputs, in dB
     * @param psnr mean PSNR by pointer 1..n, in dB
     */
    public record Calibration(int images, double inputPsnr, List<Double> psnr) {
        public Calibration {
            Require.between("images", images, 0, 1_000_000);
            Require.between("inputPsnr", inputPsnr, 0.0, 200.0);
            psnr = Require.list("psnr", psnr, Depth.MAX_POINTER);
            psnr.forEach(decibels -> Require.between("psnr", decibels, 0.0, 200.0));
        }
    }
}
