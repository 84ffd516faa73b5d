package io.flexir.ops.local.client;

import java.time.Instant;

/**
 * How far the deletion of a tenant is.
 *
 * @param askedAt what the tenant had then is meant
 * @param jobsLeft jobs of then that are still there
 * @param done whether neither jobs nor objects of then are left
 */
public record TenantPurge(String tenant, Instant askedAt, long jobsLeft, boolean done) {}
