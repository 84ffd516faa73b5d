package io.flexir.scheduler.api.keeping;

import io.flexir.contracts.request.TenantId;

import java.time.Instant;

/**
 * How far the purge of a tenant is, as this scheduler sees it.
 *
 * @param at what the tenant had then is meant
 * @param jobsLeft jobs of then that are still there
 * @param done whether neither jobs nor objects of then are left
 */
public record TenantPurge(TenantId tenant, Instant at, long jobsLeft, boolean done) {}
