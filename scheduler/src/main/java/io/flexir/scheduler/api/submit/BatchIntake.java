package io.flexir.scheduler.api.submit;

import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.api.problem.BodyReader;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.submit.BatchSubmission.BatchInput;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.storage.ObjectListing;
import io.flexir.scheduler.storage.ObjectStore;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;

/**
 * Makes a job of every object whose key begins as a client says: a bounded list of them, each by
 * the rules that any job is taken by. Blocks.
 */
public final class BatchIntake {
    private final BodyReader reader = new BodyReader();
    private final JobIntake intake;
    private final BatchJobs jobs;
    private final ObjectStore store;
    private final InputRules allowed;
    private final ReadView view;
    private final InstantSource clock;

    /**
     * @param allowed which objects jobs may name
     */
    public BatchIntake(
            JobIntake intake,
            BatchJobs jobs,
            ObjectStore store,
            InputRules allowed,
            ReadView view,
            InstantSource clock) {
        this.intake = intake;
        this.jobs = jobs;
        this.store = store;
        this.allowed = allowed;
        this.view = view;
        this.clock = clock;
    }

    /**
     * @param idempotencyKey null where the client gave none: then this is a new batch
     * @param body the submission as it came
     * @throws RefusedException when nothing of it is taken
     */
    public SubmittedBatch submit(TenantId tenant, @Nullable String idempotencyKey, byte[] body) {
        BatchSubmission submission = reader.read(body, BatchSubmission.class);
        String digest = JobIds.sha256(body);
        BatchId id =
                idempotencyKey == null
                        ? new BatchId(JobIds.random().value())
                        : JobIds.ofBatch(tenant, idempotencyKey);
        BatchInput input = submission.input();
        allowed.refusalOfAll(tenant, input.bucket(), input.prefix())
                .ifPresent(problem -> refuse(ProblemKind.INPUT_DENIED, problem));
        var _ = intake.requireSense(tenant, submission.of("any"), clock.instant());
        view.batch(tenant, id).forEach(job -> JobIntake.requireSame(job, digest));
        return switch (store.list(
                input.bucket(), input.prefix(), input.startAfter(), submission.most())) {
            case ObjectListing.Missing() -> throw none(input, "there is no such bucket");
            case ObjectListing.Denied() ->
                    throw refused(
                            ProblemKind.INPUT_DENIED,
                            "names bucket "
                                    + input.bucket()
                                    + ", which the scheduler may not list");
            case ObjectListing.Found found when found.keys().isEmpty() ->
                    throw none(input, "no object's key begins so");
            case ObjectListing.Found found -> jobs.make(tenant, id, submission, digest, found);
        };
    }

    private static RefusedException none(BatchInput input, String why) {
        return refused(
                ProblemKind.INPUT_MISSING,
                "names bucket " + input.bucket() + ", prefix \"" + input.prefix() + "\": " + why);
    }

    private static void refuse(ProblemKind kind, String problem) {
        throw refused(kind, problem);
    }

    private static RefusedException refused(ProblemKind kind, String problem) {
        return new RefusedException(Problem.ofField(kind, "input", problem));
    }
}
