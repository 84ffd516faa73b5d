package io.flexir.ops.local.demo;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.quality.Psnr;
import io.flexir.ops.local.quality.RgbImage;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of one photo. The receipt is the scheduler's, as it was.
 *
 * @param clean the photo before noise
 * @param restored null if the job did not succeed
 * @param exits regions by the pointer at which they ended, in the order of pointers; empty if the
 *     job did not succeed
 * @param psnr null if the job did not succeed
 */
public record DemoRow(
        String photo,
        String jobId,
        JobState state,
        String clean,
        String noisy,
        @Nullable String restored,
        Map<Integer, Long> exits,
        @Nullable Gain psnr,
        Job.@Nullable Receipt receipt,
        Job.@Nullable Problem problem) {

    public DemoRow {
        // Not Map.copyOf, which forgets the order.
        exits = new TreeMap<>(exits);
    }

    /** PSNR against the clean photo before and after, in dB. */
    public record Gain(double noisy, double restored, double gain) {}

    static DemoRow restored(
            Photo photo, Path noisyFile, Path restoredFile, RgbImage restored, Job job) {
        double before = Psnr.of(photo.clean(), photo.noisy());
        double after = Psnr.of(photo.clean(), restored);
        return new DemoRow(
                photo.name(),
                job.id(),
                job.state(),
                photo.file().toString(),
                noisyFile.toString(),
                restoredFile.toString(),
                exits(job.receipt()),
                new Gain(before, after, after - before),
                job.receipt(),
                null);
    }

    static DemoRow notRestored(Photo photo, Path noisyFile, Job job) {
        return new DemoRow(
                photo.name(),
                job.id(),
                job.state(),
                photo.file().toString(),
                noisyFile.toString(),
                null,
                Map.of(),
                null,
                null,
                job.problem());
    }

    private static Map<Integer, Long> exits(Job.@Nullable Receipt receipt) {
        List<RegionReceipt> regions =
                receipt == null || receipt.regions() == null ? List.of() : receipt.regions();
        return regions.stream()
                .collect(Collectors.groupingBy(RegionReceipt::pointer, Collectors.counting()));
    }
}
