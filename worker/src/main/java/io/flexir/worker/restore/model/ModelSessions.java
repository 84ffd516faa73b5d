package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtException;

import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.worker.restore.bundle.Bundle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models in memory. A model in use stays; of those that no job uses the most recent {@code
 * maxResidentModels} stay, the others are closed. In memory at once are thus at most that many, or
 * as many as jobs run. Thread-safe; loading happens one at a time and does not hold up jobs whose
 * model is there.
 */
public final class ModelSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSessions.class);
    private static final boolean BY_ACCESS = true;

    private final RuntimeSettings settings;
    private final Object loading = new Object();
    private final Map<String, Resident> residents = new LinkedHashMap<>(16, 0.75f, BY_ACCESS);
    private boolean closed;

    public ModelSessions(RuntimeSettings settings) {
        this.settings = settings;
    }

    /** Lends a model, loading, warming and measuring it first where necessary. */
    public Acquisition acquire(Bundle bundle) {
        Optional<Acquisition> present = lend(bundle.digest());
        if (present.isPresent()) {
            return present.get();
        }
        synchronized (loading) {
            return lend(bundle.digest()).orElseGet(() -> load(bundle));
        }
    }

    private synchronized Optional<Acquisition> lend(String digest) {
        if (closed) {
            throw new IllegalStateException("the models are closed");
        }
        return Optional.ofNullable(residents.get(digest)).map(this::lend);
    }

    private Acquisition lend(Resident resident) {
        resident.users++;
        return new Acquisition.Ready(new ModelLease(resident.model, () -> giveBack(resident)));
    }

    private Acquisition load(Bundle bundle) {
        try {
            long start = System.nanoTime();
            StagedModel model = StagedModel.open(bundle, OnnxRuntime.shared(settings));
            LOG.info(
                    "event=model_loaded model={} digest={} seconds={} gigaMacsPerSecond={}",
                    bundle.manifest().name(),
                    bundle.digest(),
                    (System.nanoTime() - start) / 1e9,
                    model.gigaMacsPerSecond());
            return admit(model);
        } catch (BundleMismatchException mismatch) {
            return new Acquisition.Refused(
                    "bundle " + bundle.manifest().name() + " is refused: " + mismatch.getMessage());
        } catch (OrtException failed) {
            throw new InferenceException(
                    "loading bundle " + bundle.manifest().name() + " failed", failed);
        }
    }

    private synchronized Acquisition admit(StagedModel model) {
        Resident resident = new Resident(model);
        residents.put(model.bundle().digest(), resident);
        Acquisition lent = lend(resident);
        closeIdleBeyond(settings.maxResidentModels());
        return lent;
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
