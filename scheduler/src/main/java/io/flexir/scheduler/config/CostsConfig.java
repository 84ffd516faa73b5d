package io.flexir.scheduler.config;

import io.flexir.scheduler.costs.PriceList;

import java.nio.file.Path;

/**
 * What things cost.
 *
 * @param prices of workers, computing and energy
 */
public record CostsConfig(PriceList prices) {
    public static final CostsConfig DEFAULT = new CostsConfig(PriceList.DEFAULT);

    /**
     * By a file with a price list.
     *
     * @throws InvalidConfigException when it is not as it must be
     */
    public static CostsConfig read(Path file) {
        return new CostsConfig(PricesFile.read(file));
    }
}
