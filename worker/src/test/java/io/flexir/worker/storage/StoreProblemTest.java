package io.flexir.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

class StoreProblemTest {
    @ParameterizedTest
    @CsvSource({
        "NoSuchKey, 404, MISSING",
        "NoSuchVersion, 404, MISSING",
        "PreconditionFailed, 412, CONDITION_FAILED",
        "AccessDenied, 403, REFUSED",
        "InvalidBucketName, 400, REFUSED",
        "ConditionalRequestConflict, 409, UNAVAILABLE",
        "RequestTimeout, 400, UNAVAILABLE",
        "IncompleteBody, 400, UNAVAILABLE",
        "SlowDown, 503, UNAVAILABLE",
        "InternalError, 500, UNAVAILABLE"
    })
    void tells_what_an_error_means(String code, int status, StoreProblem expected) {
        assertThat(StoreProblem.of(code, status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"SignatureDoesNotMatch", "InvalidAccessKeyId", "RequestTimeTooSkewed"})
    void does_not_blame_a_job_for_the_workers_own_credentials(String code) {
        assertThat(StoreProblem.of(code, 403)).isEqualTo(StoreProblem.UNAVAILABLE);
    }

    @Test
    void takes_a_broken_connection_for_an_outage() {
        assertThat(StoreProblem.of(new IOException("connection reset")))
                .isEqualTo(StoreProblem.UNAVAILABLE);
    }
}
