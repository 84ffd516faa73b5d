package io.flexir.scheduler.api.submit;

import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.problem.BodyReader;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.JobAwaiter;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.api.webhook.WebhookSecrets;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.tracing.Tracing;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a submission in: reads it, pins its input, makes it durable. Blocks on the object store and
 * the broker.
 *
 * <p>Whether a key was used before is answered twice. The read view knows most repetitions without
 * a write; a race, or a view that lags, is settled by the ledger, which keeps the first request of
 * a job: the answer waits until the view shows whose it was.
 */
public final class JobIntake {
    private static final Duration RETRY_OVER_QUOTA = Duration.ofSeconds(5);
    // Whoever is refused comes back when a twentieth of all places will be free, not for the next.
    private static final int SHARE_OF_PLACES = 20;

    private final BodyReader reader = new BodyReader();
    private final ModelCatalog catalog;
    private final WebhookSecrets secrets;
    private final InputResolver inputs;
    private final BrokerWriter broker;
    private final ReadView view;
    private final TenantBook tenants;
    private final JobAwaiter awaiter;
    private final IntakeGate gate;
    private final int maxWaitingJobs;
    private final DrainRate drain = new DrainRate();
    private final SchedulerMetrics metrics;
    private final InstantSource clock;
    private final Duration confirmationPatience;

    /**
     * @param tenants whose quotas hold
     * @param allowed which objects their jobs may name
     * @param maxWaitingJobs submissions are refused while so many jobs of the fleet have not ended
     * @param confirmationPatience how long a submission with a key waits for the ledger's word
     */
    public JobIntake(
            ModelCatalog catalog,
            ObjectStore store,
            BrokerWriter broker,
            ReadView view,
            TenantBook tenants,
            InputRules allowed,
            WebhookSecrets secrets,
            SchedulerMetrics metrics,
            InstantSource clock,
            int maxWaitingJobs,
            Duration confirmationPatience) {
        this.catalog = catalog;
        this.inputs = new InputResolver(store, allowed);
        this.secrets = secrets;
        this.broker = broker;
        this.view = view;
        this.tenants = tenants;
        this.awaiter = new JobAwaiter(view);
        this.gate = new IntakeGate(maxWaitingJobs, view::waiting);
        this.maxWaitingJobs = maxWaitingJobs;
        this.metrics = metrics;
        this.clock = clock;
        this.confirmationPatience = confirmationPatience;
    }

    /** The way in by Kafka, past the same checks and into the same places. */
    public RoutedIntake routed() {
        return new RoutedIntake(inputs, broker, view, gate, clock);
    }

    /**
     * Refuses what will not find a place anyway, before it is given a thread. Does not block. A
     * submission with a key may be of a job that has its place.
     *
     * @throws RefusedException when as many jobs wait as may
     */
    public void requirePlace(@Nullable String idempotencyKey) {
        drain.seen(view.ended(), clock.instant());
        if (idempotencyKey == null && gate.isFull()) {
            throw full();
        }
    }

    /**
     * @param idempotencyKey null where the client gave none: then this is a new job
     * @param body the submission as it came
     * @throws RefusedException when it is not taken
     */
    public SubmittedJob submit(TenantId tenant, @Nullable String idempotencyKey, byte[] body) {
        JobSubmission submission = reader.read(body, JobSubmission.class);
        String digest = JobIds.sha256(body);
        JobId id = idempotencyKey == null ? JobIds.random() : JobIds.of(tenant, idempotencyKey);
        Optional<JobSnapshot> present = view.find(tenant, id);
        if (present.isPresent()) {
            return new SubmittedJob(requireSame(present.get(), digest), true);
        }
        RestorationRequest request =
                makeDurable(tenant, () -> request(tenant, id, submission, digest));
        return new SubmittedJob(
                idempotencyKey == null ? shown(request) : confirmed(request, digest), false);
    }

    /**
     * Submits one object of a batch.
     *
     * @param id always the same for the same object
     * @param digest of the whole batch's submission
     * @param charge called before a job is made, not for one that is there
     * @throws RefusedException when it is not taken
     */
    SubmittedJob submit(
            TenantId tenant,
            JobId id,
            JobSubmission submission,
            String digest,
            BatchId batch,
            Runnable charge) {
        Optional<JobSnapshot> present = view.find(tenant, id);
        if (present.isPresent()) {
            return new SubmittedJob(requireSame(present.get(), digest), true);
        }
        charge.run();
        RestorationRequest request =
                makeDurable(tenant, () -> request(tenant, id, submission, digest).in(batch));
        return new SubmittedJob(shown(request), false);
    }

    private void requireQuota(TenantId tenant) {
        Optional<String> excess = tenants.excess(tenant);
        if (excess.isPresent()) {
            tenants.refused(tenant);
            throw new RefusedException(
                    Problem.later(ProblemKind.QUOTA_FULL, excess.get() + ".", RETRY_OVER_QUOTA));
        }
    }

    /**
     * Makes a request durable where there is room for one more job of its tenant.
     *
     * @param asked called once there is
     * @throws RefusedException when there is not, or the broker did not acknowledge
     */
    RestorationRequest makeDurable(TenantId tenant, Supplier<RestorationRequest> asked) {
        requireQuota(tenant);
        IntakeGate.Ticket ticket = gate.enter().orElseThrow(this::full);
        try {
            RestorationRequest request = asked.get().under(Tracing.current());
            broker.write(request);
            view.submitted(request);
            return request;
        } finally {
            ticket.leave();
        }
    }

