package io.flexir.scheduler.jobs;

import io.flexir.scheduler.load.FleetView;
import io.flexir.scheduler.load.FleetWatch.Change;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Says which workers joined or left: what is granted follows from who is there. */
final class WorkerNews {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerNews.class);

    /** When many come or go at once, the first are named and the others counted. */
    private static final int NAMED = 10;

    private final Instance instance;

    WorkerNews(Instance instance) {
        this.instance = instance;
    }

    void tell(Instant now) {
        FleetView fleet = instance.fleet().at(now);
        List<Change> changes = instance.workers().look(fleet, instance.fleet()::remembers);
        changes.forEach(change -> instance.events().workerChanged(change.kind()));
        changes.stream().limit(NAMED).forEach(change -> log(change, fleet));
        if (changes.size() > NAMED) {
            LOG.info("event=more_workers_changed workers={}", changes.size() - NAMED);
        }
    }

    private static void log(Change change, FleetView fleet) {
        LOG.info(
                "event=worker_changed worker={} pool={} cause={} slots={} pool_slots={}",
                change.workerId(),
                change.pool(),
                change.kind().name().toLowerCase(Locale.ROOT),
                change.slots(),
                fleet.slots(change.pool()));
    }
}
