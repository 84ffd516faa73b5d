package io.flexir.ops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.bench.image.Raster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code src/test/python/golden.py} computed by NumPy, Pillow and scikit-image. */
public final class Golden {

    private static final JsonNode ROOT = read();

    private Golden() {}

    /** A picture that is a formula. */
    public static Raster clean() {
        return picture(ROOT.path("clean"), width(), height(), 3);
    }

    /** The same with an error of some levels. */
    public static Raster changed() {
        return picture(ROOT.path("changed"), width(), height(), 3);
    }

    public static int width() {
        return ROOT.path("width").asInt();
    }

    public static int height() {
        return ROOT.path("height").asInt();
    }

    public static double figure(String name) {
        return ROOT.required(name).asDouble();
    }

    /** Entries of a list. */
    public static Stream<JsonNode> each(String name) {
        return StreamSupport.stream(ROOT.required(name).spliterator(), false);
    }

    /** 8-bit samples, [height, width, channels], as floats. */
    public static Raster picture(JsonNode base64, int width, int height, int channels) {
        try {
            byte[] samples = base64.binaryValue();
            float[][] planes = new float[channels][width * height];
            for (int i = 0; i < samples.length; i++) {
                planes[i % channels][i / channels] = Byte.toUnsignedInt(samples[i]) / 255f;
            }
            return new Raster(width, height, planes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many 8-bit samples differ by how many levels: index 0 counts the equal ones. */
    public static int[] differences(Raster one, Raster other) {
        int[] counts = new int[256];
        for (int plane = 0; plane < one.planes().length; plane++) {
            for (int i = 0; i < one.planes()[plane].length; i++) {
                float difference = one.planes()[plane][i] - other.planes()[plane][i];
                counts[Math.abs(Math.round(difference * 255))]++;
            }
        }
        return counts;
    }

    private static JsonNode read() {
        try (InputStream file = Golden.class.getResourceAsStream("golden.json")) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
