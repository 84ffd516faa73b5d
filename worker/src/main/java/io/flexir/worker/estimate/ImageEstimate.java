package io.flexir.worker.estimate;

import java.util.Optional;

/**
 * What is estimated of an image.
 *
 * @param noiseSigma standard deviation of the noise, in levels of 0..255
 * @param jpeg none where the file is no JPEG
 */
public record ImageEstimate(double noiseSigma, Optional<Jpeg> jpeg) {
    /** Estimates. */
    public static ImageEstimate of(byte[] file, ImageView image) {
        return new ImageEstimate(
                NoiseEstimator.sigma(image),
                JpegTables.of(file)
                        .map(
                                tables ->
                                        new Jpeg(
                                                JpegQuality.nearest(tables.luma()),
                                                tables.chromaSubsampled())));
    }

    /**
     * How a JPEG file was saved.
     *
     * @param quality 1 to 100
     * @param chromaSubsampled whether colour has fewer pixels than brightness: then noise in it is
     *     gone
     */
    public record Jpeg(int quality, boolean chromaSubsampled) {}
}
