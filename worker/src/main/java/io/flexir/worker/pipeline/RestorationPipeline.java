package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.worker.config.ImageSettings;
import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.energy.EnergyMeter;
import io.flexir.worker.image.ImageDecoder;
import io.flexir.worker.image.ImageFile;
import io.flexir.worker.image.ImageLimits;
import io.flexir.worker.intake.Delivery;
import io.flexir.worker.intake.DeliveryRule;
import io.flexir.worker.intake.Intake;
import io.flexir.worker.intake.Isolation;
import io.flexir.worker.intake.OrderHandler;
import io.flexir.worker.intake.Settlement;
import io.flexir.worker.report.InFlightBoard;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ReceiptStore;
import io.flexir.worker.storage.ResultLocation;
import io.flexir.worker.tracing.Tracing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * The order of a job's steps, and the one place that knows it: look for a receipt, fetch, decode,
 * choose a model, restore, encode, store, commit, report; the acknowledgement is what {@link
 * #handle} returns. Runs on the thread that calls it. Thread-safe.
 */
public final class RestorationPipeline implements OrderHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RestorationPipeline.class);

    private static final Duration OUTAGE_RETRY = Duration.ofSeconds(1);

    /** Most orders are taken sooner; a look for the receipt of one that was not costs little. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    /** The largest image takes a slow core minutes. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String bucket;
    private final PipelineTools tools;
    private final Isolation isolation;
    private final ProvideStep provide;
    private final InputSteps input;
    private final AdmitStep admit;
    private final ChooseStep choose = new ChooseStep();
    private final RestoreStep restore;
    private final OutputSteps output;
    private final CommitSteps commit;
    private final Starts starts;
    private final Receipts receipts;
    private final JobReports reports;

    public RestorationPipeline(WorkerConfig config, PipelineTools tools) {
        this.bucket = config.store().bucket();
        this.tools = tools;
        this.isolation = new Isolation(Intake.lanes(config));
        ImageLimits limits = limits(config);
        OutageHold hold =
                new OutageHold(
                        OUTAGE_RETRY,
                        config.timing().outageHold(),
                        tools.metrics(),
                        System::nanoTime);
        ImageMemory memory =
                new ImageMemory(
                        config.images().memoryBytes(),
                        LONGEST_WAIT,
                        System::nanoTime,
                        tools.metrics()::memoryWait);
        FinishForecast finish = new FinishForecast();
        this.provide = new ProvideStep(tools.models(), hold);
        this.input =
                new InputSteps(tools.store(), hold, new ImageDecoder(limits), limits.maxBytes());
        this.admit = new AdmitStep(limits, tools.models(), tools.engine(), memory);
        this.restore = new RestoreStep(tools.models(), tools.engine(), finish);
        this.output = new OutputSteps(tools.store(), hold, finish, System::nanoTime);
        this.commit = new CommitSteps(new ReceiptStore(tools.store()), hold);
        this.starts = new Starts(tools.store(), hold);
        this.receipts = new Receipts(config.workerId(), tools.device());
        this.reports = new JobReports(config.workerId(), tools.clock());
    }

    private static ImageLimits limits(WorkerConfig config) {
        ImageSettings images = config.images();
        return new ImageLimits(
                config.store().maxInputBytes(),
                images.maxPixels(),
                1,
                images.maxOutputPixels(),
                images.maxDecoding());
    }

    @Override
    public Settlement handle(Delivery delivery) {
        try (InFlightBoard.Ticket ticket = tools.board().open(delivery.order())) {
            Job job =
                    new Job(
                            delivery,
                            ticket,
                            tools.cancellations(),
                            tools.spans(),
                            tools.clock(),
                            System::nanoTime);
            ResultLocation location =
                    new ResultLocation(bucket, job.request().tenant(), job.request().jobId());
            JobEnd end =
                    switch (starts.rule(job, delivery.count(), location)) {
                        case Step.Done<DeliveryRule>(DeliveryRule rule) ->
                                isolation.enter(rule, job::mustStop)
                                        ? runIsolated(job, delivery, rule, location)
                                        : job.stop().orElseGet(JobEnd.HandedBack::new);
                        case Step.Ended<DeliveryRule>(JobEnd early) -> early;
                    };
            Settlement settlement = conclude(job, delivery, end);
            if (settlement == Settlement.HAND_BACK) {
                starts.handedBack(job, delivery.count(), location);
            }
            return settlement;
        }
    }

    private JobEnd runIsolated(
            Job job, Delivery delivery, DeliveryRule rule, ResultLocation location) {
        try {
            return run(job, delivery, rule, location);
        } finally {
            job.end();
            isolation.leave(rule);
        }
    }

    private JobEnd run(Job job, Delivery delivery, DeliveryRule rule, ResultLocation location) {
        Step<Receipt> receipt =
                start(job)
                        .then(begun -> committed(job, delivery, location))
                        .then(
                                found ->
                                        found.map(this::again)
                                                .orElseGet(
                                                        () ->
                                                                restore(
                                                                        job, delivery, rule,
                                                                        location)));
        return switch (receipt) {
            case Step.Done<Receipt>(Receipt counted) -> new JobEnd.Restored(counted);
            case Step.Ended<Receipt>(JobEnd end) -> end;
        };
    }

    /**
     * Nobody can have committed an order that was never handed out before. But a broker may forget
     * what it has handed out, and begin again with the oldest.
     */
    private Step<Optional<Receipt>> committed(Job job, Delivery delivery, ResultLocation location) {
        boolean first = delivery.count() == 1 && job.order().attempt() == 1;
        return first && job.age().abs().compareTo(FRESH) < 0
                ? Step.done(Optional.empty())
                : commit.find(job, location);
    }

    private static Step<Job> start(Job job) {
        return job.stop().<Step<Job>>map(Step::ended).orElseGet(() -> Step.done(job));
    }

    private Step<Receipt> again(Receipt receipt) {
        tools.metrics().receiptFound();
        return Step.done(receipt);
    }

    private Step<Receipt> restore(
            Job job, Delivery delivery, DeliveryRule rule, ResultLocation location) {
        if (rule == DeliveryRule.POISON) {
            return Step.ended(
                    JobEnd.failed(
                            Failure.Reason.POISON,
                            "The order was begun "
                                    + DeliveryRule.MAX_TRIES
                                    + " times without an end: it seems to kill its worker."));
        }
        EnergyMeter.Reading energy = tools.energy().start();
        return starts.begin(job, delivery.count(), location)
                .then(begun -> provide.run(job))
                .then(provided -> input.fetch(job))
                .then(fetched -> input.open(job, fetched).then(file -> choose(job, fetched, file)))
                .then(chosen -> job.inTurn(() -> restore.run(job, chosen)))
                .then(picture -> output.encode(job, picture))
                .then(result -> output.store(job, location, result))
                .then(
                        result ->
                                commit.commit(
                                        job, location, receipts.of(job, result, location, energy)))
                .then(this::counted);
    }

    /** The file's bytes tell its JPEG quality, and are not held any longer. */
    private Step<Chosen> choose(Job job, FetchOutcome.Fetched fetched, ImageFile file) {
        return admit.run(job, fetched.bytes().length, file)
                .then(
                        admitted -> {
                            LeftOvers.collectBefore(file.header().pixels());
                            return input.decode(job, fetched, file);
                        })
                .then(picture -> choose.run(job, fetched.bytes(), picture));
    }

    private Step<Receipt> counted(Receipt receipt) {
        tools.metrics().restored(receipt);
        return Step.done(receipt);
    }

    private Settlement conclude(Job job, Delivery delivery, JobEnd end) {
        if (end instanceof JobEnd.Failed(Failure failure)) {
            Tracing.failed(failure.reason().name(), failure.detail());
        }
        Optional<WorkerReport> report = reports.of(job.order(), end);
        job.ticket().enters(Phase.REPORTING);
        if (report.isEmpty() || !tools.reporter().report(report.get(), delivery::handBackWanted)) {
            tools.metrics().handedBack();
            LOG.info("order handed back job={} delivery={}", job.order().jobId(), delivery.count());
            return Settlement.HAND_BACK;
        }
        tools.metrics().reported(report.get());
        LOG.info(
                "order ended job={} attempt={} delivery={} end={}",
                job.order().jobId(),
                job.order().attempt(),
                delivery.count(),
                end.getClass().getSimpleName());
        return Settlement.DONE;
    }
}
