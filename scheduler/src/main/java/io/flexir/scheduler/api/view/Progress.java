package io.flexir.scheduler.api.view;

import io.flexir.contracts.fleet.InFlightJob;

import java.time.Instant;

/**
 * How far a job is, from the latest heartbeat that names it.
 *
 * @param workerId who works on it
 * @param job phase, stage and regions
 * @param heardAt when the worker said so
 */
public record Progress(String workerId, InFlightJob job, Instant heardAt) {}
