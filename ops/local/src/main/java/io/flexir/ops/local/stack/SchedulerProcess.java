package io.flexir.ops.local.stack;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.ManagementPort;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.KeptProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.scheduler.config.ScalingConfig;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A further scheduler, in a process of its own. It shares the jobs with the others by partition,
 * and is started again, at the same address, if it dies.
 *
 * @param address of its API
 * @param management its management port
 */
record SchedulerProcess(KeptProcess process, URI address, ManagementPort management)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /**
     * @param name in the log of this process
     */
    static SchedulerProcess start(
            String name,
            FleetConfigs configs,
            BudgetPolicy policy,
            ScalingConfig scaling,
            Path log) {
        int port = Ports.choose(Ports.ANY, "scheduler");
        int managementPort = Ports.choose(Ports.ANY, "scheduler");
        return new SchedulerProcess(
                KeptProcess.start(
                        name,
                        () ->
                                ChildProcess.start(
                                        Role.SCHEDULER,
                                        configs.processes()
                                                .scheduler(port, managementPort, policy, scaling),
                                        log)),
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
        process.stop(PATIENCE);
    }
}
