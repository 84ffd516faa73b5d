package io.flexir.scheduler.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.job.JobView;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.storage.StoredObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

class ExpiryTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant ENDED = Samples.START;
    private static final String TENANT = Samples.TENANT.value();
    private static final KeepingRules RULES =
            new KeepingRules(DAY.multipliedBy(7), DAY.multipliedBy(30), DAY, HOUR, HOUR);

    private static final String BUCKET = "flexir";

    @Test
    void what_a_job_may_still_read_or_write_is_kept_however_old_it_is() {
        String upload = "uploads/" + TENANT + "/a/photo";
        KnownJobs jobs =
                jobs(
                        naming(upload, Samples.failed("b", ENDED)),
                        naming(upload, Samples.scheduled("a", 1, ENDED)));

        assertThat(after(DAY.multipliedBy(400), object(upload), jobs)).isEmpty();
        assertThat(after(DAY.multipliedBy(400), object(result("a", "early.png")), jobs)).isEmpty();
    }

    @Test
    void an_upload_that_became_no_job_goes_after_a_day() {
        KnownJobs jobs = jobs();

        assertThat(after(DAY.minus(HOUR), object("uploads/t/x/input"), jobs)).isEmpty();
        assertThat(after(DAY.plus(HOUR), object("uploads/t/x/input"), jobs))
                .contains(Expiry.ORPHAN);
    }

    @Test
    void an_upload_goes_so_long_after_the_last_job_that_named_it() {
        String upload = "uploads/" + TENANT + "/b/photo";
        KnownJobs jobs =
                jobs(
                        naming(upload, Samples.failed("a", ENDED)),
                        naming(upload, Samples.cancelled("b", ENDED.plus(DAY))));

        assertThat(after(DAY.multipliedBy(8).minus(HOUR), object(upload), jobs)).isEmpty();
        assertThat(after(DAY.multipliedBy(8).plus(HOUR), object(upload), jobs))
                .contains(Expiry.INPUT);
    }

    @Test
    void of_an_object_older_than_all_jobs_that_are_known_nobody_says_that_it_had_none() {
        Instant now = ENDED.plus(DAY.multipliedBy(3));
        KnownJobs forgetful = new KnownJobs(BUCKET, Stream.of(), ENDED.plus(DAY));

        assertThat(Expiry.of(object("uploads/t/x/input"), forgetful, RULES, now)).isEmpty();
        assertThat(Expiry.of(object(result("gone", "a.png")), forgetful, RULES, now)).isEmpty();
        assertThat(
                        Expiry.of(
                                object("uploads/t/x/input"),
                                forgetful,
                                RULES,
                                ENDED.plus(DAY.multipliedBy(8))))
                .contains(Expiry.INPUT);
        assertThat(
                        Expiry.of(
                                object(result("gone", "a.png")),
                                forgetful,
                                RULES,
                                ENDED.plus(DAY.multipliedBy(31))))
                .contains(Expiry.RESULT);
    }

    @Test
    void a_result_and_its_receipt_are_kept_longer_than_one_that_another_won() {
        JobView job = Samples.succeeded("a", ENDED);
        KnownJobs jobs = jobs(job);
        String winner = "results/" + TENANT + "/a/" + Samples.DIGEST + ".png";

        assertThat(after(DAY.multipliedBy(29), object(winner), jobs)).isEmpty();
        assertThat(after(DAY.multipliedBy(29), object(result("a", "receipt.json")), jobs))
                .isEmpty();
        assertThat(after(DAY.plus(HOUR), object(result("a", "loser.png")), jobs))
                .contains(Expiry.ORPHAN);
        assertThat(after(DAY.multipliedBy(31), object(winner), jobs)).contains(Expiry.RESULT);
    }

    @Test
    void a_result_whose_job_is_gone_or_has_none_goes_after_a_day() {
        KnownJobs jobs = jobs(Samples.failed("a", ENDED));

        assertThat(after(DAY.plus(HOUR), object(result("purged", "a.png")), jobs))
                .contains(Expiry.ORPHAN);
        assertThat(after(DAY.plus(HOUR), object(result("a", "a.png")), jobs))
                .contains(Expiry.ORPHAN);
    }

    @Test
    void zero_keeps_inputs_and_results_for_ever() {
        KeepingRules forever = new KeepingRules(Duration.ZERO, Duration.ZERO, DAY, HOUR, HOUR);
        String upload = "uploads/" + TENANT + "/a/photo";
        KnownJobs jobs =
                jobs(naming(upload, Samples.failed("b", ENDED)), Samples.succeeded("a", ENDED));
        Instant late = ENDED.plus(DAY.multipliedBy(3650));

        assertThat(Expiry.of(object(upload), jobs, forever, late)).isEmpty();
        assertThat(Expiry.of(object(result("a", "receipt.json")), jobs, forever, late)).isEmpty();
    }

    @Test
    void what_lies_elsewhere_in_the_bucket_is_nobodys_to_delete() {
        assertThat(after(DAY.multipliedBy(400), object("photos/a.png"), jobs())).isEmpty();
        assertThat(after(DAY.multipliedBy(400), object("bundles/m/stem.onnx"), jobs())).isEmpty();
    }

    private static Optional<Expiry> after(Duration age, StoredObject object, KnownJobs jobs) {
        return Expiry.of(object, jobs, RULES, ENDED.plus(age));
    }

    private static KnownJobs jobs(JobView... views) {
        return new KnownJobs(BUCKET, Stream.of(views), Instant.EPOCH);
    }

    private static StoredObject object(String key) {
        return new StoredObject(key, ENDED);
    }

    private static String result(String job, String name) {
        return "results/" + TENANT + "/" + job + "/" + name;
    }

    private static JobView naming(String key, JobView job) {
        return Samples.naming(BUCKET, key, job);
    }
}
