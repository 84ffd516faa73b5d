package io.flexir.worker.restore.region;

/**
 * A part of the image that is restored on its own. All coordinates are input pixels of the whole
 * image.
 *
 * @param index position in row-major order, from 0
 * @param column column of the region in the plan
 * @param row row of the region in the plan
 * @param tile what is fed to the network: core and halo, on the grid; may reach past the image into
 *     its padding
 * @param core the pixels that this region answers for; the cores of a plan partition the image
 * @param scored the pixels that an exit rule looks at: the core, grown to the manifest's region
 *     size where the image allows
 */
public record Region(int index, int column, int row, Rect tile, Rect core, Rect scored) {
    public Region {
        if (!scored.contains(core)) {
            throw new IllegalArgumentException("scored " + scored + " must hold core " + core);
        }
    }
}
