package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.ControlRecord.PurgeJob;
import io.flexir.contracts.control.ControlRecord.PurgeTenant;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is to be gone, as the control topic has it. Fed by one thread, read by many. */
public final class Purges {
    private final Map<JobId, PurgeJob> byJob = new ConcurrentHashMap<>();
    private final Map<TenantId, PurgeTenant> byTenant = new ConcurrentHashMap<>();
    private final JobNews news = new JobNews();

    /** A job is to be gone. */
    public void add(PurgeJob purge) {
        byJob.put(purge.jobId(), purge);
        news.add(purge.jobId());
    }

    /** A tenant's jobs and objects are to be gone. */
    public void add(PurgeTenant purge) {
        byTenant.put(purge.tenant(), purge);
    }

    void removeJob(JobId id) {
        byJob.remove(id);
        news.remove(id);
    }

    void removeTenant(TenantId tenant) {
        byTenant.remove(tenant);
    }

    /** Whether this job is to be gone, by the word of the tenant that it belongs to. */
    boolean holds(RestorationRequest request) {
        PurgeJob purge = byJob.get(request.jobId());
        return purge != null && purge.tenant().equals(request.tenant());
    }

    /** Whether this job is to be gone. */
    public boolean names(JobId id) {
        return byJob.containsKey(id);
    }

    /** Jobs to be gone since a number: the number of each and its job, oldest first. */
    Map<Long, JobId> since(long number) {
        return news.since(number);
    }

    /** Jobs to be gone, with those that are and are remembered. */
    public List<PurgeJob> jobs() {
        return List.copyOf(byJob.values());
    }

    /** Tenants to be gone, with those that are and are remembered. */
    public List<PurgeTenant> tenants() {
        return List.copyOf(byTenant.values());
    }

    /** What was asked for of a tenant, if anything was lately. */
    public Optional<PurgeTenant> of(TenantId tenant) {
        return Optional.ofNullable(byTenant.get(tenant));
    }
}
