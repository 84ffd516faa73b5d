package io.flexir.scheduler.metrics;

import java.util.function.BooleanSupplier;

/**
 * One thing that must be true for the scheduler to be of use.
 *
 * @param name short and stable, such as {@code streams}
 * @param holds may block for a few seconds; an exception counts as no
 */
public record HealthCheck(String name, BooleanSupplier holds) {}
