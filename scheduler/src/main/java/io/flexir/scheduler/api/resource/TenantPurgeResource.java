package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.api.keeping.TenantPurge;

import java.time.Instant;

/** How far the purge of a tenant is ({@code TenantPurge} in the API description). */
public record TenantPurgeResource(String tenant, Instant askedAt, long jobsLeft, boolean done) {
    public static TenantPurgeResource of(TenantPurge purge) {
        return new TenantPurgeResource(
                purge.tenant().value(), purge.at(), purge.jobsLeft(), purge.done());
    }
}
