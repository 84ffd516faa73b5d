package io.flexir.scheduler.api.resource;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Why a job was rejected or failed. */
public record JobProblem(String reason, String detail) {
    static @Nullable JobProblem of(@Nullable Outcome outcome) {
        return switch (outcome) {
            case Outcome.Rejected(
                            var id,
                            var tenant,
                            var at,
                            Rejection(var reason, String detail)) ->
                    new JobProblem(name(reason), detail);
            case Outcome.Failed(var id, var tenant, var at, Failure(var reason, String detail)) ->
                    new JobProblem(name(reason), detail);
            case Outcome.Restored restored -> null;
            case Outcome.Cancelled cancelled -> null;
            case null -> null;
        };
    }

    private static String name(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
