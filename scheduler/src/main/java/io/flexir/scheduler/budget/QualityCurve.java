package io.flexir.scheduler.budget;

import io.flexir.contracts.bundle.BundleManifest;

/**
 * What each pointer of a model costs and what it is worth, from its manifest. A model that was not
 * calibrated counts as one of diminishing returns. Immutable.
 */
public final class QualityCurve {
    private final double inputPsnr;
    private final double[] psnr;
    private final double[] gigaMacsPerPixel;
    private final int[] next;

    /**
     * @param inputPsnr of the degraded image, in dB
     * @param psnr by pointer 1..n, in dB
     * @param gigaMacsPerPixel by pointer 1..n, ascending
     */
    public QualityCurve(double inputPsnr, double[] psnr, double[] gigaMacsPerPixel) {
        if (psnr.length == 0 || psnr.length != gigaMacsPerPixel.length) {
            throw new IllegalArgumentException(
                    psnr.length + " qualities for " + gigaMacsPerPixel.length + " costs");
        }
        this.inputPsnr = inputPsnr;
        this.psnr = psnr.clone();
        this.gigaMacsPerPixel = gigaMacsPerPixel.clone();
        this.next = new int[psnr.length + 1];
        for (int pointer = 1; pointer <= n(); pointer++) {
            next[pointer] = steepest(pointer, n());
        }
    }

    public static QualityCurve of(BundleManifest manifest) {
        int n = manifest.n();
        double[] costs = new double[n];
        double[] qualities = new double[n];
        boolean calibrated = manifest.calibration().images() > 0;
        for (int pointer = 1; pointer <= n; pointer++) {
            costs[pointer - 1] = manifest.macsPerPixel(pointer) / 1e9;
            qualities[pointer - 1] =
                    calibrated
                            ? manifest.calibration().psnr().get(pointer - 1)
                            : Math.sqrt(pointer);
        }
        return new QualityCurve(
                calibrated ? manifest.calibration().inputPsnr() : 0, qualities, costs);
    }

    /** The largest pointer. */
    public int n() {
        return psnr.length;
    }

    public double inputPsnr() {
        return inputPsnr;
    }

    public double psnr(int pointer) {
        return psnr[pointer - 1];
    }

    public double gigaMacsPerPixel(int pointer) {
        return gigaMacsPerPixel[pointer - 1];
    }

    /**
     * The next pointer of the concave envelope above this one: the deeper one whose gain for each
     * GMAC is largest.
     *
     * @param atMost no deeper than this
     * @return 0 where nothing deeper is better
     */
    public int next(int pointer, int atMost) {
        return next[pointer] <= atMost ? next[pointer] : steepest(pointer, atMost);
    }

    private int steepest(int pointer, int atMost) {
        int best = 0;
        double bestSlope = 0;
        for (int deeper = pointer + 1; deeper <= Math.min(atMost, n()); deeper++) {
            double slope =
                    (psnr(deeper) - psnr(pointer))
                            / (gigaMacsPerPixel(deeper) - gigaMacsPerPixel(pointer));
            if (slope > bestSlope) {
                best = deeper;
                bestSlope = slope;
            }
        }
        return best;
    }
}
