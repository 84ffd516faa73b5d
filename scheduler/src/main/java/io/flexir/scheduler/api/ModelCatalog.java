package io.flexir.scheduler.api;

import io.flexir.contracts.bundle.BundleManifest;

import java.util.List;
import java.util.Optional;

/** The models that jobs may name. */
@FunctionalInterface
public interface ModelCatalog {
    /** Every model, in no particular order. Called for each request: it must not block. */
    List<Model> models();

    default Optional<Model> find(String name) {
        return models().stream().filter(model -> model.manifest().name().equals(name)).findFirst();
    }

    /**
     * A bundle that the scheduler has read.
     *
     * @param digest SHA-256 of the manifest's bytes
     */
    record Model(String digest, BundleManifest manifest) {}
}