    private RestorationRequest request(
            TenantId tenant, JobId id, JobSubmission submission, String digest) {
        Instant now = clock.instant();
        Terms terms = requireSense(tenant, submission, now);
        InputResolver.Resolved input = inputs.resolve(tenant, id, submission.input());
        return new RestorationRequest(
                id,
                tenant,
                input.reference(),
                submission.model(),
                submission.depth(),
                terms,
                submission.output(),
                input.imageSize(),
                digest,
                now,
                null,
                submission.webhook(),
                null,
                null);
    }

    /**
     * Refuses what makes no sense whatever the image is.
     *
     * @throws RefusedException says what
     */
    Terms requireSense(TenantId tenant, JobSubmission submission, Instant now) {
        Terms terms = submission.terms(now);
        requireFuture(terms.deadline(), now);
        requireModel(submission, terms);
        requireSigned(tenant, submission.webhook());
        return terms;
    }

    private void requireModel(JobSubmission submission, Terms terms) {
        int n =
                catalog.serving(submission.model()).stream()
                        .mapToInt(model -> model.manifest().n())
                        .max()
                        .orElseThrow(() -> unserved(submission.model()));
        if (terms.floor() > n) {
            throw refused(
                    ProblemKind.UNPROCESSABLE,
                    "floor",
                    "is deeper than the model's last pointer " + n);
        }
        if (submission.depth() instanceof Depth.Fixed(int pointer) && pointer > n) {
            throw refused(
                    ProblemKind.UNPROCESSABLE,
                    "depth.pointer",
                    "is deeper than the model's last pointer " + n);
        }
        if (submission.depth() instanceof Depth.Fixed(int pointer)
                && terms.target() != null
                && pointer > terms.target()) {
            throw refused(
                    ProblemKind.UNPROCESSABLE,
                    "depth.pointer",
                    "is deeper than the target asked for");
        }
        if (submission.depth() instanceof Depth.Adaptive(double _, AdaptiveRule rule)) {
            requireTable(rule, submission.model());
        }
    }

    /** A message that nobody can check is not sent. */
    private void requireSigned(TenantId tenant, @Nullable String webhook) {
        if (webhook != null && secrets.of(tenant).isEmpty()) {
            throw refused(
                    ProblemKind.UNPROCESSABLE,
                    "webhook",
                    "cannot be signed: the fleet has no webhook secret for tenant " + tenant);
        }
    }

    /** Any model that the worker may choose must know the rule. */
    private void requireTable(AdaptiveRule rule, String model) {
        boolean known =
                switch (rule) {
                    case SHARPNESS -> true;
                    case PAYOFF ->
                            catalog.serving(model).stream()
                                    .allMatch(serving -> serving.manifest().payoff() != null);
                };
        if (!known) {
            throw refused(
                    ProblemKind.UNPROCESSABLE,
                    "depth.rule",
                    "is payoff, for which the model has no table: it was not calibrated");
        }
    }

    private static RefusedException unserved(String model) {
        return model.equals(RestorationRequest.AUTOMATIC)
                ? refused(
                        ProblemKind.NO_SUITABLE_MODEL,
                        "model",
                        "is left to the fleet, which has no model that may be chosen automatically:"
                                + " name one")
                : refused(
                        ProblemKind.UNKNOWN_MODEL,
                        "model",
                        "is " + model + ", which no bundle is called");
    }

    private static void requireFuture(@Nullable Instant deadline, Instant now) {
        if (deadline != null && !deadline.isAfter(now)) {
            throw refused(ProblemKind.UNPROCESSABLE, "deadline", "lies in the past");
        }
    }

    private JobSnapshot confirmed(RestorationRequest request, String digest) {
        JobSnapshot job =
                awaiter.await(
                                request.tenant(),
                                request.jobId(),
                                JobSnapshot::confirmed,
                                confirmationPatience)
                        .join()
                        .orElseGet(() -> shown(request));
        return requireSame(job, digest);
    }

    /** A job whose request is durable, as the view has it. */
    JobSnapshot shown(RestorationRequest request) {
        return view.find(request.tenant(), request.jobId())
                .orElseGet(() -> JobSnapshot.submitted(request));
    }

    static JobSnapshot requireSame(JobSnapshot job, String digest) {
        if (!digest.equals(job.view().request().bodyDigest())) {
            throw new RefusedException(
                    Problem.of(
                            ProblemKind.KEY_REUSED,
                            "The key named job "
                                    + job.id()
                                    + " with another body before; a new job needs a new key."));
        }
        return job;
    }

    private RefusedException full() {
        metrics.refused(SchedulerMetrics.Bound.BACKLOG);
        return new RefusedException(
                Problem.later(
                        ProblemKind.BACKLOG_FULL,
                        view.waiting() + " jobs are waiting, which is the limit.",
                        drain.until(Math.max(1, maxWaitingJobs / SHARE_OF_PLACES))));
    }

    private static RefusedException refused(ProblemKind kind, String field, String problem) {
        return new RefusedException(Problem.ofField(kind, field, problem));
    }
}
