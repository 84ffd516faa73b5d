package io.flexir.scheduler.storage;

import java.time.Instant;

/**
 * An object as a listing of the bucket has it.
 *
 * @param storedAt by the store's clock
 */
public record StoredObject(String key, Instant storedAt) {}
