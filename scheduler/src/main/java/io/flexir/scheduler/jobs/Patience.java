package io.flexir.scheduler.jobs;

import java.time.Duration;

/**
 * How long an order may go without a worker that names it.
 *
 * @param idle while some ready worker of its pool has a free slot
 * @param busy while there is none
 */
public record Patience(Duration idle, Duration busy) {}
