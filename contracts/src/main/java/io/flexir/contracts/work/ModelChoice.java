package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.Require;

import org.jspecify.annotations.Nullable;

/**
 * Why a job that named no model got the one it got.
 *
 * @param noiseSigma standard deviation of the noise, in levels of 0..255
 * @param jpegQuality quality on the scale of the Independent JPEG Group, 1 to 100; none where the
 *     input is no JPEG file
 * @param reason what spoke for the model
 */
public record ModelChoice(Estimate noiseSigma, @Nullable Estimate jpegQuality, Reason reason) {
    public ModelChoice {
        Require.present("noiseSigma", noiseSigma);
        Require.between("noiseSigma.value", noiseSigma.value(), 0, 255);
        if (jpegQuality != null) {
            Require.between("jpegQuality.value", jpegQuality.value(), 1, 100);
        }
        Require.present("reason", reason);
    }

    /**
     * Something that was estimated of the input.
     *
     * @param estimator by which method
     */
    public record Estimate(String estimator, double value) {
        public Estimate {
            Require.text("estimator", estimator, 64);
            Require.between("value", value, -1e9, 1e9);
        }
    }

    /** What spoke for a model. */
    public enum Reason {
        /** The file is a JPEG of a quality that the model was trained for. */
        @JsonProperty("jpeg-artefacts")
        JPEG_ARTEFACTS,
        /** The noise is of the one level that the model was trained for. */
        @JsonProperty("noise-of-its-level")
        NOISE_OF_ITS_LEVEL,
        /**
         * A JPEG file with subsampled chroma kept the luma part of noise near the one level that
         * the model was trained for.
         */
        @JsonProperty("noise-left-by-jpeg")
        NOISE_LEFT_BY_JPEG,
        /** The noise lies in the range of levels that the model was trained for. */
        @JsonProperty("noise-in-its-range")
        NOISE_IN_ITS_RANGE,
        /** There is more noise than any model was trained for: it is the one that comes nearest. */
        @JsonProperty("noise-beyond-its-range")
        NOISE_BEYOND_ITS_RANGE,
        /**
         * As little noise as texture may feign: the model was trained with images without noise.
         */
        @JsonProperty("little-noise")
        LITTLE_NOISE
    }
}
