package io.flexir.ops.local.stack;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.ManagementPort;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.scheduler.config.ScalingConfig;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A further scheduler, in a process of its own. It shares the jobs with the others by partition.
 *
 * @param address of its API
 * @param management its management port
 */
record SchedulerProcess(ChildProcess process, URI address, ManagementPort management)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    static SchedulerProcess start(
            FleetConfigs configs, BudgetPolicy policy, ScalingConfig scaling, Path log) {
        int port = Ports.choose(Ports.ANY, "scheduler");
        int managementPort = Ports.choose(Ports.ANY, "scheduler");
        return new SchedulerProcess(
                ChildProcess.start(
                        Role.SCHEDULER,
                        configs.schedulerEnvironment(port, managementPort, policy, scaling),
                        log),
                Ports.address(port),
                new ManagementPort(Ports.address(managementPort)));
    }

    boolean ready() {
        return management.ready();
    }

    /** Lets it hand its jobs over. */
    @Override
    public void close() {
        management.close();
        process.terminate();
        if (!process.awaitEnd(PATIENCE)) {
            process.kill();
        }
    }
}
