package io.flexir.ops.bench.flow;

import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.jobs.JobsStreams;

import org.apache.kafka.clients.consumer.KafkaConsumer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Measures how many requests become committed work orders a second, beside a bare transactional
 * loop over the same requests on the same broker; then how long one takes in an idle fleet.
 */
public final class FlowBench {
    private final FlowSettings settings;
    private final Requests requests;
    private final Consumer<String> progress;

    /**
     * @param progress is told what is being done
     */
    public FlowBench(FlowSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
        this.requests = new Requests(models(settings));
    }

    private static List<String> models(FlowSettings settings) {
        return BundleCatalog.read(settings.bundles()).all().stream().map(Bundle::name).toList();
    }

    public FlowReport run() {
        progress.accept("warming up");
        for (int round = 0; round < settings.warmUpRounds(); round++) {
            round();
        }
        List<Round> rounds = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            progress.accept("round " + round + " of " + settings.rounds());
            rounds.add(round());
        }
        progress.accept("requests to an idle fleet");
        return new FlowReport(settings, rounds, latency());
    }

    /** Each has a broker of its own, so that what one left behind does not slow the next down. */
    private Round round() {
        try (FlowCluster cluster = FlowCluster.start(settings.requests())) {
            cluster.preload(requests, settings.requests());
            Rate orders = orders(cluster);
            long written = cluster.recordsWritten();
            Rate bare = bare(cluster, (int) Math.round(orders.meanBytes()));
            return new Round(
                    orders.perSecond(),
                    (double) written / settings.requests(),
                    bare.perSecond(),
                    requestBytes(cluster),
                    orders.meanBytes());
        }
    }

    private Rate orders(FlowCluster cluster) {
        try (KafkaConsumer<String, byte[]> reader =
                        cluster.clients().reader(FlowCluster.workTopic());
                JobsStreams _ = cluster.scheduler(settings)) {
            return CommittedCount.of(reader, settings.requests());
        }
    }

    private Rate bare(FlowCluster cluster, int outputBytes) {
        BareLoop loop =
                new BareLoop(
                        cluster.clients(),
                        Topics.REQUESTS,
                        FlowCluster.BARE_SINK,
                        outputBytes,
                        cluster.kafka().commitInterval());
        try (KafkaConsumer<String, byte[]> reader =
                cluster.clients().reader(FlowCluster.BARE_SINK)) {
            CompletableFuture<Void> running =
                    CompletableFuture.runAsync(() -> loop.run(settings.requests()));
            Rate rate = CommittedCount.of(reader, settings.requests());
            running.join();
            return rate;
        }
    }

    private double requestBytes(FlowCluster cluster) {
        try (KafkaConsumer<String, byte[]> reader = cluster.clients().reader(Topics.REQUESTS)) {
            return CommittedCount.of(reader, settings.requests()).meanBytes();
        }
    }

    private Latency latency() {
        try (FlowCluster cluster = FlowCluster.start(2 * settings.idleRequests());
                JobsStreams _ = cluster.scheduler(settings);
                IdleFleet idle = new IdleFleet(cluster.clients(), requests)) {
            idle.measure(1, settings.perSecond());
            idle.measure(settings.idleRequests() / 4, settings.perSecond());
            return idle.measure(settings.idleRequests(), settings.perSecond());
        }
    }
}
