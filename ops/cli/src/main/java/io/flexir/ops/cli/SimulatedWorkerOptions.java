package io.flexir.ops.cli;

import io.flexir.ops.bench.simulate.WorkerManner;
import io.flexir.scheduler.budget.ServiceTime;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a simulated worker is like, and what it costs. */
final class SimulatedWorkerOptions {
    @Option(
            names = "--rate",
            paramLabel = "GMACS",
            defaultValue = "20",
            description =
                    "GMAC/s of a worker, such as flexir bench twin measures (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--overhead",
            paramLabel = "MS",
            defaultValue = "100",
            description =
                    "Milliseconds of a worker for each job beside its GMACs (default: ${DEFAULT-VALUE}).")
    private double overheadMillis;

    @Option(
            names = "--orders-per-slot",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Orders that are out for each slot, as FLEXIR_CREDIT_PER_SLOT says; with more than one, some wait at the workers when they are granted (default: ${DEFAULT-VALUE}).")
    private double ordersPerSlot;

    @Option(
            names = "--anytime",
            description =
                    "Workers end a job at an earlier pointer of its budget when the one aimed for would be late, as real ones do; without it a policy stands for itself.")
    private boolean anytime;

    @Option(
            names = "--worker-hour",
            paramLabel = "COST",
            defaultValue = "0.10",
            description =
                    "What an hour of a worker costs, in any currency (default: ${DEFAULT-VALUE}).")
    private double workerHour;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * @throws ParameterException when a value is out of its range
     */
    void check() {
        require(rate > 0 && rate <= 1e6, "--rate must be above 0, is " + rate);
        require(
                overheadMillis >= 0 && overheadMillis <= 1e6,
                "--overhead must not be below 0, is " + overheadMillis);
        require(
                ordersPerSlot >= 1 && ordersPerSlot <= 64,
                "--orders-per-slot must be 1 to 64, is " + ordersPerSlot);
        require(
                workerHour >= 0 && Double.isFinite(workerHour),
                "--worker-hour must be a number from 0, is " + workerHour);
    }

    ServiceTime service() {
        return new ServiceTime(overheadMillis / 1000, rate);
    }

    WorkerManner manner() {
        return new WorkerManner(anytime, ordersPerSlot, 0, 0);
    }

    /** In any currency. */
    double costOfHour() {
        return workerHour;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
