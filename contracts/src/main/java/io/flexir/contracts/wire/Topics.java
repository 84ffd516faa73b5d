package io.flexir.contracts.wire;

/**
 * Names of the topics and share groups. The number at the end is the version of the topic's
 * contract.
 */
public final class Topics {
    public static final String REQUESTS = "flexir.requests.v1";
    public static final String JOBS = "flexir.jobs.v1";
    public static final String REPORTS = "flexir.reports.v1";
    public static final String OUTCOMES = "flexir.outcomes.v1";
    public static final String WORKERS = "flexir.workers.v1";
    public static final String CONTROL = "flexir.control.v1";
    public static final String WEBHOOKS = "flexir.webhooks.v1";
    public static final String DEAD_LETTER = "flexir.deadletter.v1";

    private static final String WORK = "flexir.work.";
    private static final String VERSION = ".v1";

    private Topics() {}

    /** The work orders of one pool. */
    public static String work(String pool) {
        return WORK + pool + VERSION;
    }

    /** Whether a topic has the work orders of some pool. */
    public static boolean isWork(String topic) {
        return topic.startsWith(WORK) && topic.endsWith(VERSION);
    }

    /** The share group that the workers of one pool read their orders with. */
    public static String shareGroup(String pool) {
        return "flexir-" + pool;
    }
}
