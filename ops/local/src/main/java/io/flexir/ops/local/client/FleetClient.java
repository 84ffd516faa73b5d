package io.flexir.ops.local.client;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.ObjectReference;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Talks to one scheduler. Every method blocks until it is answered, and throws {@link
 * FleetException} if the answer is not what was asked for. Thread-safe.
 */
public final class FleetClient implements AutoCloseable {

    /** Larger images are uploaded to the object store first. */
    public static final int MAX_INLINE_BYTES = 8 * 1024 * 1024;

    private static final String EXPERIMENTS = "/v1/experiments";
    private static final String POLICY = "/v1/policy";
    private static final Duration TRANSFER = Duration.ofMinutes(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int MAX_LOOKS = 50;

    private final Http http;

    /**
     * @param base the scheduler's address, such as {@code http://127.0.0.1:8080}
     */
    public FleetClient(URI base, Optional<ApiKey> key) {
        this(base, key, Optional.empty());
    }

    /**
     * @param base the scheduler's address, such as {@code https://fleet.example:8443}
     * @param authorities file of PEM certificates that those of scheduler and object store must
     *     lead to, in place of those that Java knows
     * @throws IllegalArgumentException when that file cannot be used
     */
    public FleetClient(URI base, Optional<ApiKey> key, Optional<Path> authorities) {
        http = new Http(base, key, authorities);
    }

    /**
     * Submits a job; a submission that is repeated because its answer was lost names the same job.
     */
    public Job submit(Submission submission) {
        return submit(submission, UUID.randomUUID().toString());
    }

    /**
     * @param idempotencyKey the same key and submission name the same job
     */
    public Job submit(Submission submission, String idempotencyKey) {
        HttpRequest request =
                http.to("/v1/jobs")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", idempotencyKey)
                        .timeout(Http.ANSWER)
                        .POST(BodyPublishers.ofByteArray(http.write(submission)))
                        .build();
        return http.json(request, Job.class);
    }

    /** The input for a file: inline if it is small, else uploaded by a presigned address. */
    public Submission.Input input(byte[] file) {
        return file.length <= MAX_INLINE_BYTES
                ? Submission.Input.inline(file)
                : Submission.Input.stored(upload(file));
    }

    /** Puts a file of any size into the object store, for a later submission. */
    public ObjectReference upload(byte[] file) {
        HttpRequest ask =
                http.to("/v1/uploads").timeout(Http.ANSWER).POST(BodyPublishers.noBody()).build();
        Upload place = http.json(ask, Upload.class);
        HttpRequest put =
                HttpRequest.newBuilder(place.url())
                        .timeout(TRANSFER)
                        .PUT(BodyPublishers.ofByteArray(file))
                        .build();
        HttpResponse<byte[]> stored = http.send(put, BodyHandlers.ofByteArray());
        if (stored.statusCode() / 100 != 2) {
            throw http.problem(stored, stored.body());
        }
        return place.input();
    }

    /** One job as it stands, each region of its receipt included. */
    public Job get(String jobId) {
        return http.json(
                http.to("/v1/jobs/" + Query.segment(jobId)).timeout(Http.ANSWER).GET().build(),
                Job.class);
    }

    /** Takes a job back. Returns it as it stands; the cancellation takes effect a little later. */
    public Job cancel(String jobId) {
        return http.json(
                http.to("/v1/jobs/" + Query.segment(jobId)).timeout(Http.ANSWER).DELETE().build(),
                Job.class);
    }

    /**
     * Follows a job by server-sent events until it ends.
     *
     * @param onChange told of every state and progress, the last one included; receipts there have
     *     no regions
     * @return the job as it ended, each region included
     */
    public Job follow(String jobId, Consumer<Job> onChange) {
        new JobStream(http, jobId).follow(onChange);
        return ended(jobId);
    }

    /** Where there are several schedulers, who answers may hear of the end later than who told. */
    private Job ended(String jobId) {
        Job job = get(jobId);
        for (int look = 0; !job.state().isFinal() && look < MAX_LOOKS; look++) {
            pause(LOOK_AGAIN);
            job = get(jobId);
        }
        return job;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException.Unreachable("interrupted while waiting for a job", e);
        }
    }

