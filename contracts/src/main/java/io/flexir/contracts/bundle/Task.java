package io.flexir.contracts.bundle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.Require;

/** What a model restores. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Task.Denoise.class, name = "denoise"),
    @JsonSubTypes.Type(value = Task.Jpeg.class, name = "jpeg"),
    @JsonSubTypes.Type(value = Task.SuperResolution.class, name = "super-resolution")
})
public sealed interface Task {
    /**
     * Removes additive white Gaussian noise.
     *
     * @param sigmaMin smallest standard deviation it was trained for, in levels of 0..255
     * @param sigmaMax largest one; the same as the smallest for a model of one level
     */
    record Denoise(double sigmaMin, double sigmaMax) implements Task {
        public Denoise {
            Require.between("sigmaMin", sigmaMin, 0.0, 255.0);
            Require.between("sigmaMax", sigmaMax, sigmaMin, 255.0);
        }
    }

    /** Removes artefacts of JPEG files saved with a quality in this range. */
    record Jpeg(int qualityMin, int qualityMax) implements Task {
        public Jpeg {
            Require.between("qualityMin", qualityMin, 1, 100);
            Require.between("qualityMax", qualityMax, qualityMin, 100);
        }
    }

    /** Enlarges real photographs. */
    record SuperResolution() implements Task {}
}
