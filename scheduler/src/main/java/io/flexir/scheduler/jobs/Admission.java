package io.flexir.scheduler.jobs;

import static java.util.Comparator.comparingInt;

import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.Rejection.Reason;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import java.util.List;
import java.util.Optional;

/** Whether a request can be served as it was asked. Pure. */
final class Admission {
    private Admission() {}

    /**
     * Why it cannot, if so.
     *
     * @param key of the record that carried it
     */
    static Optional<Rejection> refusal(
            JobId key, RestorationRequest request, BundleCatalog bundles, InputRules inputs) {
        if (!key.equals(request.jobId())) {
            return refused(
                    Reason.INVALID_REQUEST,
                    "The record's key " + key + " is not the request's jobId " + request.jobId());
        }
        Optional<String> denied = inputs.refusal(request.tenant(), request.input());
        if (denied.isPresent()) {
            return refused(Reason.ACCESS_DENIED, shortened("The request " + denied.get()));
        }
        List<Bundle> serving = bundles.serving(request.model());
        if (serving.isEmpty()) {
            return unserved(request, bundles);
        }
        if (request.depth() instanceof Depth.Adaptive(_, AdaptiveRule rule)
                && rule == AdaptiveRule.PAYOFF
                && serving.stream().anyMatch(bundle -> bundle.manifest().payoff() == null)) {
            return refused(
                    Reason.INVALID_REQUEST,
                    "depth.rule is payoff, for which the model has no table: it was not calibrated");
        }
        return refusalBy(serving.stream().max(comparingInt(Bundle::n)).orElseThrow(), request);
    }

    private static Optional<Rejection> unserved(RestorationRequest request, BundleCatalog bundles) {
        String known = shortened(bundles.names().toString());
        return request.choosesModel()
                ? refused(
                        Reason.NO_SUITABLE_MODEL,
                        "There is no model that may be chosen for a job that names none; name one of "
                                + known)
                : refused(
                        Reason.UNKNOWN_MODEL,
                        "There is no model " + request.model() + ", there are " + known);
    }

    /** The bundles that the order of an admitted request offers: those that reach its floor. */
    static List<Bundle> offered(RestorationRequest request, BundleCatalog bundles) {
        return bundles.serving(request.model()).stream()
                .filter(bundle -> bundle.n() >= request.terms().floor())
                .toList();
    }

    private static Optional<Rejection> refusalBy(Bundle bundle, RestorationRequest request) {
        int floor = request.terms().floor();
        Integer target = request.terms().target();
        if (floor > bundle.n()) {
            return tooDeep("floor", floor, bundle);
        }
        return switch (request.depth()) {
            case Depth.Fixed fixed when fixed.pointer() > bundle.n() ->
                    tooDeep("pointer", fixed.pointer(), bundle);
            case Depth.Fixed fixed when fixed.pointer() < floor ->
                    refused(
                            Reason.INVALID_REQUEST,
                            "pointer " + fixed.pointer() + " is under the floor " + floor);
            case Depth.Fixed fixed when target != null && fixed.pointer() > target ->
                    refused(
                            Reason.INVALID_REQUEST,
                            "pointer " + fixed.pointer() + " is over the target " + target);
            case Depth.Fixed ignored -> Optional.empty();
            case Depth.Automatic ignored -> Optional.empty();
            case Depth.Adaptive ignored -> Optional.empty();
        };
    }

    private static Optional<Rejection> tooDeep(String field, int pointer, Bundle bundle) {
        return refused(
                Reason.INVALID_REQUEST,
                field
                        + " "
                        + pointer
                        + " is deeper than model "
                        + bundle.name()
                        + ", which has "
                        + bundle.n());
    }

    private static Optional<Rejection> refused(Reason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }

    private static String shortened(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500) + "...";
    }
}
