package io.flexir.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Any bytes at all get an answer. Without a fuzzer, the corpus is tried, and what was found once.
 */
class DecoderFuzzTest {
    /** Small, so that a claimed size costs the fuzzer little. */
    private static final ImageDecoder DECODER =
            new ImageDecoder(new ImageLimits(1 << 16, 1 << 16, 1, 1 << 16, Duration.ofSeconds(20)));

    static Stream<byte[]> seeds() throws IOException {
        return Corpus.samples().stream()
                .map(Corpus.Sample::file)
                .filter(file -> file.length <= 1 << 14);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_decoded_or_refused(byte[] file) {
        if (file == null) {
            return;
        }
        switch (DECODER.decode(file)) {
            case Refused(RefusalReason _, String sentence) -> assertThat(sentence).isNotBlank();
            case Decoded(ImageHeader header, PixelImage image) ->
                    assertThat((long) image.width() * image.height()).isEqualTo(header.pixels());
        }
    }
}
