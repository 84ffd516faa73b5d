package io.flexir.scheduler.api;

import io.flexir.scheduler.activation.ActivationBook;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.jobs.JobsStreams;
import io.flexir.scheduler.jobs.Purges;

/**
 * What the API shows and asks of the scheduler's core.
 *
 * @param policy in force, as the control topic has it
 * @param tenants how they stand
 * @param experiments as the control topic has them
 * @param feedback as the control topic has it
 * @param purges as the control topic has them
 * @param activations of other versions of models, as the control topic has them
 */
public record Core(
        PolicyBook policy,
        TenantBook tenants,
        ExperimentBook experiments,
        FeedbackBook feedback,
        Purges purges,
        ActivationBook activations) {
    public static Core of(JobsStreams streams) {
        return new Core(
                streams.policy(),
                streams.tenants(),
                streams.experiments(),
                streams.feedback(),
                streams.purges(),
                streams.activations());
    }
}
