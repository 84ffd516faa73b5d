package io.flexir.scheduler.api.deadletter;

import io.flexir.contracts.wire.DeadLetter;

/** A letter and where it lies. */
public record FoundLetter(LetterId id, DeadLetter letter) {}
