package io.flexir.scheduler;

import io.flexir.scheduler.config.CostsConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** What things cost. */
final class CostsOptions {
    @Option(
            names = "--prices",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_PRICES}",
            description =
                    "JSON file with what costs are told by: currency, and the price of a worker's hour by device class, of a"
                            + " GMAC and of a kWh; 0.10 USD for every worker's hour when left out.")
    private @Nullable Path prices;

    CostsConfig toConfig() {
        return prices == null ? CostsConfig.DEFAULT : CostsConfig.read(prices);
    }
}
