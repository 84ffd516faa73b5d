package io.flexir.worker.restore;

/**
 * Told how far a restoration is, after each stage and each region. Called from the restoring
 * thread; must return at once.
 */
@FunctionalInterface
public interface Progress {
    /**
     * @param stage stages that the regions in work have passed
     * @param regionsDone regions whose pixels are final
     * @param regions all regions of the image
     */
    void at(int stage, int regionsDone, int regions);
}
