package io.flexir.scheduler.api.http;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.api.resource.JobImagesResource;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.storage.ObjectStore;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.InstantSource;

/** {@code getJobImages}. */
public final class JobImages {
    private static final int SHORT_ID = 12;

    private final JobFinder finder;
    private final ObjectStore store;
    private final InputRules inputs;
    private final BlockingCalls calls;
    private final Answers answers;
    private final InstantSource clock;

    /**
     * @param inputs what tenants may name as inputs, and so may see
     */
    public JobImages(
            JobFinder finder,
            ObjectStore store,
            InputRules inputs,
            BlockingCalls calls,
            Answers answers,
            InstantSource clock) {
        this.finder = finder;
        this.store = store;
        this.inputs = inputs;
        this.calls = calls;
        this.answers = answers;
        this.clock = clock;
    }

    public void get(RoutingContext context) {
        finder.find(context)
                .compose(job -> calls.run(() -> addresses(job)))
                .onSuccess(images -> answers.send(context, 200, images))
                .onFailure(context::fail);
    }

    private JobImagesResource addresses(JobSnapshot job) {
        ObjectReference result =
                job.view().outcome() instanceof Outcome.Restored restored
                        ? restored.receipt().result()
                        : null;
        return new JobImagesResource(
                inputAddress(job),
                result == null ? null : store.addressToRead(result),
                result == null ? null : store.addressToDownload(result, fileName(job, result)),
                clock.instant().plus(store.addressLifetime()));
    }

    private @Nullable URI inputAddress(JobSnapshot job) {
        ObjectReference input = job.view().request().input();
        return inputs.refusal(job.tenant(), input).isEmpty() ? store.addressToRead(input) : null;
    }

    private static String fileName(JobSnapshot job, ObjectReference result) {
        String id = job.id().value();
        String ending = result.key().substring(result.key().lastIndexOf('.') + 1);
        return "restored-" + id.substring(0, Math.min(SHORT_ID, id.length())) + '.' + ending;
    }
}