    /** The restored image's bytes. */
    public byte[] result(String jobId) {
        HttpRequest ask =
                http.to("/v1/jobs/" + Query.segment(jobId) + "/result")
                        .timeout(Http.ANSWER)
                        .GET()
                        .build();
        HttpResponse<byte[]> redirect = http.send(ask, BodyHandlers.ofByteArray());
        URI location =
                redirect.headers()
                        .firstValue("Location")
                        .map(URI::create)
                        .orElseThrow(() -> http.problem(redirect, redirect.body()));
        HttpResponse<byte[]> result =
                http.send(
                        HttpRequest.newBuilder(location).timeout(Http.ANSWER).build(),
                        BodyHandlers.ofByteArray());
        if (result.statusCode() != 200) {
            throw http.problem(result, result.body());
        }
        return result.body();
    }

    /** Whether a job's webhook was told of its end. */
    public FleetWebhook webhook(String jobId) {
        return http.json(
                http.to("/v1/jobs/" + Query.segment(jobId) + "/webhook-deliveries")
                        .timeout(Http.ANSWER)
                        .GET()
                        .build(),
                FleetWebhook.class);
    }

    /** Does a failed job over. Returns the job that does; it is always the same one. */
    public Job retry(String jobId) {
        return http.json(
                http.to("/v1/jobs/" + Query.segment(jobId) + "/retry")
                        .timeout(Http.ANSWER)
                        .POST(BodyPublishers.noBody())
                        .build(),
                Job.class);
    }

    /** Has a job deleted with all that is its own. Returns it as it stood. */
    public Job purge(String jobId) {
        return http.json(
                http.to("/v1/jobs/" + Query.segment(jobId) + "?purge=true")
                        .timeout(Http.ANSWER)
                        .DELETE()
                        .build(),
                Job.class);
    }

    /** Has everything deleted that a tenant has; needs a key with the scope {@code admin}. */
    public TenantPurge purgeTenant(String tenant) {
        return http.json(
                http.to("/v1/tenants/" + Query.segment(tenant))
                        .timeout(Http.ANSWER)
                        .DELETE()
                        .build(),
                TenantPurge.class);
    }

    /** How far that is. */
    public TenantPurge tenantPurge(String tenant) {
        return http.json(
                http.to("/v1/tenants/" + Query.segment(tenant) + "/purge")
                        .timeout(Http.ANSWER)
                        .GET()
                        .build(),
                TenantPurge.class);
    }

    /** The tenant's newest jobs, at most so many, receipts without their regions. */
    public JobList jobs(Set<JobState> states, int limit) {
        return jobs(states, null, limit);
    }

    /**
     * @param batch only those of this one; null for all
     */
    public JobList jobs(Set<JobState> states, @Nullable String batch, int limit) {
        return new JobPages(http).newest(states, batch, limit);
    }

    /**
     * Submits every object whose key begins so. An answer that is not complete is completed by the
     * same submission later.
     *
     * @param idempotencyKey the same key and submission name the same batch
     */
    public FleetBatch.Submitted submit(BatchSubmission submission, String idempotencyKey) {
        HttpRequest request =
                http.to("/v1/batches")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", idempotencyKey)
                        .timeout(Http.LONG_ANSWER)
                        .POST(BodyPublishers.ofByteArray(http.write(submission)))
                        .build();
        return http.json(request, FleetBatch.Submitted.class);
    }

    /** How a batch stands. */
    public FleetBatch batch(String id) {
        return http.json(
                http.to("/v1/batches/" + Query.segment(id)).timeout(Http.ANSWER).GET().build(),
                FleetBatch.class);
    }

    /**
     * Takes back those jobs of a batch that have not ended. Returns it as it stands; the
     * cancellation takes effect a little later.
     */
    public FleetBatch cancelBatch(String id) {
        return http.json(
                http.to("/v1/batches/" + Query.segment(id))
                        .timeout(Http.LONG_ANSWER)
                        .DELETE()
                        .build(),
                FleetBatch.class);
    }

    /** Records that could not be read; needs a key with the scope {@code admin}. */
    public FleetLetters deadLetters() {
        return new FleetLetters(http);
    }

    /** How depth is granted. */
    public FleetPolicy policy() {
        return policy(http.to(POLICY).GET());
    }

