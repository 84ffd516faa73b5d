package io.flexir.scheduler;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.config.JobsConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How jobs are run. */
final class JobsOptions {
    @Option(
            names = "--pools",
            split = ",",
            defaultValue = "${env:FLEXIR_POOLS:-cpu}",
            description =
                    "Sets of like workers that orders go to, separated by commas (default: ${DEFAULT-VALUE}).")
    private List<String> pools;

    @Option(
            names = "--policy",
            converter = PolicyConverter.class,
            defaultValue = "${env:FLEXIR_POLICY:-load:30}",
            description =
                    "How deep jobs may go: gain spends depth where it gains most while all can be on time, slack goes as deep"
                            + " as a job's own deadline allows, load:SECONDS keeps the predicted backlog under so many seconds,"
                            + " fixed:POINTER ignores the load (default: ${DEFAULT-VALUE}).")
    private BudgetPolicy policy;

    @Option(
            names = "--tenants",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_TENANTS}",
            description =
                    "JSON file with weights, quotas, inputs and rates of tenants; all are equal, without quotas, and may name"
                            + " their own uploads and results alone when left out.")
    private @Nullable Path tenants;

    @Option(
            names = "--credit-per-slot",
            defaultValue = "${env:FLEXIR_CREDIT_PER_SLOT:-2}",
            description =
                    "Orders that are out for each slot of a ready worker (default: ${DEFAULT-VALUE}).")
    private double creditPerSlot;

    @Option(
            names = "--heartbeat-ttl-millis",
            defaultValue = "${env:FLEXIR_HEARTBEAT_TTL_MILLIS:-10000}",
            description =
                    "A worker that was not heard of for longer counts as dead, in milliseconds; clocks must agree"
                            + " within it (default: ${DEFAULT-VALUE}).")
    private long heartbeatTtlMillis;

    @Option(
            names = "--order-patience-seconds",
            defaultValue = "${env:FLEXIR_ORDER_PATIENCE_SECONDS:-60}",
            description =
                    "An order that no worker names for so long, while one has room, is sent again, in seconds:"
                            + " twice the lock duration of the share group (default: ${DEFAULT-VALUE}).")
    private long orderPatienceSeconds;

    @Option(
            names = "--busy-order-patience-seconds",
            defaultValue = "${env:FLEXIR_BUSY_ORDER_PATIENCE_SECONDS:-600}",
            description =
                    "The same while no worker has room, in seconds (default: ${DEFAULT-VALUE}).")
    private long busyOrderPatienceSeconds;

    @Option(
            names = "--max-attempts",
            defaultValue = "${env:FLEXIR_MAX_ATTEMPTS:-3}",
            description = "Orders sent for one job (default: ${DEFAULT-VALUE}).")
    private int maxAttempts;

    @Option(
            names = "--retry-wait-millis",
            defaultValue = "${env:FLEXIR_RETRY_WAIT_MILLIS:-1000}",
            description =
                    "Before the second order of a job whose first failed, doubled for each after it, in milliseconds"
                            + " (default: ${DEFAULT-VALUE}).")
    private long retryWaitMillis;

    @Option(
            names = "--retry-share",
            defaultValue = "${env:FLEXIR_RETRY_SHARE:-0.2}",
            description =
                    "Orders after a failed one for each first order of this scheduler, beside one a second; past it failed"
                            + " jobs wait up to a minute, and then fail for good (default: ${DEFAULT-VALUE}).")
    private double retryShare;

    @Option(
            names = "--max-ledger-jobs",
            defaultValue = "${env:FLEXIR_MAX_LEDGER_JOBS:-100000}",
            description =
                    "Jobs that wait in the ledger; a request past it, which only a producer beside the API can"
                            + " write, fails at once (default: ${DEFAULT-VALUE}).")
    private int maxLedgerJobs;

    @Option(
            names = "--retention-minutes",
            defaultValue = "${env:FLEXIR_RETENTION_MINUTES:-360}",
            description =
                    "How long an ended job is remembered, to know its second request or report, in minutes"
                            + " (default: ${DEFAULT-VALUE}).")
    private long retentionMinutes;

    @Option(
            names = "--max-remembered-jobs",
            defaultValue = "${env:FLEXIR_MAX_REMEMBERED_JOBS:-200000}",
            description = "Ended jobs that are remembered, the newest (default: ${DEFAULT-VALUE}).")
    private int maxRememberedJobs;

    @Option(
            names = "--tick-millis",
            defaultValue = "${env:FLEXIR_TICK_MILLIS:-20}",
            description =
                    "Between two looks at credit, cancellations and deadlines, in milliseconds (default:"
                            + " ${DEFAULT-VALUE}).")
    private long tickMillis;

    JobsConfig toConfig() {
        return new JobsConfig(
                pools,
                policy,
                tenants,
                creditPerSlot,
                Duration.ofMillis(heartbeatTtlMillis),
                Duration.ofSeconds(orderPatienceSeconds),
                Duration.ofSeconds(busyOrderPatienceSeconds),
                maxAttempts,
                Duration.ofMillis(retryWaitMillis),
                retryShare,
                maxLedgerJobs,
                Duration.ofMinutes(retentionMinutes),
                maxRememberedJobs,
                Duration.ofMillis(tickMillis));
    }
}
