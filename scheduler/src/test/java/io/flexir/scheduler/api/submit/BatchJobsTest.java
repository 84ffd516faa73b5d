package io.flexir.scheduler.api.submit;

import static io.flexir.scheduler.api.Samples.DIGEST;
import static io.flexir.scheduler.api.Samples.START;
import static io.flexir.scheduler.api.Samples.TENANT;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.access.RateLimits;
import io.flexir.scheduler.access.RateRules;
import io.flexir.scheduler.api.RunningApi;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.api.view.ViewLimits;
import io.flexir.scheduler.api.webhook.WebhookSecrets;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectListing;
import io.flexir.scheduler.storage.ObjectStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Neither broker nor store is there: the jobs that are made are known before. */
class BatchJobsTest {
    private static final BatchId BATCH = new BatchId("album");
    private static final String BUCKET = "photos";
    private static final BatchSubmission SUBMISSION =
            new BatchSubmission(
                    new BatchSubmission.BatchInput(BUCKET, "in/", null),
                    null,
                    Samples.MODEL,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);

    private final InstantSource clock = InstantSource.fixed(START);
    private final SchedulerMetrics metrics = new SchedulerMetrics();
    private final ReadView view = new ReadView(ViewLimits.DEFAULT, Samples.fleetWork(), clock);
    private final ObjectStore store = new ObjectStore(RunningApi.storage());
    private final BrokerWriter broker =
            new BrokerWriter(Map.of("bootstrap.servers", "127.0.0.1:9"));
    private final JobIntake intake =
            new JobIntake(
                    Samples.catalog(),
                    store,
                    broker,
                    view,
                    new TenantBook(TenantRules.EQUAL, Samples.load(TenantRules.EQUAL), metrics),
                    InputRules.ANY,
                    WebhookSecrets.NONE,
                    metrics,
                    clock,
                    10,
                    Duration.ofMillis(100));
    private final BatchJobs jobs =
            new BatchJobs(intake, new RateLimits(RateRules.UNBOUNDED), metrics, Runnable::run);

    @AfterEach
    void close() {
        broker.close();
        store.close();
    }

    @Test
    void an_object_with_a_key_that_no_message_may_hold_is_refused_and_the_others_are_not() {
        String unusable = "in/two\nlines.png";
        JobId known = JobIds.of(TENANT, BATCH, ObjectReference.latest(BUCKET, "in/a.png"));
        view.submitted(Samples.request(known.value(), START));

        SubmittedBatch made =
                jobs.make(
                        TENANT,
                        BATCH,
                        SUBMISSION,
                        DIGEST,
                        new ObjectListing.Found(List.of("in/a.png", unusable), false));

        assertThat(made.jobs()).extracting(JobSnapshot::id).containsExactly(known);
        assertThat(made.problem()).isNull();
        assertThat(made.refused())
                .singleElement()
                .satisfies(
                        refused -> {
                            assertThat(refused.key()).isEqualTo(unusable);
                            assertThat(refused.problem().kind())
                                    .isEqualTo(ProblemKind.UNPROCESSABLE);
                            assertThat(refused.problem().detail())
                                    .isEqualTo("key must not hold control characters");
                        });
    }
}
