package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import org.jspecify.annotations.Nullable;

/**
 * A wish, from any thread, that one restoration end soon. It takes effect between two operators of
 * the graph that is running, at the latest between two graphs.
 */
public final class Cancellation {
    private boolean cancelled;
    private OrtSession.@Nullable RunOptions running;

    /** Asks for the end; what has ended already does not mind. */
    public synchronized void cancel() {
        cancelled = true;
        OrtSession.RunOptions options = running;
        if (options != null) {
            terminate(options);
        }
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Lets {@link #cancel} reach the runs that use {@code options}, until {@link #detach}. */
    synchronized void attach(OrtSession.RunOptions options) {
        running = options;
        if (cancelled) {
            terminate(options);
        }
    }

    /** After this the options may be closed. */
    synchronized void detach() {
        running = null;
    }

    private static void terminate(OrtSession.RunOptions options) {
        try {
            options.setTerminate(true);
        } catch (OrtException failed) {
            throw new InferenceException("setting a run's terminate flag failed", failed);
        }
    }
}
