package io.flexir.scheduler.costs;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one image cost, and what it would have cost at each fixed pointer.
 *
 * @param at when it was settled
 * @param key whose it is, and of what kind
 * @param used what it cost
 * @param estimated whether its energy was estimated, not measured
 * @param fixed by pointer 1..n, regular inference; what it cost where its model is not known
 */
record ImageCost(Instant at, CostKey key, Use used, boolean estimated, List<Use> fixed) {
    private static final String MEASURED = "rapl|nvml";

    /**
     * @param model that restored it, if it is still known
     */
    static ImageCost of(Outcome.Restored restored, Optional<BundleManifest> model) {
        Receipt receipt = restored.receipt();
        Use used =
                new Use(receipt.gigaMacs(), receipt.seconds().total(), receipt.energy().joules());
        return new ImageCost(
                restored.finishedAt(),
                new CostKey(
                        restored.tenant(),
                        model.map(known -> kind(known.task())).orElse(CostKey.UNKNOWN),
                        Math.toIntExact(Math.round(receipt.meanPointer())),
                        deviceClass(receipt.device())),
                used,
                !receipt.energy().method().matches(MEASURED),
                model.map(known -> fixed(receipt, known, used)).orElseGet(() -> List.of(used)));
    }

    private static List<Use> fixed(Receipt receipt, BundleManifest model, Use used) {
        return IntStream.rangeClosed(1, model.n())
                .mapToObj(pointer -> at(fixedGigaMacs(receipt, model, pointer), receipt, used))
                .toList();
    }

    /** The network takes more or less of the time, and of the energy, all else as it was. */
    private static Use at(double gigaMacs, Receipt receipt, Use used) {
        double share = used.gigaMacs() > 0 ? gigaMacs / used.gigaMacs() : 1;
        double seconds = used.seconds() + receipt.seconds().inference() * (share - 1);
        double ofAll = used.seconds() > 0 ? seconds / used.seconds() : share;
        return new Use(gigaMacs, seconds, used.joules() * ofAll);
    }

    /**
     * A regular run of one depth says exactly what other depths cost, halo and padding included:
     * the pixels that are fed are the same. After an adaptive one they are those of the padded
     * image, without halo.
     */
    private static double fixedGigaMacs(Receipt receipt, BundleManifest model, int pointer) {
        double macsPerPixel = model.macsPerPixel(pointer);
        int reached = receipt.deepestPointer();
        boolean plain =
                receipt.inference() instanceof Inference.Regular
                        && reached <= model.n()
                        && receipt.regions().stream()
                                .mapToInt(RegionReceipt::pointer)
                                .allMatch(each -> each == reached);
        return plain
                ? receipt.gigaMacs() * macsPerPixel / model.macsPerPixel(reached)
                : paddedPixels(receipt.inputSize(), model.grid()) * macsPerPixel / 1e9;
    }

    private static double paddedPixels(ImageSize size, int grid) {
        return Math.ceilDiv(size.width(), grid)
                * (double) grid
                * Math.ceilDiv(size.height(), grid)
                * grid;
    }

    private static String deviceClass(String device) {
        int colon = device.indexOf(':');
        return colon < 0 ? device : device.substring(0, colon);
    }

    private static String kind(Task task) {
        return switch (task) {
            case Task.Denoise _ -> "denoise";
            case Task.Jpeg _ -> "jpeg";
            case Task.SuperResolution _ -> "super-resolution";
        };
    }
}
