package io.flexir.scheduler.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TraceParent;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.tracing.Doing;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The jobs of one partition, from the moment that this process owns it. One thread. */
final class Task {
    private final String name;
    private final int partition;
    private final Instance instance;
    private final ProcessorContext<String, byte[]> context;
    private final Waiting waiting;
    private final Desk desk;
    private final Outbox outbox;
    private final Admitting admitting;
    private final Dispatching dispatching;
    private final Settling settling;
    private final Forgetting forgetting;
    private boolean uncommitted;

    private Task(ProcessorContext<String, byte[]> context, Instance instance) {
        this.name = context.taskId().toString();
        this.partition = context.taskId().partition();
        this.instance = instance;
        this.context = context;
        InstantSource clock = () -> instance.clock().apply(context.currentSystemTimeMs());
        this.waiting = new Waiting(name, instance, clock);
        Watchdog watchdog = new Watchdog(instance.rules().patience(), instance.rules().pools());
        Remembered remembered = new Remembered();
        PurgeDue purges = new PurgeDue(instance.purges(), id -> partitionOf(id) == partition);
        JsonMapper mapper = RequestJson.writtenOnce(MessageCodec.newMapper());
        Ledger ledger =
                new Ledger(
                        context.getStateStore(Ledger.STORE),
                        new JobCodec(mapper),
                        List.of(waiting, watchdog, remembered, purges));
        this.outbox = new Outbox(context, new MessageCodec(mapper), instance.spans());
        this.desk = new Desk(ledger, outbox, instance.events(), instance.spans(), clock);
        this.admitting = new Admitting(instance, desk, waiting.index());
        this.dispatching = new Dispatching(name, instance, desk, waiting.index());
        this.settling = new Settling(instance, desk, watchdog);
        this.forgetting = new Forgetting(instance, desk, outbox, remembered, purges);
    }

    /** Takes the partition over: everything in memory is rebuilt from the ledger. */
    static Task open(ProcessorContext<String, byte[]> context, Instance instance) {
        instance.activations().lookFirst();
        instance.credit().open(context.taskId().toString());
        Task task = new Task(context, instance);
        task.desk.ledger().replay();
        return task;
    }

    void close() {
        instance.credit().close(name);
        waiting.close();
    }

    /**
     * A request.
     *
     * @param key of its record; none means the job id
     * @param headers of its record
     */
    void admit(@Nullable String key, RestorationRequest request, Headers headers) {
        JobId id = key == null ? request.jobId() : new JobId(key);
        try (Doing _ = processing(id, headers, request.traceparent())) {
            if (partitionOf(id) != partition) {
                outbox.reroute(id, request, desk.now());
                return;
            }
            admitting.admit(id, request);
        }
        boolean sent = dispatching.dispatch();
        endStep(sent);
    }

    void settle(WorkerReport report, Headers headers) {
        try (Doing _ = processing(report.jobId(), headers, desk.traceOf(report.jobId()))) {
            settling.settle(report);
        }
        boolean sent = dispatching.dispatch();
        endStep(sent);
    }

    private Doing processing(JobId id, Headers headers, @Nullable TraceParent otherwise) {
        RecordMetadata where = context.recordMetadata().orElseThrow();
        return instance.spans()
                .process(
                        where.topic(),
                        where.partition(),
                        where.offset(),
                        id.value(),
                        headers,
                        otherwise);
    }

    void tick() {
        waiting.resume();
        boolean ended = settling.cancel();
        ended |= forgetting.purge();
        boolean sent = dispatching.dispatch();
        endStep(ended || sent);
    }

    void watch() {
        settling.watch();
        Instant now = desk.now();
        new WorkerNews(instance).tell(now);
        LoadSnapshot load = instance.load().at(now);
        instance.policy().see(load, instance.load().byTenant(now), now);
        instance.policy().seePrice(instance.load().price(now), instance.load().waitingJobs(), now);
        instance.tenants().named().forEach(instance.events()::tenant);
        tell(load);
        if (partition == 0) {
            instance.activations().unrecorded(now).forEach(done -> outbox.control(done, now));
        }
        endStep(false);
    }

    void sweep() {
        forgetting.sweepJobs();
        if (partition == 0) {
            forgetting.sweepCancellations();
            forgetting.sweepFeedback();
        }
        endStep(false);
    }

    /**
     * @param urgent whether somebody waits for what was done
     */
    private void endStep(boolean urgent) {
        desk.endStep();
        uncommitted |= urgent;
        if (uncommitted && instance.pace().due(desk.now())) {
            context.commit();
            uncommitted = false;
        }
    }

    private void tell(LoadSnapshot load) {
        JobEvents events = instance.events();
        int level = instance.policy().level(load.deepest());
        events.backlog(
                instance.load().waitingJobs(), load.workerSeconds(1), load.workerSeconds(level));
        for (String pool : instance.rules().pools()) {
            int poolCredit = dispatching.poolCredit(pool);
            events.credit(
                    pool, instance.credit().free(pool, poolCredit), instance.credit().out(pool));
        }
    }

    /** As Java's producers partition; others do it otherwise, and reports come from Java's. */
    private int partitionOf(JobId id) {
        byte[] key = id.value().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % instance.partitions();
    }
}
