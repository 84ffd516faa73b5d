package io.flexir.worker.restore;

/** One image on its way through the network. Belongs to one thread. */
sealed interface Restoring extends AutoCloseable permits ImageRun, PricedRun {
    /** Restores the whole image; false when it was given up for its deadline. */
    boolean run(long maxTilePixels);

    /** What was done, once all of it has run. */
    Restoration result(double wallSeconds);

    @Override
    void close();
}
