package io.flexir.contracts.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Told to every process through the compacted topic {@code control}, which is read to its end
 * before intake.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ControlRecord.CancelJob.class, name = "cancel"),
    @JsonSubTypes.Type(value = ControlRecord.ChangePolicy.class, name = "policy"),
    @JsonSubTypes.Type(value = ControlRecord.ActivateBundle.class, name = "bundle"),
    @JsonSubTypes.Type(value = ControlRecord.RunExperiment.class, name = "experiment"),
    @JsonSubTypes.Type(value = ControlRecord.RateJob.class, name = "feedback"),
    @JsonSubTypes.Type(value = ControlRecord.PurgeJob.class, name = "purge"),
    @JsonSubTypes.Type(value = ControlRecord.PurgeTenant.class, name = "purge-tenant")
})
public sealed interface ControlRecord {
    /**
     * Key in the topic: {@code cancel/<job>}, {@code policy/<name>}, {@code bundle/<name>}, {@code
     * experiment/<name>}, {@code feedback/<job>}, {@code purge/<job>} or {@code
     * purge-tenant/<tenant>}.
     */
    String key();

    /** When it was asked for. */
    Instant at();

    /** A client takes a job back. */
    record CancelJob(JobId jobId, TenantId tenant, Instant at) implements ControlRecord {
        public CancelJob {
            Require.present("jobId", jobId);
            Require.present("tenant", tenant);
            Require.present("at", at);
        }

        @Override
        public String key() {
            return keyOf(jobId);
        }

        public static String keyOf(JobId jobId) {
            return "cancel/" + jobId.value();
        }
    }

    /**
     * A job is to be taken back if it has not ended, and then to be gone with all that is its own.
     *
     * @param input the object to delete with it; none where it is not the fleet's
     */
    record PurgeJob(JobId jobId, TenantId tenant, @Nullable ObjectReference input, Instant at)
            implements ControlRecord {
        public PurgeJob {
            Require.present("jobId", jobId);
            Require.present("tenant", tenant);
            Require.present("at", at);
        }

        @Override
        public String key() {
            return keyOf(jobId);
        }

        public static String keyOf(JobId jobId) {
            return "purge/" + jobId.value();
        }
    }

    /** Everything that a tenant had when this was asked for is to be gone. */
    record PurgeTenant(TenantId tenant, Instant at) implements ControlRecord {
        public PurgeTenant {
            Require.present("tenant", tenant);
            Require.present("at", at);
        }

        @Override
        public String key() {
            return keyOf(tenant);
        }

        public static String keyOf(TenantId tenant) {
            return "purge-tenant/" + tenant.value();
        }
    }

    /** The budget policy changes. */
    record ChangePolicy(String name, BudgetPolicy policy, Instant at) implements ControlRecord {
        public ChangePolicy {
            Require.name("name", name, 64);
            Require.present("policy", policy);
            Require.present("at", at);
        }

        @Override
        public String key() {
            return "policy/" + name;
        }
    }

    /**
     * Orders for this bundle name pin this digest as soon as enough workers hold it.
     *
     * @param previous what orders pinned when this was asked for, and pin until then
     * @param workers share of each pool's workers that are enough, above 0 to 1; one at least
     * @param inForceSince when orders pinned it first, whoever holds it later; none before
     */
    record ActivateBundle(
            String name,
            String digest,
            @Nullable String previous,
            @DefaultsTo("0.5") Double workers,
            Instant at,
            @Nullable Instant inForceSince)
            implements ControlRecord {
        /** Half of the workers. */
        public static final double ENOUGH = 0.5;

        /** Of a bundle that is yet to be held by enough workers. */
        public ActivateBundle(
                String name, String digest, @Nullable String previous, Double workers, Instant at) {
            this(name, digest, previous, workers, at, null);
        }

        @SuppressWarnings({"ConstantValue", "NullAway"})
        public ActivateBundle {
            Require.name("name", name, 128);
            Require.sha256("digest", digest);
            if (previous != null) {
                Require.sha256("previous", previous);
            }
            workers = workers == null ? ENOUGH : workers;
            Require.that(
                    workers > 0 && workers <= 1,
                    "workers",
                    "must be above 0 and at most 1, is " + workers);
            Require.present("at", at);
        }

        /** The same, pinned by orders from now on. */
        public ActivateBundle inForce(Instant since) {
            return new ActivateBundle(name, digest, previous, workers, at, since);
        }

        @Override
        public String key() {
            return keyOf(name);
        }

        public static String keyOf(String name) {
            return "bundle/" + name;
        }
    }

    /**
     * An experiment runs from now on, or has a winner.
     *
     * @param at when it was started or, of one that has a winner, when that was chosen
     * @param startedAt when one that has a winner was started; none where an earlier version wrote
     *     this
     */
    record RunExperiment(
            String name, Experiment experiment, Instant at, @Nullable Instant startedAt)
            implements ControlRecord {
        /** One that starts. */
        public RunExperiment(String name, Experiment experiment, Instant at) {
            this(name, experiment, at, null);
        }

        public RunExperiment {
            Require.name("name", name, 32);
            Require.present("experiment", experiment);
            Require.present("at", at);
        }

        @Override
        public String key() {
            return keyOf(name);
        }

        public static String keyOf(String name) {
            return "experiment/" + name;
        }
    }

    /**
     * A client says what it thinks of a result. The latest word on a job counts.
     *
     * @param rating 1 (bad) to 5 (excellent)
     * @param psnr of the result in dB, from a client that has a reference
     */
    record RateJob(
            JobId jobId,
            TenantId tenant,
            @Nullable Integer rating,
            @Nullable Double psnr,
            Instant at)
            implements ControlRecord {
        public RateJob {
            Require.present("jobId", jobId);
            Require.present("tenant", tenant);
            Require.that(rating != null || psnr != null, "rating", "is missing, and so is psnr");
            if (rating != null) {
                Require.between("rating", rating, 1, 5);
            }
            if (psnr != null) {
                Require.between("psnr", psnr, 0.0, 200.0);
            }
            Require.present("at", at);
        }

        @Override
        public String key() {
            return keyOf(jobId);
        }

        public static String keyOf(JobId jobId) {
            return "feedback/" + jobId.value();
        }
    }
}