    /** Changes how depth is granted, for every scheduler. Returns what is in force afterwards. */
    public FleetPolicy changePolicy(BudgetPolicy policy) {
        return policy(
                http.to(POLICY)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(http.write(policy))));
    }

    /** Goes back to what the schedulers were started with. */
    public FleetPolicy resetPolicy() {
        return policy(http.to(POLICY).DELETE());
    }

    private FleetPolicy policy(HttpRequest.Builder request) {
        return http.json(request.timeout(Http.ANSWER).build(), FleetPolicy.class);
    }

    /** What restored images cost. */
    public FleetCosts costs(FleetCosts.Question question) {
        String query =
                Query.of(
                        "from", question.from(),
                        "to", question.to(),
                        "by", question.by(),
                        "tenant", question.tenant());
        return http.json(
                http.to("/v1/costs" + query).timeout(Http.ANSWER).GET().build(), FleetCosts.class);
    }

    /** Experiments by name, without their results. */
    public List<FleetExperiment> experiments() {
        return http.json(http.to(EXPERIMENTS).timeout(Http.ANSWER).GET().build(), Experiments.class)
                .experiments();
    }

    /** An experiment with its results. */
    public FleetExperiment experiment(String name) {
        return http.json(
                http.to(EXPERIMENTS + "/" + Query.segment(name)).timeout(Http.ANSWER).GET().build(),
                FleetExperiment.class);
    }

    /** Starts an experiment, or another version of it. */
    public FleetExperiment startExperiment(String name, List<Variant> variants) {
        return http.json(
                http.to(EXPERIMENTS + "/" + Query.segment(name))
                        .header("Content-Type", "application/json")
                        .timeout(Http.ANSWER)
                        .PUT(BodyPublishers.ofByteArray(http.write(Map.of("variants", variants))))
                        .build(),
                FleetExperiment.class);
    }

    /** Makes a variant what all jobs get. */
    public FleetExperiment promote(String name, String variant) {
        return http.json(
                post(
                        EXPERIMENTS + "/" + Query.segment(name) + "/promotion",
                        Map.of("variant", variant)),
                FleetExperiment.class);
    }

    /** Ends an experiment. */
    public void endExperiment(String name) {
        done(
                http.to(EXPERIMENTS + "/" + Query.segment(name))
                        .timeout(Http.ANSWER)
                        .DELETE()
                        .build());
    }

    /**
     * Says what one thinks of a result.
     *
     * @param feedback {@code rating}, 1 to 5, or {@code psnr} in dB, or both
     */
    public void rate(String jobId, Map<String, Number> feedback) {
        done(post("/v1/jobs/" + Query.segment(jobId) + "/feedback", feedback));
    }

    private HttpRequest post(String path, Object body) {
        return http.to(path)
                .header("Content-Type", "application/json")
                .timeout(Http.ANSWER)
                .POST(BodyPublishers.ofByteArray(http.write(body)))
                .build();
    }

    private void done(HttpRequest request) {
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw http.problem(answer, answer.body());
        }
    }

    /** Models that jobs may name. */
    public List<Model> models() {
        return http.json(http.to("/v1/models").timeout(Http.ANSWER).GET().build(), Models.class)
                .models();
    }

    /**
     * Asks for another version of a model; needs a key with the scope {@code admin}.
     *
     * @param digest of the version's manifest
     * @param workers share of each pool's ready workers that must hold it
     * @return the model as it stands
     */
    public Model activateBundle(String model, String digest, double workers) {
        return http.json(
                http.to("/v1/models/" + Query.segment(model) + "/bundle")
                        .header("Content-Type", "application/json")
                        .timeout(Http.ANSWER)
                        .PUT(
                                BodyPublishers.ofByteArray(
                                        http.write(Map.of("digest", digest, "workers", workers))))
                        .build(),
                Model.class);
    }

    /** Workers whose heartbeat says that they take orders. */
    public long readyWorkers() {
        return http
                .json(http.to("/v1/workers").timeout(Http.ANSWER).GET().build(), Workers.class)
                .workers()
                .stream()
                .filter(worker -> !worker.silent() && worker.state().equals("ready"))
                .count();
    }

    @Override
    public void close() {
        http.close();
    }

    private record Upload(URI url, ObjectReference input) {}

    private record Experiments(List<FleetExperiment> experiments) {}

    private record Models(List<Model> models) {}

    private record Workers(List<Worker> workers) {}

    private record Worker(String state, boolean silent) {}
}
