package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtException;

import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.memory.MemoryExhaustedException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Models in memory. A model in use stays; of those that no job uses the most recent {@code
 * maxResidentModels} stay, the others are closed. In memory at once are thus at most that many, or
 * as many as jobs run. Thread-safe; loading happens one at a time and does not hold up jobs whose
 * model is there.
 */
public final class ModelSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSessions.class);
    private static final boolean BY_ACCESS = true;

    /** What it is where nobody says, see the engine's settings. */
    private static final long USUAL_TILE_PIXELS = 640L * 640;

    private final RuntimeSettings settings;
    private final ToLongFunction<Bundle> tilePixels;
    private final Object loading = new Object();
    private final Map<String, Resident> residents = new LinkedHashMap<>(16, 0.75f, BY_ACCESS);
    private boolean closed;

    public ModelSessions(RuntimeSettings settings) {
        this(settings, _ -> USUAL_TILE_PIXELS);
    }

    /**
     * @param tilePixels of the largest memory tile that a bundle will be fed: a GPU is warmed by it
     */
    public ModelSessions(RuntimeSettings settings, ToLongFunction<Bundle> tilePixels) {
        this.settings = settings;
        this.tilePixels = tilePixels;
    }

    /** Lends a model, loading, warming and measuring it first where necessary. */
    public Acquisition acquire(Bundle bundle) {
        Optional<ModelLease> present = resident(bundle.digest());
        if (present.isPresent()) {
            return new Acquisition.Ready(present.get());
        }
        synchronized (loading) {
            return resident(bundle.digest())
                    .<Acquisition>map(Acquisition.Ready::new)
                    .orElseGet(() -> load(bundle));
        }
    }

    /** Lends a model that is in memory, whatever has become of its files; none where it is not. */
    public synchronized Optional<ModelLease> resident(String digest) {
        if (closed) {
            throw new IllegalStateException("the models are closed");
        }
        return Optional.ofNullable(residents.get(digest)).map(this::lend);
    }

    private ModelLease lend(Resident resident) {
        resident.users++;
        return new ModelLease(resident.model, () -> giveBack(resident));
    }

    /** What goes wrong in a way that nobody thought of says that the bundle is none to use. */
    private Acquisition load(Bundle bundle) {
        try {
            long start = System.nanoTime();
            StagedModel model =
                    StagedModel.open(
                            bundle, OnnxRuntime.shared(settings), tilePixels.applyAsLong(bundle));
            LOG.info(
                    "event=model_loaded model={} digest={} seconds={} gigaMacsPerSecond={}",
                    bundle.manifest().name(),
                    bundle.digest(),
                    (System.nanoTime() - start) / 1e9,
                    model.gigaMacsPerSecond());
            return admit(model);
        } catch (BundleMismatchException mismatch) {
            return refused(bundle, mismatch.getMessage());
        } catch (OrtException failed) {
            throw new InferenceException(
                    "loading bundle " + bundle.manifest().name() + " failed", failed);
        } catch (InferenceException | MemoryExhaustedException known) {
            throw known;
        } catch (RuntimeException unforeseen) {
            LOG.error("event=model_not_loaded digest={}", bundle.digest(), unforeseen);
            return refused(bundle, unforeseen.toString());
        }
    }

    private static Acquisition refused(Bundle bundle, @Nullable String problem) {
        return new Acquisition.Refused(
                "bundle " + bundle.manifest().name() + " is refused: " + problem);
    }

    private synchronized Acquisition admit(StagedModel model) {
        Resident resident = new Resident(model);
        residents.put(model.bundle().digest(), resident);
        ModelLease lent = lend(resident);
        closeIdleBeyond(settings.maxResidentModels());
        return new Acquisition.Ready(lent);
    }

    private synchronized void giveBack(Resident resident) {
        resident.users--;
        closeIdleBeyond(closed ? 0 : settings.maxResidentModels());
    }

    private void closeIdleBeyond(int most) {
        Iterator<Resident> eldestFirst = residents.values().iterator();
        while (residents.size() > most && eldestFirst.hasNext()) {
            Resident resident = eldestFirst.next();
            if (resident.users == 0) {
                eldestFirst.remove();
                resident.model.close();
                LOG.info("event=model_closed digest={}", resident.model.bundle().digest());
            }
        }
    }

    /** What is in memory and how fast it was lately, for heartbeats. */
    public synchronized List<LoadedModel> loaded() {
        List<LoadedModel> loaded = new ArrayList<>();
        for (Resident resident : residents.values()) {
            StagedModel model = resident.model;
            loaded.add(
                    new LoadedModel(
                            model.manifest().name(),
                            model.bundle().digest(),
                            model.gigaMacsPerSecond()));
        }
        return loaded;
    }

    /** Closes what no job uses; what is in use is closed when it is given back. */
    @Override
    public synchronized void close() {
        closed = true;
        closeIdleBeyond(0);
    }

    private static final class Resident {
        private final StagedModel model;
        private int users;

        private Resident(StagedModel model) {
            this.model = model;
        }
    }
}
