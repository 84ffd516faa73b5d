package io.flexir.scheduler.api.keeping;

import io.flexir.contracts.control.ControlRecord.PurgeJob;
import io.flexir.contracts.control.ControlRecord.PurgeTenant;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.storage.UploadKeys;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;

/**
 * Asks for something to be gone. The wish is durable once this returns; whichever schedulers live
 * see to it. Blocks on the broker.
 */
public final class JobPurge {
    private static final Logger LOG = LoggerFactory.getLogger(JobPurge.class);

    private final BrokerWriter broker;
    private final String bucket;
    private final InstantSource clock;

    /**
     * @param bucket of uploads and results
     */
    public JobPurge(BrokerWriter broker, String bucket, InstantSource clock) {
        this.broker = broker;
        this.bucket = bucket;
        this.clock = clock;
    }

    /**
     * A job that has not ended is taken back first.
     *
     * @throws io.flexir.scheduler.api.problem.RefusedException when the broker did not acknowledge
     */
    public void purge(JobSnapshot job) {
        ObjectReference input = uploaded(job.tenant(), job.view().request().input());
        broker.write(new PurgeJob(job.id(), job.tenant(), input, clock.instant()));
        LOG.info("event=purge_asked job={} tenant={}", job.id(), job.tenant());
    }

    /**
     * Jobs that the tenant submits later stay.
     *
     * @throws io.flexir.scheduler.api.problem.RefusedException when the broker did not acknowledge
     */
    public PurgeTenant purge(TenantId tenant) {
        PurgeTenant purge = new PurgeTenant(tenant, clock.instant());
        broker.write(purge);
        LOG.info("event=purge_asked tenant={}", tenant);
        return purge;
    }

    /** What the client keeps in places of its own is not the fleet's to delete. */
    private @Nullable ObjectReference uploaded(TenantId tenant, ObjectReference input) {
        return input.bucket().equals(bucket) && UploadKeys.isOf(tenant, input.key()) ? input : null;
    }
}
