package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat.Container;
import io.flexir.contracts.work.Failure;
import io.flexir.worker.image.EncodeResult;
import io.flexir.worker.image.EncodedImage;
import io.flexir.worker.image.ImageEncoder;
import io.flexir.worker.image.ImageFormat;
import io.flexir.worker.image.OutputFormat;
import io.flexir.worker.image.PixelImage;
import io.flexir.worker.image.RefusalReason;
import io.flexir.worker.image.Refused;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.ResultLocation;
import io.flexir.worker.storage.StoreOutcome;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** From restored pixels to a stored result. */
final class OutputSteps {
    private static final double NANOS = 1e9;

    private final ObjectStore store;
    private final OutageHold hold;
    private final FinishForecast forecast;
    private final LongSupplier nanoTime;

    OutputSteps(
            ObjectStore store, OutageHold hold, FinishForecast forecast, LongSupplier nanoTime) {
        this.store = store;
        this.hold = hold;
        this.forecast = forecast;
        this.nanoTime = nanoTime;
    }

    Step<ResultFile> encode(Job job, RestoredPicture picture) {
        PixelImage pixels = picture.pixels();
        OutputFormat format =
                format(
                        job.request().output(),
                        picture.account().origin().format(),
                        pixels.width(),
                        pixels.height());
        return job.during(
                Phase.ENCODING,
                () -> {
                    LeftOvers.collectBefore((long) pixels.width() * pixels.height());
                    EncodeResult result = ImageEncoder.encode(pixels, format);
                    return switch (result) {
                        case EncodedImage file -> Step.done(result(picture, file));
                        case Refused(RefusalReason reason, String sentence) ->
                                Step.ended(JobEnd.rejected(InputSteps.reasonOf(reason), sentence));
                    };
                });
    }

    /**
     * How a result of this size is written. PNG stands in for the input's own format where that
     * cannot hold it; for one that was asked for by name it does not.
     */
    static OutputFormat format(
            io.flexir.contracts.request.OutputFormat wanted,
            ImageFormat input,
            int width,
            int height) {
        ImageFormat format =
                named(wanted.container())
                        .orElseGet(
                                () ->
                                        ImageEncoder.refusalOf(input, width, height).isEmpty()
                                                ? input
                                                : ImageFormat.PNG);
        return OutputFormat.of(format, wanted.quality());
    }

    /** The format that is asked for by name; none for the input's own. */
    static Optional<ImageFormat> named(Container wanted) {
        return switch (wanted) {
            case PNG -> Optional.of(ImageFormat.PNG);
            case JPEG -> Optional.of(ImageFormat.JPEG);
            case TIFF -> Optional.of(ImageFormat.TIFF);
            case BMP -> Optional.of(ImageFormat.BMP);
            case SAME -> Optional.empty();
        };
    }

    private static ResultFile result(RestoredPicture picture, EncodedImage file) {
        PixelImage pixels = picture.pixels();
        return new ResultFile(
                picture.account(),
                new ImageSize(pixels.width(), pixels.height()),
                file,
                sha256(file));
    }

    private static String sha256(EncodedImage file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            file.digest(digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Writes the result. Its key names its bytes, so that whoever writes it again writes the same.
     */
    Step<ResultFile> store(Job job, ResultLocation location, ResultFile result) {
        ObjectReference key = location.result(result.sha256(), result.file().extension());
        AtomicLong answeredIn = new AtomicLong();
        return job.during(Phase.STORING, () -> write(job, key, result.file(), answeredIn))
                .then(outcome -> stored(outcome, result))
                .then(
                        stored -> {
                            learn(job, stored.size(), answeredIn.get() / NANOS);
                            return Step.done(stored);
                        });
    }

    /**
     * @param answeredIn takes the nanoseconds of the request that was answered: outages before it
     *     say nothing of how long storing takes
     */
    private Step<StoreOutcome> write(
            Job job, ObjectReference key, EncodedImage file, AtomicLong answeredIn) {
        byte[] bytes = file.bytes();
        return hold.ask(
                job,
                () -> {
                    long start = nanoTime.getAsLong();
                    StoreOutcome outcome =
                            store.store(
                                    key, bytes, file.contentType(), ObjectStore.Existing.REPLACE);
                    answeredIn.set(nanoTime.getAsLong() - start);
                    return outcome;
                },
                OutputSteps::outage);
    }

    static Optional<String> outage(StoreOutcome outcome) {
        return outcome instanceof StoreOutcome.Unavailable(String detail)
                ? Optional.of(detail)
                : Optional.empty();
    }

    private static Step<ResultFile> stored(StoreOutcome outcome, ResultFile result) {
        return switch (outcome) {
            case StoreOutcome.Stored _, StoreOutcome.AlreadyThere _ -> Step.done(result);
            case StoreOutcome.Refused(String detail) ->
                    Step.ended(
                            JobEnd.failed(
                                    Failure.Reason.STORAGE,
                                    "The result could not be stored: " + detail));
            case StoreOutcome.Unavailable(String detail) ->
                    throw new IllegalStateException("an outage is no answer: " + detail);
        };
    }

    private void learn(Job job, ImageSize size, double storing) {
        forecast.learn(size.pixels(), job.times().seconds(Phase.ENCODING) + storing);
    }
}
