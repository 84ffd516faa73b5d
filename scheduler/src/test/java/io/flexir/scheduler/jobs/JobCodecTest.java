package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.job.Trial;
import io.flexir.contracts.wire.MessageCodec;

import org.junit.jupiter.api.Test;

import java.util.Map;

class JobCodecTest {
    private final JobCodec codec = new JobCodec(MessageCodec.newMapper());

    @Test
    void a_job_that_waits_again_keeps_what_its_order_was() {
        Job.Order order =
                new Job.Order(Map.of("digest", 6), new Trial("e", "v", null, null), START);
        Job.Queued job = new Job.Queued(job("a").request(), 1, START, order);

        assertThat(codec.decode(codec.encode(job))).isEqualTo(job);
    }

    @Test
    void what_an_earlier_version_wrote_is_read() {
        Job.Queued job = new Job.Queued(job("a").request(), 1, START, null);

        byte[] json = codec.encode(job);

        assertThat(new String(json, UTF_8)).doesNotContain("latest");
        assertThat(codec.decode(json)).isEqualTo(job);
    }
}
