package io.flexir.worker.restore.model;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a model until closed. */
public final class ModelLease implements AutoCloseable {
    private final StagedModel model;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    ModelLease(StagedModel model, Runnable giveBack) {
        this.model = model;
        this.giveBack = giveBack;
    }

    public StagedModel model() {
        if (closed.get()) {
            throw new IllegalStateException("the model was given back");
        }
        return model;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
