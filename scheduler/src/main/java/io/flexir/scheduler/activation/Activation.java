package io.flexir.scheduler.activation;

import io.flexir.contracts.control.ControlRecord.ActivateBundle;

import org.jspecify.annotations.Nullable;

/**
 * How far a version is from being the one that orders name.
 *
 * @param asked what was asked for
 * @param inForce whether orders name it
 * @param holding who holds it now
 * @param problem why it cannot be, as of the last look
 */
public record Activation(
        ActivateBundle asked, boolean inForce, Holding holding, @Nullable String problem) {}
