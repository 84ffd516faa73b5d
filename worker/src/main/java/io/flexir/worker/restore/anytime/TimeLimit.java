package io.flexir.worker.restore.anytime;

import io.flexir.contracts.request.OnMiss;

import java.time.Duration;

/**
 * A job's deadline as seen when its restoration starts.
 *
 * @param left time until the outcome is due; negative when it is already late
 * @param encodeAndStore time that is needed after the last pixel: encoding, storing, reporting
 * @param onMiss what to do when even the smallest allowed pointer comes late
 */
public record TimeLimit(Duration left, Duration encodeAndStore, OnMiss onMiss) {}
