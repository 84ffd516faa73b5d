package io.flexir.scheduler.api.view;

import io.flexir.scheduler.metrics.SchedulerMetrics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/** Keeps the read view as the topics of jobs and workers are. */
public final class ViewFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ViewFollower.class);

    private final TopicFollower follower;

    /**
     * @param clientProperties how to reach the broker
     */
    public ViewFollower(
            Map<String, Object> clientProperties, ReadView view, SchedulerMetrics metrics) {
        this.follower =
                new TopicFollower(
                        "view", ViewRecords.TOPICS, clientProperties, new ToView(view, metrics));
    }

    public void start() {
        follower.start();
    }

    /**
     * Whether everything that was written before the start has been read, and the broker has
     * answered lately.
     */
    public boolean current() {
        return follower.current();
    }

    @Override
    public void close() {
        follower.close();
    }

    private record ToView(ReadView view, ViewRecords records, SchedulerMetrics metrics)
            implements TopicFollower.Reader {
        ToView(ReadView view, SchedulerMetrics metrics) {
            this(view, new ViewRecords(view), metrics);
        }

        @Override
        public void read(ConsumerRecord<String, byte[]> record) {
            records.apply(record);
        }

        @Override
        public void checked(long lag) {
            metrics.viewLag(lag);
            metrics.viewEvicted(view.sweep());
            metrics.viewHolds(view.waiting(), view.finished());
        }

        @Override
        public void caughtUp() {
            LOG.info(
                    "event=view_caught_up waiting={} finished={}", view.waiting(), view.finished());
        }
    }
}
