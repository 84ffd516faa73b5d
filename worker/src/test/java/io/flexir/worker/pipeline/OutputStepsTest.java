package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.OutputFormat.Container;
import io.flexir.worker.image.ImageFormat;
import io.flexir.worker.image.OutputFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputStepsTest {
    @ParameterizedTest(name = "{0} of {1}, {2} pixels wide: {3}")
    @CsvSource({
        "SAME, WEBP, 16383, WEBP",
        "SAME, WEBP, 16384, PNG",
        "SAME, JPEG, 65535, JPEG",
        "SAME, JPEG, 65536, PNG",
        "SAME, TIFF, 65536, TIFF",
        "JPEG, PNG, 65536, JPEG",
        "PNG, JPEG, 65535, PNG"
    })
    void png_stands_in_for_the_inputs_own_format_where_that_cannot_hold_the_result(
            Container wanted, ImageFormat input, int width, ImageFormat written) {
        OutputFormat format =
                OutputSteps.format(
                        new io.flexir.contracts.request.OutputFormat(wanted, 92), input, width, 1);

        assertThat(format).isEqualTo(OutputFormat.of(written, 92));
    }
}
