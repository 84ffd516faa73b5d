package io.flexir.worker.restore.exit;

import io.flexir.worker.restore.region.Lattice;
import io.flexir.worker.restore.region.Rect;

/**
 * The error that an image is expected to have if all of it stopped at a pointer, summed up strip by
 * strip from its input. Belongs to one thread.
 */
public final class ErrorSum {
    /** No image is so good that nothing is left to gain. */
    private static final double LEAST = 1e-3;

    private final PayoffRule rule;
    private final double[] sums;
    private long pixels;

    public ErrorSum(PayoffRule rule) {
        this.rule = rule;
        this.sums = new double[rule.table().gains().size() + 1];
    }

    /** Takes in a strip of the image. */
    public void add(Luma strip) {
        Lattice lattice = new Lattice(strip.width(), strip.height(), rule.table().cell());
        for (int i = 0; i < lattice.cells(); i++) {
            Rect cell = lattice.cell(i);
            double energy = GradientEnergy.of(strip, cell);
            for (int pointer = 1; pointer <= sums.length; pointer++) {
                sums[pointer - 1] += rule.error(pointer, energy) * cell.pixels();
            }
            pixels += cell.pixels();
        }
    }

    /** Mean squared gray levels after {@code pointer} stages. */
    double mean(int pointer) {
        return Math.max(LEAST, sums[pointer - 1] / pixels);
    }
}
