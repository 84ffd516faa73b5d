package io.flexir.scheduler.jobs;

import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One task: the jobs of one partition. Requests, reports and the clock come in here; what they mean
 * is decided elsewhere. Kafka Streams calls it from one thread at a time.
 */
final class JobsProcessor implements Processor<@Nullable String, JobInput, String, byte[]> {
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

    private final Instance instance;
    private final List<Cancellable> schedules = new ArrayList<>();
    private @Nullable Task task;

    JobsProcessor(Instance instance) {
        this.instance = instance;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        Task opened = Task.open(context, instance);
        task = opened;
        schedules.add(every(instance.rules().tick(), context, opened::tick));
        schedules.add(every(WATCH_EVERY, context, opened::watch));
        schedules.add(every(SWEEP_EVERY, context, opened::sweep));
    }

    @Override
    public void process(Record<@Nullable String, JobInput> record) {
        Task opened = current();
        switch (record.value()) {
            case JobInput.Requested requested ->
                    opened.admit(record.key(), requested.request(), record.headers());
            case JobInput.Reported reported -> opened.settle(reported.report(), record.headers());
        }
    }

    /**
     * Also called when the task is torn down after an error: what it had out counts no longer.
     * Streams may call {@code init} again afterwards, and keeps what was scheduled until it is
     * cancelled.
     */
    @Override
    public void close() {
        schedules.forEach(Cancellable::cancel);
        schedules.clear();
        if (task != null) {
            task.close();
            task = null;
        }
    }

    private Task current() {
        if (task == null) {
            throw new IllegalStateException("The task is closed");
        }
        return task;
    }

    private static Cancellable every(
            Duration interval, ProcessorContext<String, byte[]> context, Runnable action) {
        return context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, ignored -> action.run());
    }
}
