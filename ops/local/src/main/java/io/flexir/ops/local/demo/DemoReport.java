package io.flexir.ops.local.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What came of the demo, as {@value #FILE}. Every PSNR in it can be computed again from the files
 * that its rows name, and every noisy file from the clean one, sigma and seed.
 *
 * @param format name and version of this format
 * @param sigma of the noise, on the scale 0..255
 * @param wallSeconds from the first submission to the last file
 */
public record DemoReport(
        String format,
        Instant createdAt,
        String model,
        String modelDigest,
        Depth depth,
        double sigma,
        long seed,
        double wallSeconds,
        Totals totals,
        List<DemoRow> photos) {

    /** The name that the demo writes it under. */
    public static final String FILE = "report.json";

    private static final String FORMAT = "flexir-demo/1";
    private static final double NANOS = 1e9;

    public DemoReport {
        photos = List.copyOf(photos);
    }

    /**
     * Over the photos that were restored.
     *
     * @param meanGain in dB
     * @param leastGain in dB
     * @param workerSeconds seconds of all phases of all jobs
     */
    public record Totals(
            int restored,
            double gigaMacs,
            double workerSeconds,
            double meanGain,
            double leastGain) {

        static Totals of(List<DemoRow> rows) {
            List<Job.Receipt> receipts =
                    rows.stream().map(DemoRow::receipt).filter(Objects::nonNull).toList();
            List<DemoRow.Gain> gains =
                    rows.stream().map(DemoRow::psnr).filter(Objects::nonNull).toList();
            return new Totals(
                    gains.size(),
                    sum(receipts, Job.Receipt::gigaMacs),
                    sum(receipts, receipt -> receipt.seconds().total()),
                    gains.stream().mapToDouble(DemoRow.Gain::gain).average().orElse(0),
                    gains.stream().mapToDouble(DemoRow.Gain::gain).min().orElse(0));
        }

        private static double sum(
                List<Job.Receipt> receipts, ToDoubleFunction<Job.Receipt> figure) {
            return receipts.stream().mapToDouble(figure).sum();
        }
    }

    static DemoReport of(
            DemoSettings settings,
            Model model,
            Depth depth,
            List<DemoRow> rows,
            Duration wall,
            Instant now) {
        return new DemoReport(
                FORMAT,
                now,
                model.name(),
                model.digest(),
                depth,
                settings.noise().sigma(),
                settings.noise().seed(),
                wall.toNanos() / NANOS,
                Totals.of(rows),
                rows);
    }

    /** Whether every photo was restored. */
    @JsonIgnore
    public boolean complete() {
        return totals.restored() == photos.size();
    }

    /** Indented JSON, UTF-8. */
    public byte[] toJson() {
        try {
            String json =
                    MessageCodec.newMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(this);
            return (json + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report cannot be written as JSON", e);
        }
    }
}
