package io.flexir.scheduler.api.view;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits, without a thread, for a job to be as it is wanted. */
public final class JobAwaiter {
    private final ReadView view;

    public JobAwaiter(ReadView view) {
        this.view = view;
    }

    /**
     * The job as soon as {@code wanted} holds, or as it stands when {@code patience} ends; empty
     * when it is unknown then. The future never fails; it completes on a writer's or a timer's
     * thread, or at once.
     */
    public CompletableFuture<Optional<JobSnapshot>> await(
            TenantId tenant, JobId id, Predicate<JobSnapshot> wanted, Duration patience) {
        CompletableFuture<JobSnapshot> met = new CompletableFuture<>();
        Runnable look = () -> view.find(tenant, id).filter(wanted).ifPresent(met::complete);
        var registration = view.listen(id, look);
        look.run();
        return met.thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(
                        found -> {
                            registration.close();
                            return found.isPresent() ? found : view.find(tenant, id);
                        });
    }
}
