package io.flexir.ops.cli;

import io.flexir.ops.bench.simulate.Arrivals;
import io.flexir.ops.bench.simulate.JobMix;
import io.flexir.ops.bench.simulate.NamedPolicy;
import io.flexir.ops.bench.simulate.Oracle;
import io.flexir.ops.bench.simulate.PolicyResult;
import io.flexir.ops.bench.simulate.SimulatedJob;
import io.flexir.ops.bench.simulate.Simulation;
import io.flexir.ops.bench.simulate.SimulationJson;
import io.flexir.ops.bench.simulate.SimulationPlot;
import io.flexir.ops.bench.simulate.SimulationTable;
import io.flexir.ops.bench.simulate.Trace;
import io.flexir.ops.bench.simulate.TwoTenants;
import io.flexir.ops.bench.simulate.Workload;
import io.flexir.ops.local.CannotStart;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.bundles.InvalidBundleException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/** Compares budget policies over virtual time. */
@Command(
        name = "simulate",
        description = {
            "Plays arrivals to the scheduler's own queue, load model and policies over virtual time, and prints what",
            "each policy keeps of deadlines and quality, beside an upper bound on what any could (oracle)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A load of 1 is what the workers could just do at full depth. Jobs are of the models in --bundles, with",
            "their costs and PSNR; a job that misses its deadline counts with its input's PSNR. oracle is a bound",
            "on what can be reached while all deadlines are kept that the floor makes feasible, oracle-free on what can",
            "be reached if some of them may be given up as well.",
            "",
            "Examples:",
            "  flexir simulate --trace burst --load 2",
            "  flexir simulate --trace tenants --policy load:10,gain",
            "  flexir simulate --trace recorded-topic --kafka broker:9092 --from 2026-11-25T10:00:00Z",
            "  flexir simulate --trace arrivals.csv --load 3.0 --policy fixed-min,slack,gain,oracle --json"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int DEFAULT_WORKERS = 100;
    private static final String TENANTS = "tenants";
    private static final String RECORDED = "recorded-topic";
    private static final int MOST_JOBS = 1_000_000;
    private static final int MOST_WORKERS = 1_000_000;

    @Option(
            names = "--trace",
            paramLabel = "TRACE",
            required = true,
            description =
                    "poisson, burst, diurnal, tenants (a steady one beside one that bursts), recorded-topic (what a running fleet was asked for, from its broker), or a file with a line offset_ms,size for each arrival.")
    private String trace;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "auto",
            description =
                    "Workers of one slot. auto: as many as make the load while the arrivals of a file come as they came,"
                            + " or those that are made for 10 min (poisson), 15 min (burst) or 60 min (diurnal); "
                            + DEFAULT_WORKERS
                            + " for tenants. With a larger number each arrival of a file stands for several.")
    private String workers;

    @Option(
            names = "--policy",
            paramLabel = "P",
            split = ",",
            defaultValue = "all",
            description =
                    "fixed-min, fixed-max, fixed:POINTER, load:SECONDS, slack, gain, oracle, oracle-free, or all.")
    private List<String> policies;

    @Option(
            names = "--load",
            paramLabel = "X",
            description =
                    "Work of all arrivals at full depth over what the workers can do meanwhile (default: 1.0; with recorded-topic and --workers N, jobs come as they came).")
    private @Nullable Double askedLoad;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Arrivals to make; a file has its own (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Draws arrivals and what jobs ask for (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Plot quality, p99 and cost over attainment, to a .png or .svg file.")
    private @Nullable Path plot;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    @Mixin private RecordedJobsOptions recorded;

    @Mixin private SimulatedWorkerOptions worker;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        List<NamedPolicy> compared = compared();
        require(load() > 0 && load() <= 1000, "--load must be above 0, is " + load());
        require(jobs > 0 && jobs <= MOST_JOBS, "--jobs must be 1 to " + MOST_JOBS + ", is " + jobs);
        worker.check();
        require(
                plot == null || SimulationPlot.canWrite(plot),
                "--plot takes a .png or .svg file, not " + plot);
        BundleCatalog catalog = catalog();
        if (trace.equals(TENANTS)) {
            report(tenants(compared, catalog));
            return ExitCode.DONE;
        }
        Workload workload =
                trace.equals(RECORDED)
                        ? recorded(catalog)
                        : workload(new JobMix(List.copyOf(catalog.all())));
        PrintWriter people = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        people.printf(
                Locale.ROOT,
                "%s: %d jobs, %d workers, load %.2f at full depth, seed %d%n",
                trace,
                workload.jobs().size(),
                workload.workers(),
                workload.load(),
                seed);
        people.flush();
        List<PolicyResult> results = new ArrayList<>();
        for (NamedPolicy policy : compared) {
            results.add(result(policy, workload, catalog));
        }
        report(results);
        return ExitCode.DONE;
    }

    /** An oracle is no policy of a scheduler, and knows no tenants. */
    private List<PolicyResult> tenants(List<NamedPolicy> compared, BundleCatalog catalog) {
        int count = workers.equals("auto") ? DEFAULT_WORKERS : number();
        TwoTenants two = new TwoTenants(catalog, count, worker.service(), seed);
        return compared.stream()
                .flatMap(
                        policy ->
                                policy
                                        .terms()
                                        .map(
                                                terms ->
                                                        two.results(
                                                                policy.name(),
                                                                terms,
                                                                worker.manner()))
                                        .stream()
                                        .flatMap(List::stream))
                .toList();
    }

    private PolicyResult result(NamedPolicy policy, Workload workload, BundleCatalog catalog) {
        return policy.terms()
                .map(
                        terms ->
                                Simulation.run(workload, catalog, Policy.of(terms), worker.manner())
                                        .result(policy.name(), workload.workers()))
                .orElseGet(() -> Oracle.of(policy.name(), workload, kept(policy, workload)));
    }

    /** All deadlines that the floor makes feasible, unless it is free to give some up. */
    private static int kept(NamedPolicy oracle, Workload workload) {
        return oracle.name().equals("oracle") ? Oracle.feasibleDeadlines(workload) : 0;
    }

    private void report(List<PolicyResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(SimulationJson.of(results, worker.costOfHour()));
        } else {
            out.println();
            SimulationTable.lines(results, worker.costOfHour()).forEach(out::println);
        }
        out.flush();
        if (plot != null) {
            SimulationPlot.write(trace + ", load " + load(), results, worker.costOfHour(), plot);
        }
    }

    /** Unless a load is asked for, a given number of workers gets the jobs as they came. */
    private Workload recorded(BundleCatalog catalog) {
        List<SimulatedJob> asked = recorded.jobs(catalog, MOST_JOBS);
        if (workers.equals("auto")) {
            int count = automatic(Workload.workersFor(asked, load(), worker.service()));
            return new Workload(asked, count, worker.service());
        }
        return askedLoad == null
                ? new Workload(asked, number(), worker.service())
                : Workload.paced(asked, number(), load(), worker.service());
    }

    private double load() {
        return askedLoad == null ? 1 : askedLoad;
    }

    private Workload workload(JobMix mix) {
        return isMade() ? made(mix) : read(mix, Trace.read(Path.of(trace)));
    }

    private Workload read(JobMix mix, Trace read) {
        int count =
                workers.equals("auto")
                        ? automatic(Workload.workersFor(read, mix, seed, load(), worker.service()))
                        : number();
        return Workload.scaled(read, mix, seed, count, load(), worker.service(), MOST_JOBS);
    }

    private Workload made(JobMix mix) {
        Arrivals arrivals = Arrivals.valueOf(trace.toUpperCase(Locale.ROOT));
        ServiceTime service = worker.service();
        int count =
                workers.equals("auto")
                        ? automatic(Workload.workersFor(arrivals, jobs, mix, seed, load(), service))
                        : number();
        return Workload.made(arrivals, jobs, mix, seed, count, load(), service);
    }

    private boolean isMade() {
        return Arrays.stream(Arrivals.values())
                .anyMatch(arrivals -> arrivals.name().toLowerCase(Locale.ROOT).equals(trace));
    }

    private int number() {
        try {
            int count = Integer.parseInt(workers);
            require(
                    count >= 1 && count <= MOST_WORKERS,
                    "--workers must be 1 to " + MOST_WORKERS + " or auto");
            return count;
        } catch (NumberFormatException noNumber) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--workers must be a number or auto, is " + workers,
                    noNumber);
        }
    }

    /** No more than are simulated, whatever the arrivals ask for. */
    private int automatic(long wanted) {
        if (wanted > MOST_WORKERS) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    Locale.ROOT,
                    "flexir: the load asks for %d workers: %d are simulated%n",
                    wanted,
                    MOST_WORKERS);
            err.flush();
        }
        return (int) Math.min(wanted, MOST_WORKERS);
    }

    private List<NamedPolicy> compared() {
        Set<String> names = new LinkedHashSet<>();
        policies.forEach(
                name -> names.addAll(name.equals("all") ? NamedPolicy.ALL : List.of(name)));
        try {
            return names.stream().map(NamedPolicy::of).toList();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(), "--policy: " + wrong.getMessage(), wrong);
        }
    }

    private BundleCatalog catalog() {
        try {
            return BundleCatalog.read(bundles);
        } catch (InvalidBundleException unusable) {
            throw new CannotStart(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
