package io.flexir.ops.bench.chaos.plan;

/** Where a fault strikes. Each has one fault at a time, so that somebody is left to take over. */
public enum Place {
    BROKER,
    STORE,
    SCHEDULERS,
    WORKERS,
    /** What clients submit. */
    INPUTS,
    /** The topics themselves: records that come twice, and late. */
    TOPICS
}
