package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.MessageCodec;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;

class RequestJsonTest {
    private final JsonMapper plain = MessageCodec.newMapper();
    private final JsonMapper once = RequestJson.writtenOnce(plain);

    @Test
    void a_message_is_the_same_byte_for_byte() throws IOException {
        for (RestorationRequest request : new RestorationRequest[] {umlaut("a"), umlaut("b")}) {
            JobView view = view(request);
            Job.Queued job = new Job.Queued(request);

            assertThat(once.writeValueAsBytes(view)).isEqualTo(plain.writeValueAsBytes(view));
            assertThat(once.writerFor(Job.class).writeValueAsBytes(job))
                    .isEqualTo(plain.writerFor(Job.class).writeValueAsBytes(job));
        }
    }

    @Test
    void a_message_is_read_as_it_was_written() throws IOException {
        JobView view = view(umlaut("a"));

        assertThat(once.readValue(once.writeValueAsBytes(view), JobView.class)).isEqualTo(view);
    }

    private static RestorationRequest umlaut(String id) {
        RestorationRequest request = job(id).request();
        return new RestorationRequest(
                request.jobId(),
                request.tenant(),
                new ObjectReference(
                        "flexir", "uploads/Gr\u00fc\u00dfe \"\uD83D\uDE00\"", null, "etag"),
                request.model(),
                request.depth(),
                request.terms(),
                request.output(),
                request.imageSize(),
                request.bodyDigest(),
                request.submittedAt());
    }

    private static JobView view(RestorationRequest request) {
        return new JobView(request, JobState.QUEUED, 0, null, null, null, Instant.EPOCH);
    }
}
