package io.flexir.scheduler.costs;

import java.util.Map;

/**
 * What things cost. Prices add up: one that asks for energy beside workers says so twice.
 *
 * @param currency in three letters, such as {@code EUR}
 * @param workerHour an hour of a worker's slot by device class; {@value #OTHERS} is any other
 * @param gigaMac 10^9 multiply-adds
 * @param kilowattHour of energy
 */
public record PriceList(
        String currency, Map<String, Double> workerHour, double gigaMac, double kilowattHour) {
    /** Stands for every device class that has no price of its own. */
    public static final String OTHERS = "*";

    /** What the simulator takes a worker to cost. */
    public static final PriceList DEFAULT = new PriceList("USD", Map.of(OTHERS, 0.10), 0, 0);

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    public PriceList {
        workerHour = Map.copyOf(workerHour);
    }

    /** What this costs on such a device, in the currency. */
    double money(String device, Use use) {
        double hour = workerHour.getOrDefault(device, workerHour.getOrDefault(OTHERS, 0.0));
        return use.seconds() / SECONDS_PER_HOUR * hour
                + use.gigaMacs() * gigaMac
                + use.joules() / JOULES_PER_KILOWATT_HOUR * kilowattHour;
    }
}
