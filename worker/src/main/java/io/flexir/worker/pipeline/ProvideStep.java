package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.work.GrantedModel;

import java.util.Optional;

/**
 * Has the bundles of an order at hand before anything of its image is. One that cannot be had is
 * told by whoever needs it: of several the image may suit another.
 */
final class ProvideStep {
    private final Models models;
    private final OutageHold hold;

    ProvideStep(Models models, OutageHold hold) {
        this.models = models;
        this.hold = hold;
    }

    Step<Job> run(Job job) {
        Step<Job> provided = Step.done(job);
        for (GrantedModel model : job.order().models()) {
            provided =
                    provided.then(
                            begun ->
                                    job.during(
                                                    Phase.FETCHING,
                                                    () ->
                                                            hold.ask(
                                                                    job,
                                                                    () ->
                                                                            models.provide(
                                                                                    model.digest()),
                                                                    ProvideStep::outage))
                                            .then(had -> Step.done(begun)));
        }
        return provided;
    }

    private static Optional<String> outage(BundleFetch fetch) {
        return fetch instanceof BundleFetch.Unavailable(String detail)
                ? Optional.of(detail)
                : Optional.empty();
    }
}
