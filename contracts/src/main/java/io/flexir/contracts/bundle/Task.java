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
     * @param sigma its standard deviation, in levels of 0..255
     */
    record Denoise(double sigma) implements Task {
        public Denoise {
            Require.between("sigma", sigma, 0.0, 255.0);
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
