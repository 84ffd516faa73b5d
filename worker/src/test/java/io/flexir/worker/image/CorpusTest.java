package io.flexir.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** The corpus through the decoder as workers use it: each file its answer, at little cost. */
@Timeout(60)
class CorpusTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    /** None of the files is of a picture that needs more. */
    private static final long MOST_BYTES = 32 << 20;

    static List<Corpus.Sample> samples() throws IOException {
        return Corpus.samples();
    }

    @Test
    void there_are_enough_of_them_and_each_has_its_name() throws IOException {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(80);
        assertThat(samples()).extracting(Corpus.Sample::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void a_file_gets_its_answer_at_little_cost(Corpus.Sample sample) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        DecodeResult result = DECODER.decode(sample.file());

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(answer(result, sample.answer())).isEqualTo(sample.answer());
        assertThat(allocated).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void decoding_ends_when_its_time_is_over(ImageFormat format) throws IOException {
        ImageLimits hasty = new ImageLimits(1 << 24, 1 << 24, 1, 1 << 24, Duration.ofNanos(1));
        byte[] file =
                Pictures.file(
                        format,
                        RasterExport.exact(
                                Pictures.picture(Kind.RGB_8, 300, 300, ImageMetadata.NONE)));

        assertThat(new ImageDecoder(hasty).decode(file))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_LARGE);
                            assertThat(refused.sentence()).contains("limit max-decode-seconds");
                        });
    }

    /** As the corpus says it; where the expected words are there, exactly these. */
    private static Corpus.Answer answer(DecodeResult result, Corpus.Answer expected) {
        return switch (result) {
            case Decoded(ImageHeader _, PixelImage image) ->
                    new Corpus.Answer.Picture(
                            image.width(),
                            image.height(),
                            image.channels(),
                            image.colour().max() > 255 ? 16 : 8,
                            image.alpha() != null);
            case Refused(RefusalReason reason, String sentence) ->
                    new Corpus.Answer.No(
                            reason,
                            expected instanceof Corpus.Answer.No(RefusalReason _, String words)
                                            && sentence.contains(words)
                                    ? words
                                    : sentence);
        };
    }
}
