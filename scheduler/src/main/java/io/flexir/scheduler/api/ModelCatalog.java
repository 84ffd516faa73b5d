package io.flexir.scheduler.api;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.request.RestorationRequest;

import java.util.List;
import java.util.Optional;

/** The models that jobs may name. */
@FunctionalInterface
public interface ModelCatalog {
    /** Every model, in no particular order. Called for each request: it must not block. */
    List<Model> models();

    /**
     * The models that a job may be done with: the one it names, or every one that a worker may
     * choose from.
     */
    default List<Model> serving(String model) {
        return models().stream()
                .filter(
                        known ->
                                model.equals(RestorationRequest.AUTOMATIC)
                                        ? known.manifest().suitsAutomaticChoice()
                                        : known.manifest().name().equals(model))
                .toList();
    }

    /** The model of this name. */
    default Optional<BundleManifest> find(String name) {
        return models().stream()
                .map(Model::manifest)
                .filter(manifest -> manifest.name().equals(name))
                .findAny();
    }

    /**
     * A bundle that the scheduler has read.
     *
     * @param digest SHA-256 of the manifest's bytes
     */
    record Model(String digest, BundleManifest manifest) {}
}
