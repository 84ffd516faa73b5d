package io.flexir.worker.intake;

/**
 * Whether no orders are taken for now, because something that every order needs does not answer.
 * What is not taken stays where it is and has no delivery counted. Thread-safe.
 */
public final class IntakePause {
    private volatile boolean holds;

    public boolean holds() {
        return holds;
    }

    /** Returns whether that is news. */
    public synchronized boolean set(boolean paused) {
        boolean news = holds != paused;
        holds = paused;
        return news;
    }
}
