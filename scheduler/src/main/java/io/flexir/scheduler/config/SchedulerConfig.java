package io.flexir.scheduler.config;

import java.nio.file.Path;

/**
 * Everything that a scheduler is told.
 *
 * @param kafka the broker
 * @param store the object store
 * @param http where it listens
 * @param jobs how jobs are run
 * @param scaling how many workers there should be
 * @param keeping how long the bucket keeps things
 * @param costs what things cost
 * @param webhooks how those are told of a job's end who asked for it
 * @param tracing whether what is done is traced
 * @param bundles directory of the models, one directory each
 */
public record SchedulerConfig(
        KafkaConfig kafka,
        StoreConfig store,
        HttpConfig http,
        JobsConfig jobs,
        ScalingConfig scaling,
        KeepingConfig keeping,
        CostsConfig costs,
        WebhooksConfig webhooks,
        TracingConfig tracing,
        Path bundles) {
    /** One that keeps things, and prices them, as usual. */
    public SchedulerConfig(
            KafkaConfig kafka,
            StoreConfig store,
            HttpConfig http,
            JobsConfig jobs,
            ScalingConfig scaling,
            Path bundles) {
        this(
                kafka,
                store,
                http,
                jobs,
                scaling,
                KeepingConfig.DEFAULT,
                CostsConfig.DEFAULT,
                WebhooksConfig.DEFAULT,
                TracingConfig.OFF,
                bundles);
    }

    /**
     * @throws InvalidConfigException with everything that is wrong
     */
    public SchedulerConfig {
        Problems problems = new Problems();
        kafka.check(problems);
        store.check(problems);
        http.check(problems);
        jobs.check(problems);
        scaling.check(problems);
        keeping.check(problems);
        webhooks.check(problems);
        problems.throwIfAny();
    }

    /** The same that tells those who ask for it. */
    public SchedulerConfig telling(WebhooksConfig other) {
        return new SchedulerConfig(
                kafka, store, http, jobs, scaling, keeping, costs, other, tracing, bundles);
    }

    /** The same, served otherwise. */
    public SchedulerConfig withHttp(HttpConfig other) {
        return new SchedulerConfig(
                kafka, store, other, jobs, scaling, keeping, costs, webhooks, tracing, bundles);
    }

    /** The same, traced or not. */
    public SchedulerConfig traced(TracingConfig other) {
        return new SchedulerConfig(
                kafka, store, http, jobs, scaling, keeping, costs, webhooks, other, bundles);
    }
}
