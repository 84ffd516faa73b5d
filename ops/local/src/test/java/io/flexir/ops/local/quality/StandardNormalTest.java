package io.flexir.ops.local.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Holds the generator to values that NumPy wrote. */
class StandardNormalTest {

    private static final int COUNT = 200_000;

    @ParameterizedTest
    @MethodSource("raw")
    void gives_numpys_bits(Golden golden) {
        Pcg64 bits = new Pcg64(golden.seed);

        assertThat(golden.values)
                .allSatisfy(
                        expected ->
                                assertThat(Long.toHexString(bits.nextLong()))
                                        .isEqualTo(
                                                Long.toHexString(
                                                        Long.parseUnsignedLong(expected, 16))));
    }

    @ParameterizedTest
    @MethodSource("normal")
    void gives_numpys_first_normal_values(Golden golden) {
        StandardNormal normal = new StandardNormal(golden.seed);

        assertThat(golden.values)
                .allSatisfy(
                        expected ->
                                assertThat(normal.next()).isEqualTo(Double.parseDouble(expected)));
    }

    @ParameterizedTest
    @MethodSource("at")
    void gives_numpys_values_far_out_in_the_tail(Golden golden) {
        double[] values = first(golden.seed);

        assertThat(golden.values)
                .allSatisfy(
                        expected -> {
                            String[] indexAndValue = expected.split(":");
                            assertThat(values[Integer.parseInt(indexAndValue[0])])
                                    .isEqualTo(Double.parseDouble(indexAndValue[1]));
                        });
    }

    @ParameterizedTest
    @MethodSource("crc32")
    void gives_numpys_first_200_000_values_bit_for_bit(Golden golden) {
        ByteBuffer bytes = ByteBuffer.allocate(COUNT * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : first(golden.seed)) {
            bytes.putDouble(value);
        }

        CRC32 crc = new CRC32();
        crc.update(bytes.flip());

        assertThat(crc.getValue()).isEqualTo(Long.parseLong(golden.values.getFirst(), 16));
    }

    @Test
    void refuses_a_negative_seed() {
        assertThatThrownBy(() -> new StandardNormal(-1))
                .hasMessageContaining("seed must not be negative, was -1");
    }

    static Stream<Golden> raw() {
        return golden("raw");
    }

    static Stream<Golden> normal() {
        return golden("normal");
    }

    static Stream<Golden> at() {
        return golden("at");
    }

    static Stream<Golden> crc32() {
        return golden("crc32");
    }

    private static double[] first(long seed) {
        StandardNormal normal = new StandardNormal(seed);
        double[] values = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = normal.next();
        }
        return values;
    }

    private static Stream<Golden> golden(String kind) {
        try (InputStream file = StandardNormalTest.class.getResourceAsStream("numpy-normal.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith(kind + " "))
                    .map(line -> List.of(line.split(" ")))
                    .map(
                            words ->
                                    new Golden(
                                            Long.parseLong(words.get(1)),
                                            words.subList(2, words.size())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Golden(long seed, List<String> values) {
        @Override
        public String toString() {
            return "seed " + seed;
        }
    }
}
