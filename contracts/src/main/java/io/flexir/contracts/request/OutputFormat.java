package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;

/**
 * The file that a job's result is wanted as.
 *
 * @param container the file format, or the input's own
 * @param quality 1 to 100, for lossy containers; 92 when left out
 */
public record OutputFormat(Container container, @DefaultsTo("92") Integer quality) {
    /** Lossless PNG. */
    public static final OutputFormat PNG = new OutputFormat(Container.PNG, 92);

    @SuppressWarnings({"ConstantValue", "NullAway"})
    public OutputFormat {
        Require.present("container", container);
        quality = quality == null ? Integer.valueOf(92) : quality;
        Require.between("quality", quality, 1, 100);
    }

    /** File formats that can be written. */
    public enum Container {
        @JsonProperty("png")
        PNG,
        @JsonProperty("jpeg")
        JPEG,
        @JsonProperty("tiff")
        TIFF,
        @JsonProperty("bmp")
        BMP,
        /** The input's own format; PNG where that cannot be written, or not as large. */
        @JsonProperty("same")
        SAME
    }
}
