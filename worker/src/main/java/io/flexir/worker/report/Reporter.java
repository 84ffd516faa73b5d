package io.flexir.worker.report;

import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.worker.kafka.Event;
import io.flexir.worker.kafka.EventProducer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Says how an order ended, until the broker has heard it. Thread-safe; blocks. */
public final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final EventProducer producer;

    public Reporter(EventProducer producer) {
        this.producer = producer;
    }

    /**
     * Sends the report again and again while the broker does not take it: the order may be
     * acknowledged only after it.
     *
     * @param givenUp whether to stop trying
     * @return whether the broker has the report
     */
    public boolean report(WorkerReport report, BooleanSupplier givenUp) {
        String id = report.jobId().value() + "/" + report.attempt() + "/" + report.workerId();
        Event<WorkerReport> event =
                new Event<>(
                        Topics.REPORTS,
                        report.jobId().value(),
                        MessageType.REPORT,
                        report,
                        id,
                        report.at());
        while (true) {
            try {
                producer.send(event).join();
                return true;
            } catch (CompletionException notTaken) {
                LOG.warn(
                        "report not sent job={} problem={}",
                        report.jobId(),
                        String.valueOf(notTaken.getCause()));
            }
            if (givenUp.getAsBoolean()) {
                return false;
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }
}
