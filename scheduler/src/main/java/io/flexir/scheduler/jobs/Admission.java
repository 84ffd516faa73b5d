package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.Rejection.Reason;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

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
            JobId key, RestorationRequest request, BundleCatalog bundles) {
        if (!key.equals(request.jobId())) {
            return refused(
                    Reason.INVALID_REQUEST,
                    "The record's key " + key + " is not the request's jobId " + request.jobId());
        }
        return bundles.find(request.model())
                .map(bundle -> refusalBy(bundle, request))
                .orElseGet(
                        () ->
                                refused(
                                        Reason.UNKNOWN_MODEL,
                                        "There is no model "
                                                + request.model()
                                                + ", there are "
                                                + shortened(bundles.names().toString())));
    }

    private static Optional<Rejection> refusalBy(Bundle bundle, RestorationRequest request) {
        int floor = request.terms().floor();
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
