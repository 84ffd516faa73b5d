package io.flexir.scheduler.activation;

import io.flexir.contracts.control.ControlRecord.ActivateBundle;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which versions were asked for, as the control topic has it, and their way into the catalogue: the
 * version that was in force stays until enough workers hold the next. Once a version is in force it
 * stays so, whoever leaves, and over restarts: its record says so. Thread-safe.
 */
public final class ActivationBook {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationBook.class);
    private static final int MAX_ACTIVATIONS = 1000;

    /** With the first look; no longer than a task may take to start. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BundleCatalog catalog;
    private final Supplier<List<WorkerHeartbeat>> ready;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Object firstLook = new Object();
    private boolean looked;

    /**
     * @param ready the workers that take orders now
     */
    public ActivationBook(BundleCatalog catalog, Supplier<List<WorkerHeartbeat>> ready) {
        this.catalog = catalog;
        this.ready = ready;
    }

    /**
     * A version is to be in force. Does not block: {@link #look} does what there is to do. That an
     * earlier one came into force is no news any more, and has to be overwritten in turn.
     */
    public synchronized void put(ActivateBundle activation) {
        Asked known = asked.get(activation.name());
        if (known != null && known.isLaterThan(activation)) {
            asked.put(activation.name(), new Asked(known.activation(), known.problem(), true));
        } else if (known != null || asked.size() < MAX_ACTIVATIONS) {
            asked.put(activation.name(), new Asked(activation, null, false));
        }
    }

    /** What was asked for was taken back: the version that was configured is in force. */
    public synchronized void remove(String name) {
        asked.remove(name);
        catalog.putBack(name);
    }

    /** How far the version of a model is that was asked for last, if any was. */
    public Optional<Activation> find(String name) {
        Asked known = asked.get(name);
        return known == null
                ? Optional.empty()
                : Optional.of(
                        new Activation(
                                known.activation(),
                                isInForce(known.activation()),
                                holding(known.activation()),
                                known.problem()));
    }

    /** Moves each activation on as far as it can be now. Blocks where manifests must be fetched. */
    public void look() {
        asked.forEach((name, known) -> look(known));
    }

    /**
     * The first look, without which orders would name what the directory happens to have. Blocks
     * until it was had, or a store that is away has tried our patience; then there is nothing to
     * do.
     */
    public void lookFirst() {
        synchronized (firstLook) {
            if (!looked) {
                looked = true;
                long end = System.nanoTime() + PATIENCE.toNanos();
                asked.values().stream()
                        .takeWhile(any -> System.nanoTime() - end < 0)
                        .forEach(this::look);
            }
        }
    }

    /** What is to be recorded: what came into force, and what was overwritten meanwhile. */
    public List<ActivateBundle> unrecorded(Instant now) {
        List<ActivateBundle> records = new ArrayList<>();
        for (Asked known : asked.values()) {
            ActivateBundle activation = known.activation();
            if (activation.inForceSince() == null && isInForce(activation)) {
                records.add(activation.inForce(now));
            } else if (known.overwritten()) {
                records.add(activation);
            }
        }
        return records;
    }

    private void look(Asked known) {
        ActivateBundle activation = known.activation();
        if (isInForce(activation)) {
            return;
        }
        try {
            if (activation.inForceSince() == null) {
                restorePrevious(known);
            }
            advance(known);
            solved(known, null);
        } catch (RuntimeException problem) {
            solved(known, String.valueOf(problem.getMessage()));
        }
    }

    private void advance(Asked known) {
        ActivateBundle activation = known.activation();
        Bundle next =
                catalog.versions()
                        .find(activation.digest())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "There is no bundle with digest "
                                                        + activation.digest()));
        requireLike(next, activation.name());
        boolean due =
                activation.inForceSince() != null
                        || holding(activation).isEnough(activation.workers());
        if (due && install(known, next)) {
            LOG.info(
                    "event=bundle_activated model={} digest={} previous={} workers={}",
                    activation.name(),
                    activation.digest(),
                    activation.previous(),
                    holding(activation).pools());
        }
    }

    /**
     * After a restart orders name what they named before, not what the directory happens to have.
     */
    private void restorePrevious(Asked known) {
        ActivateBundle activation = known.activation();
        String previous = activation.previous();
        if (previous == null || digestInForce(activation.name()).equals(Optional.of(previous))) {
            return;
        }
        catalog.versions()
                .find(previous)
                .filter(bundle -> unlike(bundle, activation.name()).isEmpty())
                .ifPresent(bundle -> install(known, bundle));
    }

    /**
     * Puts a version in force, unless something else was asked for while its manifest was fetched.
     */
    private synchronized boolean install(Asked known, Bundle version) {
        boolean still = known.equals(asked.get(known.activation().name()));
        if (still) {
            catalog.put(version);
        }
        return still;
    }

    private void requireLike(Bundle next, String name) {
        unlike(next, name)
                .ifPresent(
                        problem -> {
                            throw new IllegalStateException(
                                    "The bundle with digest " + next.digest() + " " + problem);
                        });
    }

    /** The version that orders name now; none where there is no such model. */
    public Optional<Bundle> inForce(String name) {
        return catalog.find(name);
    }

    /**
     * A version, wherever it is. Blocks on the store.
     *
     * @throws io.flexir.scheduler.bundles.InvalidBundleException when what lies there is none
     */
    public Optional<Bundle> version(String digest) {
        return catalog.versions().find(digest);
    }

    /** Why a version cannot take the place of the one in force; empty if it can. */
    public Optional<String> unlike(Bundle next, String name) {
        return catalog.find(name)
                .map(now -> now.unlike(next))
                .orElse(Optional.of("is of a model that these schedulers do not have"));
    }

    private boolean isInForce(ActivateBundle activation) {
        return digestInForce(activation.name()).equals(Optional.of(activation.digest()));
    }

    private Optional<String> digestInForce(String name) {
        return catalog.find(name).map(Bundle::digest);
    }

    private Holding holding(ActivateBundle activation) {
        return Holding.of(ready.get(), activation.digest());
    }

    private void solved(Asked known, @Nullable String problem) {
        if (problem != null && !problem.equals(known.problem())) {
            LOG.warn(
                    "event=bundle_not_activated model={} digest={} problem=\"{}\"",
                    known.activation().name(),
                    known.activation().digest(),
                    problem);
        }
        asked.replace(
                known.activation().name(),
                known,
                new Asked(known.activation(), problem, known.overwritten()));
    }

    /**
     * @param overwritten whether the topic has the word that an earlier one came into force in its
     *     place
     */
    private record Asked(ActivateBundle activation, @Nullable String problem, boolean overwritten) {
        boolean isLaterThan(ActivateBundle word) {
            return word.inForceSince() != null && word.at().isBefore(activation.at());
        }
    }
}
