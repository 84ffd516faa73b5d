package io.flexir.scheduler.api.events;

import io.flexir.scheduler.api.view.JobSnapshot;

/**
 * Something to tell about a job.
 *
 * @param job as it stands now
 */
record JobEvent(EventId id, Kind kind, JobSnapshot job) {
    /** What has changed. */
    enum Kind {
        STATE("state"),
        PROGRESS("progress"),
        FINAL("final");

        private final String eventName;

        Kind(String eventName) {
            this.eventName = eventName;
        }

        /** The event's name in the stream. */
        String eventName() {
            return eventName;
        }
    }
}
