package io.flexir.worker.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.control.ControlRecord.PurgeJob;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class CancellationsTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    private final Cancellations cancellations = new Cancellations(2);

    @Test
    void covers_the_job_that_its_tenant_took_back() {
        cancel("j1", "acme");

        assertThat(cancellations.covers(request("j1", "acme"))).isTrue();
        assertThat(cancellations.covers(request("j2", "acme"))).isFalse();
    }

    @Test
    void does_not_let_a_tenant_take_back_anothers_job() {
        cancel("j1", "mallory");

        assertThat(cancellations.covers(request("j1", "acme"))).isFalse();
    }

    @Test
    void forgets_the_oldest_beyond_its_bound() {
        cancel("j1", "acme");
        cancel("j2", "acme");
        cancel("j3", "acme");

        assertThat(cancellations.covers(request("j1", "acme"))).isFalse();
        assertThat(cancellations.covers(request("j3", "acme"))).isTrue();
    }

    @Test
    void forgets_what_the_control_topic_has_dropped() {
        cancel("j1", "acme");

        cancellations.forget(new JobId("j1"));

        assertThat(cancellations.covers(request("j1", "acme"))).isFalse();
    }

    @Test
    void a_job_that_its_tenant_has_purged_is_taken_back_as_long_as_the_purge_stands() {
        cancellations.add(new PurgeJob(new JobId("j1"), new TenantId("acme"), null, NOW));

        assertThat(cancellations.covers(request("j1", "acme"))).isTrue();
        assertThat(cancellations.covers(request("j1", "mallory"))).isFalse();

        cancellations.forgetPurge(new JobId("j1"));

        assertThat(cancellations.covers(request("j1", "acme"))).isFalse();
    }

    private void cancel(String job, String tenant) {
        cancellations.add(new CancelJob(new JobId(job), new TenantId(tenant), NOW));
    }

    private static RestorationRequest request(String job, String tenant) {
        return new RestorationRequest(
                new JobId(job),
                new TenantId(tenant),
                ObjectReference.latest("photos", "in.png"),
                "denoise",
                new Depth.Automatic(),
                Terms.DEFAULT,
                OutputFormat.PNG,
                null,
                null,
                NOW);
    }
}
