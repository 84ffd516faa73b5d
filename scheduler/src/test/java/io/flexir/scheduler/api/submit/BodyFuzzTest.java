package io.flexir.scheduler.api.submit;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.api.problem.BodyReader;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.storage.ImageHeader;

import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/**
 * Any bytes at all are a body or are refused; of any image's first bytes a size is told or none.
 */
class BodyFuzzTest {
    private static final BodyReader READER = new BodyReader();
    private static final List<Class<?>> BODIES = List.of(JobSubmission.class, BudgetPolicy.class);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        """
                        {"input":{"bucket":"photos","key":"a","etag":"e"},"model":"m","deadlineSeconds":2.5,
                         "depth":{"kind":"adaptive","threshold":1.05,"rule":"payoff"},"priority":"interactive",
                         "floor":1,"target":4,"onMiss":"fail","output":{"container":"jpeg","quality":90}}""",
                        "{\"input\":{\"data\":\"iVBORw0KGgo=\"},\"depth\":{\"kind\":\"fixed\",\"pointer\":3}}",
                        "{\"kind\":\"load\",\"targetBacklogSeconds\":10}",
                        "{\"kind\":\"fixed\",\"pointer\":2}",
                        // Found by fuzzing: zeros among the first four bytes look like UTF-32.
                        "*\0\0\0\0\0\0\0\"input\"",
                        "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_read_or_refused(byte[] bytes) {
        if (bytes == null) {
            return;
        }
        BODIES.forEach(type -> read(bytes, type));
        ImageHeader.sizeOf(bytes).ifPresent(size -> assertThat(size.width()).isPositive());
    }

    private static void read(byte[] bytes, Class<?> type) {
        try {
            assertThat(READER.read(bytes, type)).isNotNull();
        } catch (RefusedException refused) {
            assertThat(refused.problem().detail()).isNotBlank();
        }
    }
}
