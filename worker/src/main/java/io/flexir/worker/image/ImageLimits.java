package io.flexir.worker.image;

import java.time.Duration;
import java.util.Optional;

/**
 * What an image may cost before it is refused.
 *
 * @param maxBytes length of the file, bytes
 * @param maxPixels width times height of the input
 * @param maxFrames pictures in one file
 * @param maxOutputPixels width times height of the result
 * @param maxDecoding processor time that its pixels may take
 */
public record ImageLimits(
        long maxBytes, long maxPixels, int maxFrames, long maxOutputPixels, Duration maxDecoding) {
    /** 64 MiB, 50 megapixels, one frame, a minute; results up to 200 megapixels. */
    public static final ImageLimits DEFAULT =
            new ImageLimits(64L << 20, 50_000_000, 1, 200_000_000, Duration.ofSeconds(60));

    /** Samples of one image lie in one array: four channels must fit into its index. */
    private static final long INDEXABLE_PIXELS = Integer.MAX_VALUE / 4 - 16;

    /** No message states more, such as a receipt. */
    private static final int MAX_SIDE = 1_000_000;

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxFrames < 1 || maxOutputPixels < maxPixels) {
            throw new IllegalArgumentException(
                    "limits must be positive, and results no smaller than inputs");
        }
        if (!maxDecoding.isPositive()) {
            throw new IllegalArgumentException("the time to decode must be positive");
        }
        if (maxOutputPixels > INDEXABLE_PIXELS) {
            throw new IllegalArgumentException(
                    "maxOutputPixels must be at most " + INDEXABLE_PIXELS);
        }
    }

    /** Why a file of this length is not opened; empty when it may be. */
    public Optional<Refused> refusalOfLength(long bytes) {
        if (bytes == 0) {
            return Optional.of(new Refused(RefusalReason.CORRUPT, "The file is empty."));
        }
        if (bytes <= maxBytes) {
            return Optional.empty();
        }
        return tooLarge(
                "The file has %d bytes; at most %d are accepted (limit max-input-bytes). Send a smaller or more compressed image."
                        .formatted(bytes, maxBytes));
    }

    /** Why an image with this header is not decoded; empty when it may be. */
    public Optional<Refused> refusalOf(ImageHeader header) {
        if (header.width() < 1 || header.height() < 1) {
            return Optional.of(
                    new Refused(
                            RefusalReason.CORRUPT,
                            "The header gives a size of %d x %d pixels; an image has at least 1 x 1."
                                    .formatted(header.width(), header.height())));
        }
        if (header.frames() > maxFrames) {
            return Optional.of(
                    new Refused(
                            RefusalReason.UNSUPPORTED,
                            "The file holds %d frames or pages; at most %d are accepted. Send each as"
                                            .formatted(header.frames(), maxFrames)
                                    + " a still image of its own."));
        }
        if (header.pixels() > maxPixels) {
            return tooLarge(
                    "The image is %d x %d pixels; at most %d pixels in all are accepted (limit max-pixels). Send a smaller image or parts of it."
                            .formatted(header.width(), header.height(), maxPixels));
        }
        if (header.longerSide() > MAX_SIDE) {
            return tooLarge(
                    "The image is %d x %d pixels; a side of at most %d is accepted. Send parts of it."
                            .formatted(header.width(), header.height(), MAX_SIDE));
        }
        return Optional.empty();
    }

    /** Why this image cannot be enlarged so far; empty when it can. */
    public Optional<Refused> refusalOfScale(ImageHeader header, int scale) {
        long pixels = header.pixels() * scale * scale;
        if (pixels > maxOutputPixels) {
            return tooLarge(
                    "The result would have %d pixels (scale %d); at most %d are made (limit max-output-pixels). Send a smaller image."
                            .formatted(pixels, scale, maxOutputPixels));
        }
        long side = (long) header.longerSide() * scale;
        return side <= MAX_SIDE
                ? Optional.empty()
                : tooLarge(
                        "The result would have a side of %d pixels (scale %d); at most %d are made. Send parts of the image."
                                .formatted(side, scale, MAX_SIDE));
    }

    private static Optional<Refused> tooLarge(String sentence) {
        return Optional.of(new Refused(RefusalReason.TOO_LARGE, sentence));
    }
}
