package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.OutputFormat;

import org.junit.jupiter.api.Test;

class BelongingTest {
    private static final String BODY = "b".repeat(64);
    private static final String OTHER = "c".repeat(64);
    private static final OutputFormat SAME = new OutputFormat(OutputFormat.Container.SAME, 92);

    @Test
    void a_receipt_of_another_model_is_another_jobs() {
        assertThat(Belonging.isOf(Jobs.job(), Jobs.receipt("denoise", "image/png", null))).isTrue();
        assertThat(Belonging.isOf(Jobs.job(), Jobs.receipt("sharpen", "image/png", null)))
                .isFalse();
    }

    @Test
    void a_receipt_of_another_format_than_was_asked_for_by_name_is_another_jobs() {
        Job same = Jobs.job(SAME, null);

        assertThat(Belonging.isOf(Jobs.job(), Jobs.receipt("denoise", "image/jpeg", null)))
                .isFalse();
        assertThat(Belonging.isOf(same, Jobs.receipt("denoise", "image/jpeg", null))).isTrue();
    }

    @Test
    void a_receipt_for_another_body_is_another_jobs_and_one_that_names_none_may_be_any() {
        Job job = Jobs.job(OutputFormat.PNG, BODY);

        assertThat(Belonging.isOf(job, Jobs.receipt("denoise", "image/png", BODY))).isTrue();
        assertThat(Belonging.isOf(job, Jobs.receipt("denoise", "image/png", OTHER))).isFalse();
        assertThat(Belonging.isOf(job, Jobs.receipt("denoise", "image/png", null))).isTrue();
        assertThat(Belonging.isOf(Jobs.job(), Jobs.receipt("denoise", "image/png", BODY))).isTrue();
    }
}
