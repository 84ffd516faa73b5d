package io.flexir.worker.restore.exit;

import io.flexir.contracts.bundle.BundleManifest.Payoff;

import java.util.List;

/**
 * Depth where it pays: a part of an image goes a stage deeper where that is expected to take more
 * off the image's squared error than its multiply-adds are priced at. The price is relative to the
 * error that the image is expected to have, so that one dial does for easy and hard images, as a
 * decibel does. Pure.
 *
 * @param price the user's dial {@code h}: percent of the image's mean squared error for a thousand
 *     multiply-adds a pixel; smaller goes deeper
 * @param table what errors and gains were on the bundle's calibration images, by gradient energy
 */
public record PayoffRule(double price, Payoff table) {
    private static final double PERCENT = 0.01;

    public PayoffRule {
        if (!(price >= 0)) {
            throw new IllegalArgumentException("price " + price + " must not be negative");
        }
    }

    /**
     * Squared gray levels a pixel that the next stage is expected to take off a part.
     *
     * @param pointer stages passed, 1..n-1
     * @param energy of the part's input, as {@link GradientEnergy} measures it
     */
    double gain(int pointer, double energy) {
        return at(table.gains().get(pointer - 1), energy);
    }

    /**
     * Squared gray levels a pixel that a part is expected to be off after {@code pointer} stages.
     */
    double error(int pointer, double energy) {
        double error = at(table.errors(), energy);
        for (int passed = 1; passed < pointer; passed++) {
            error -= gain(passed, energy);
        }
        return Math.max(0, error);
    }

    /**
     * Squared gray levels that a thousand multiply-adds must take off.
     *
     * @param imageError mean expected squared error of the whole image
     */
    double priceIn(double imageError) {
        return price * PERCENT * imageError;
    }

    private double at(List<Double> values, double energy) {
        List<Double> energies = table.energies();
        int above = 0;
        while (above < energies.size() && energies.get(above) < energy) {
            above++;
        }
        if (above == 0 || above == energies.size()) {
            return values.get(Math.min(above, energies.size() - 1));
        }
        double low = energies.get(above - 1);
        double share = (energy - low) / (energies.get(above) - low);
        return values.get(above - 1) + share * (values.get(above) - values.get(above - 1));
    }
}
