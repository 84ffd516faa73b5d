package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.Rejection;
import io.flexir.worker.image.Decoded;
import io.flexir.worker.image.ImageDecoder;
import io.flexir.worker.image.ImageFile;
import io.flexir.worker.image.ImageHeader;
import io.flexir.worker.image.PixelImage;
import io.flexir.worker.image.RefusalReason;
import io.flexir.worker.image.Refused;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;

import java.util.Optional;

/** From an object reference to pixels. */
final class InputSteps {
    private final ObjectStore store;
    private final OutageHold hold;
    private final ImageDecoder decoder;
    private final long maxBytes;

    InputSteps(ObjectStore store, OutageHold hold, ImageDecoder decoder, long maxBytes) {
        this.store = store;
        this.hold = hold;
        this.decoder = decoder;
        this.maxBytes = maxBytes;
    }

    Step<FetchOutcome.Fetched> fetch(Job job) {
        ObjectReference input = job.request().input();
        return job.during(
                        Phase.FETCHING,
                        () -> hold.ask(job, () -> store.fetch(input, maxBytes), InputSteps::outage))
                .then(InputSteps::fetched);
    }

    private static Optional<String> outage(FetchOutcome outcome) {
        return outcome instanceof FetchOutcome.Unavailable(String detail)
                ? Optional.of(detail)
                : Optional.empty();
    }

    private static Step<FetchOutcome.Fetched> fetched(FetchOutcome outcome) {
        return switch (outcome) {
            case FetchOutcome.Fetched fetched -> Step.done(fetched);
            case FetchOutcome.Missing() ->
                    rejected(
                            Rejection.Reason.INPUT_MISSING,
                            "The input does not exist in the object store.");
            case FetchOutcome.Changed() ->
                    rejected(
                            Rejection.Reason.INPUT_CHANGED,
                            "The input was replaced or deleted after the job was submitted. Submit it again.");
            case FetchOutcome.TooLarge(long bytes, long limit) ->
                    rejected(
                            Rejection.Reason.TOO_LARGE,
                            "The file has "
                                    + bytes
                                    + " bytes or more; at most "
                                    + limit
                                    + " are accepted (limit max-input-bytes).");
            case FetchOutcome.Denied(String detail) ->
                    rejected(
                            Rejection.Reason.ACCESS_DENIED,
                            "The object store does not let the input be read: " + detail);
            case FetchOutcome.Unavailable(String detail) ->
                    throw new IllegalStateException("an outage is no answer: " + detail);
        };
    }

    /** Reads the header, and holds it against the limits. */
    Step<ImageFile> open(Job job, FetchOutcome.Fetched fetched) {
        return job.during(
                Phase.DECODING,
                () ->
                        switch (decoder.open(fetched.bytes())) {
                            case ImageFile file -> Step.done(file);
                            case Refused(RefusalReason reason, String sentence) ->
                                    rejected(reasonOf(reason), sentence);
                        });
    }

    Step<Picture> decode(Job job, FetchOutcome.Fetched fetched, ImageFile file) {
        ObjectReference read =
                job.request()
                        .input()
                        .pinnedTo(
                                job.request().input().versionId(),
                                fetched.etag().isEmpty() ? null : fetched.etag());
        return job.during(Phase.DECODING, () -> picture(read, fetched.bytes().length, file));
    }

    private static Step<Picture> picture(ObjectReference read, long bytes, ImageFile file) {
        return switch (file.decode()) {
            case Decoded(ImageHeader header, PixelImage pixels) -> {
                ImageSize size = new ImageSize(pixels.width(), pixels.height());
                yield Step.done(
                        new Picture(new Origin(read, bytes, header.format(), size), pixels));
            }
            case Refused(RefusalReason reason, String sentence) ->
                    rejected(reasonOf(reason), sentence);
        };
    }

    /** How a refusal of the image is called on the wire. */
    static Rejection.Reason reasonOf(RefusalReason reason) {
        return switch (reason) {
            case UNKNOWN_FORMAT -> Rejection.Reason.UNKNOWN_FORMAT;
            case UNSUPPORTED -> Rejection.Reason.UNSUPPORTED_IMAGE;
            case CORRUPT -> Rejection.Reason.CORRUPT_IMAGE;
            case TOO_LARGE -> Rejection.Reason.TOO_LARGE;
        };
    }

    private static <T> Step<T> rejected(Rejection.Reason reason, String detail) {
        return Step.ended(JobEnd.rejected(reason, detail));
    }
}
