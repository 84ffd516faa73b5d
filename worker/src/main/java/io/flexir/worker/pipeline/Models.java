package io.flexir.worker.pipeline;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.work.Failure;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReading;
import io.flexir.worker.restore.memory.MemoryExhaustedException;
import io.flexir.worker.restore.model.Acquisition;
import io.flexir.worker.restore.model.InferenceException;
import io.flexir.worker.restore.model.ModelLease;
import io.flexir.worker.restore.model.ModelSessions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lends models by the digest that an order pins. Thread-safe. */
public final class Models {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    private final BundleCatalog catalog;
    private final ModelSessions sessions;
    private final int keepsIdle;

    /** Bounded by the directory and the cache, which is where they are. */
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /**
     * @param directory holds the bundles, one subdirectory each
     * @param cache of those that the bucket has
     * @param keepsIdle models that {@code sessions} keeps although no job uses them
     */
    public Models(Path directory, BundleCache cache, ModelSessions sessions, int keepsIdle) {
        this.catalog = new BundleCatalog(directory, cache);
        this.sessions = sessions;
        this.keepsIdle = keepsIdle;
    }

    /** Has a bundle at hand, fetching it from the bucket where it is not. Blocks on the store. */
    BundleFetch provide(String digest) {
        return catalog.provide(digest);
    }

    /**
     * Loads a bundle that is at hand, so that the first job with it need not wait. It stays while
     * it is among the last that were used.
     *
     * @return whether it can be loaded
     */
    boolean warm(String digest) {
        return preload(digest);
    }

    private boolean preload(String digest) {
        boolean loads = loads(digest);
        if (loads) {
            broken.remove(digest);
        } else {
            broken.add(digest);
        }
        return loads;
    }

    /** Digests of the bundles that are at hand, whole, and did not fail to load. */
    public List<String> held() {
        return catalog.held().stream().filter(digest -> !broken.contains(digest)).toList();
    }

    /** What the model with this digest says of itself; none where it is not here. */
    Optional<BundleManifest> manifest(String digest) {
        return sessions.resident(digest)
                .map(Models::manifestOf)
                .or(
                        () ->
                                switch (catalog.find(digest)) {
                                    case BundleReading.Accepted(Bundle bundle) ->
                                            Optional.of(bundle.manifest());
                                    case BundleReading.Refused _ -> Optional.empty();
                                });
    }

    private static BundleManifest manifestOf(ModelLease lent) {
        try (lent) {
            return lent.model().manifest();
        }
    }

    /**
     * The model that the order pins, from memory where it is there. One that is not here is this
     * worker's lack and not the client's fault, so the job fails and can be repeated once the
     * bundle has been put there.
     */
    Step<ModelLease> acquire(String digest) {
        return sessions.resident(digest).map(Step::done).orElseGet(() -> load(digest));
    }

    private Step<ModelLease> load(String digest) {
        return switch (catalog.find(digest)) {
            case BundleReading.Accepted(Bundle bundle) -> acquire(bundle);
            case BundleReading.Refused(String reason) -> failed(reason);
        };
    }

    private Step<ModelLease> acquire(Bundle bundle) {
        return switch (sessions.acquire(bundle)) {
            case Acquisition.Ready(ModelLease lease) -> Step.done(lease);
            case Acquisition.Refused(String reason) -> failed(reason);
        };
    }

    private static Step<ModelLease> failed(String reason) {
        return Step.ended(
                JobEnd.failed(
                        Failure.Reason.ENGINE,
                        "This worker lacks the model: "
                                + reason
                                + ". Put the bundle there, then submit the job again."));
    }

    /**
     * Loads the first few bundles, so that the first heartbeat can say how fast they are and the
     * first job need not wait.
     */
    public void preload() {
        catalog.digests().stream().limit(keepsIdle).forEach(this::preload);
    }

    private boolean loads(String digest) {
        try {
            return switch (acquire(digest)) {
                case Step.Done<ModelLease>(ModelLease lease) -> {
                    lease.close();
                    yield true;
                }
                case Step.Ended<ModelLease>(JobEnd end) -> {
                    LOG.warn("bundle not loaded digest={} problem={}", digest, end);
                    yield false;
                }
            };
        } catch (InferenceException | MemoryExhaustedException broken) {
            LOG.warn("bundle not loaded digest={} problem={}", digest, broken.toString());
            return false;
        }
    }

    /** Whether there is any bundle to work with. */
    public boolean isAny() {
        return catalog.hasUsable();
    }

    /** What is in memory and how fast it is. */
    public List<LoadedModel> loaded() {
        return sessions.loaded();
    }
}
