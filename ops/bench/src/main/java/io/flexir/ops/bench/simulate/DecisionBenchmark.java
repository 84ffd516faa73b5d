package io.flexir.ops.bench.simulate;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.scheduler.budget.Grant;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.MarginalGain;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.Seconds;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.dispatch.WaitingIndex;
import io.flexir.scheduler.load.WaitingWork;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One decision of {@code gain} in a full queue and before 10,000 busy slots, with all that goes
 * with it: who is next, how deep it may go; it leaves the queue, its order takes the place of one
 * that ended, and another job comes. Time passes as it does when each slot is given a job every
 * half second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {
    static final int SLOTS = 10_000;

    private static final long NANOS_A_DECISION = 50_000;
    private static final int DEEPEST = 6;
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final ServiceTime SERVICE = new ServiceTime(0.1, 20);
    private static final QualityCurve CURVE =
            new QualityCurve(
                    20,
                    new double[] {29.7, 30.6, 31.05, 31.17, 31.18, 31.18},
                    new double[] {32e-6, 52e-6, 81e-6, 111e-6, 141e-6, 170e-6});

    /** Jobs that wait. */
    @Param({"1000", "10000", "100000"})
    public int waiting;

    private final SplittableRandom random = new SplittableRandom(1);
    private final WaitingWork work = new WaitingWork();
    private final WaitingIndex index = new WaitingIndex();
    private final Map<JobId, RestorationRequest> requests = new HashMap<>();
    private final Policy policy = new MarginalGain();
    private Instant now = START;
    private int came;
    private int ended;

    @Setup
    public void fill() {
        work.fleet(SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            work.ordered(new JobId("out-" + i), random.nextDouble(0.1, 3), now);
        }
        for (int i = 0; i < waiting; i++) {
            arrive();
        }
    }

    @Benchmark
    public Grant decision() {
        now = now.plusNanos(NANOS_A_DECISION);
        OrderKey next = index.best(work, now).orElseThrow();
        Grant grant = grant(next);
        RestorationRequest request = Objects.requireNonNull(requests.remove(next.jobId()));
        index.remove(request);
        work.left(next.jobId());
        work.ended(new JobId("out-" + ended), now);
        work.ordered(new JobId("out-" + ended), 1, now);
        ended = (ended + 1) % SLOTS;
        arrive();
        return grant;
    }

    private Grant grant(OrderKey key) {
        RestorationRequest request = Objects.requireNonNull(requests.get(key.jobId()));
        Load load = work.load(key, SERVICE, DEEPEST, now);
        return policy.grant(facts(request), load, now);
    }

    private void arrive() {
        RestorationRequest request = request("j" + came++);
        requests.put(request.jobId(), request);
        index.add(request);
        work.arrived(OrderKey.of(request), facts(request), SERVICE, now);
    }

    private RestorationRequest request(String id) {
        int side = random.nextInt(200, 1000);
        Instant deadline = now.plusMillis(random.nextInt(20_000, 120_000));
        return new RestorationRequest(
                new JobId(id),
                new TenantId("bench"),
                ObjectReference.latest("bench", "input"),
                "any",
                new Depth.Automatic(),
                new Terms(PriorityClass.STANDARD, deadline, 1, OnMiss.DEGRADE),
                OutputFormat.PNG,
                new ImageSize(side, side),
                null,
                now);
    }

    private static JobFacts facts(RestorationRequest request) {
        ImageSize size = request.imageSize();
        return new JobFacts(
                request.depth(),
                1,
                CURVE,
                size == null ? 1 : size.pixels(),
                Seconds.ofDeadline(request.terms().deadline()));
    }
}
