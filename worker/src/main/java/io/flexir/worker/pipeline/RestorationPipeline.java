package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.energy.EnergyMeter;
import io.flexir.worker.image.ImageDecoder;
import io.flexir.worker.image.ImageLimits;
import io.flexir.worker.intake.Delivery;
import io.flexir.worker.intake.DeliveryRule;
import io.flexir.worker.intake.Isolation;
import io.flexir.worker.intake.OrderHandler;
import io.flexir.worker.intake.Settlement;
import io.flexir.worker.report.InFlightBoard;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ReceiptStore;
import io.flexir.worker.storage.ResultLocation;

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

    private final String bucket;
    private final PipelineTools tools;
    private final Isolation isolation;
    private final InputSteps input;
    private final ChooseStep choose = new ChooseStep();
    private final RestoreStep restore;
    private final OutputSteps output;
    private final CommitSteps commit;
    private final Receipts receipts;
    private final JobReports reports;

    public RestorationPipeline(WorkerConfig config, PipelineTools tools) {
        this.bucket = config.store().bucket();
        this.tools = tools;
        this.isolation = new Isolation(config.compute().slots());
        ImageLimits limits = limits(config);
        OutageHold hold =
                new OutageHold(
                        OUTAGE_RETRY,
                        config.timing().outageHold(),
                        tools.metrics(),
                        System::nanoTime);
        FinishForecast finish = new FinishForecast();
        this.input =
                new InputSteps(tools.store(), hold, new ImageDecoder(limits), limits.maxBytes());
        this.restore = new RestoreStep(tools.models(), tools.engine(), limits, finish);
        this.output = new OutputSteps(tools.store(), hold, finish);
        this.commit = new CommitSteps(new ReceiptStore(tools.store()), hold);
        this.receipts = new Receipts(config.workerId(), tools.device());
        this.reports = new JobReports(config.workerId(), tools.clock());
    }

    private static ImageLimits limits(WorkerConfig config) {
        long maxPixels = config.compute().maxPixels();
        long maxOutputPixels = Math.max(maxPixels, ImageLimits.DEFAULT.maxOutputPixels());
        return new ImageLimits(config.store().maxInputBytes(), maxPixels, 1, maxOutputPixels);
    }

    @Override
    public Settlement handle(Delivery delivery) {
        DeliveryRule rule = DeliveryRule.of(delivery.count());
        try (InFlightBoard.Ticket ticket = tools.board().open(delivery.order())) {
            Job job =
                    new Job(
                            delivery,
                            ticket,
                            tools.cancellations(),
                            tools.clock(),
                            System::nanoTime);
            JobEnd end =
                    isolation.enter(rule, job::mustStop)
                            ? runIsolated(job, rule)
                            : job.stop().orElseGet(JobEnd.HandedBack::new);
            return conclude(job, delivery, end);
        }
    }

    private JobEnd runIsolated(Job job, DeliveryRule rule) {
        try {
            return run(job, rule);
        } finally {
            isolation.leave(rule);
        }
    }

    private JobEnd run(Job job, DeliveryRule rule) {
        ResultLocation location =
                new ResultLocation(bucket, job.request().tenant(), job.request().jobId());
        Step<Receipt> receipt =
                start(job)
                        .then(begun -> commit.find(job, location))
                        .then(
                                found ->
                                        found.map(this::again)
                                                .orElseGet(() -> restore(job, rule, location)));
        return switch (receipt) {
            case Step.Done<Receipt>(Receipt counted) -> new JobEnd.Restored(counted);
            case Step.Ended<Receipt>(JobEnd end) -> end;
        };
    }

    private static Step<Job> start(Job job) {
        return job.stop().<Step<Job>>map(Step::ended).orElseGet(() -> Step.done(job));
    }

    private Step<Receipt> again(Receipt receipt) {
        tools.metrics().receiptFound();
        return Step.done(receipt);
    }

    private Step<Receipt> restore(Job job, DeliveryRule rule, ResultLocation location) {
        if (rule == DeliveryRule.POISON) {
            return Step.ended(
                    JobEnd.failed(
                            Failure.Reason.POISON,
                            "The order was delivered more than "
                                    + DeliveryRule.MAX_TRIES
                                    + " times without an end: it seems to kill its worker."));
        }
        EnergyMeter.Reading energy = tools.energy().start();
        return input.fetch(job)
                .then(fetched -> choose(job, fetched))
                .then(chosen -> restore.run(job, chosen))
                .then(picture -> output.encode(job, picture))
                .then(file -> output.store(job, location, file))
                .then(
                        file ->
                                commit.commit(
                                        job, location, receipts.of(job, file, location, energy)))
                .then(this::counted);
    }

    /** The file's bytes tell its JPEG quality, and are not held any longer. */
    private Step<Chosen> choose(Job job, FetchOutcome.Fetched fetched) {
        return input.decode(job, fetched)
                .then(picture -> choose.run(job, fetched.bytes(), picture));
    }

    private Step<Receipt> counted(Receipt receipt) {
        tools.metrics().restored(receipt);
        return Step.done(receipt);
    }

    private Settlement conclude(Job job, Delivery delivery, JobEnd end) {
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
