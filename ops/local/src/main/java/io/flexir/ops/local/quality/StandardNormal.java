package io.flexir.ops.local.quality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * {@code numpy.random.default_rng(seed).normal()}, value for value: the ziggurat of 256 layers (G.
 * Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random Variables", 2000) over
 * {@link Pcg64}. Not thread-safe.
 */
public final class StandardNormal {

    private static final Layers LAYERS = Layers.read();
    private static final long MANTISSA = 0x000fffffffffffffL;
    private static final double TAIL_START = 3.654152885361009;
    private static final double TAIL_START_INVERSE = 0.2736612373297583;

    private final Pcg64 bits;

    /**
     * @param seed not negative; equal seeds give equal sequences
     */
    public StandardNormal(long seed) {
        bits = new Pcg64(seed);
    }

    /** The next value of mean 0 and standard deviation 1. */
    public double next() {
        while (true) {
            long word = bits.nextLong();
            int layer = (int) (word & 0xff);
            boolean negative = (word >>> 8 & 1) != 0;
            long distance = word >>> 9 & MANTISSA;
            double value = distance * LAYERS.width[layer] * (negative ? -1 : 1);
            if (distance < LAYERS.inner[layer]) {
                return value;
            }
            if (layer == 0) {
                return tail((distance >>> 8 & 1) != 0);
            }
            double upper = LAYERS.density[layer - 1];
            double lower = LAYERS.density[layer];
            if ((upper - lower) * bits.nextDouble() + lower < Math.exp(-0.5 * value * value)) {
                return value;
            }
        }
    }

    private double tail(boolean negative) {
        while (true) {
            // log1p(-u) instead of log(u): u may be 0.
            double beyond = -TAIL_START_INVERSE * Math.log1p(-bits.nextDouble());
            double height = -Math.log1p(-bits.nextDouble());
            if (height + height > beyond * beyond) {
                return negative ? -(TAIL_START + beyond) : TAIL_START + beyond;
            }
        }
    }

    /** NumPy's own table: its last bits cannot be computed anew from the formulas. */
    private record Layers(long[] inner, double[] width, double[] density) {

        private static final String TABLE = "ziggurat-normal.txt";

        static Layers read() {
            List<String[]> lines = lines();
            return new Layers(
                    lines.stream().mapToLong(line -> Long.parseLong(line[0])).toArray(),
                    lines.stream().mapToDouble(line -> Double.parseDouble(line[1])).toArray(),
                    lines.stream().mapToDouble(line -> Double.parseDouble(line[2])).toArray());
        }

        private static List<String[]> lines() {
            InputStream table =
                    Objects.requireNonNull(StandardNormal.class.getResourceAsStream(TABLE), TABLE);
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
                return reader.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split(" "))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + TABLE + " from the class path", e);
            }
        }
    }
}
