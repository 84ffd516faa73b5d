package io.flexir.ops.bench.chaos.fleet;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.bench.chaos.plan.Place;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.client.ApiKey;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.process.BrokerNode;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.ops.local.process.SetClock;
import io.flexir.ops.local.process.StoreNode;
import io.flexir.ops.local.stack.Connections;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.ProcessSettings;
import io.flexir.ops.local.store.Credentials;
import io.flexir.ops.local.store.StoreSettings;
import io.flexir.scheduler.config.ScalingConfig;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Broker, object store, schedulers and workers, each a process of its own, and a proxy before the
 * store. A process that ends without being struck is started again and counted. Thread-safe.
 */
public final class ChaosFleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 300;

    /** Processes live for seconds: what the second compiler gains comes too late. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

    private final LastingPorts ports = new LastingPorts();
    private final FleetPlan plan;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Map<Place, List<Node>> nodes = new HashMap<>();
    private final AtomicInteger endedByThemselves = new AtomicInteger();
    private final Connections direct;
    private final StoreProxy proxy;
    private final List<FleetClient> clients = new ArrayList<>();

    private ChaosFleet(FleetPlan plan) {
        this.plan = plan;
        direct =
                new Connections(
                        Ports.LOOPBACK + ":" + ports.next("broker"),
                        Ports.address(ports.next("object store")),
                        Credentials.generate(),
                        StoreSettings.DEFAULT_BUCKET,
                        new ApiKey("flexir_" + UUID.randomUUID()));
        proxy = opened(new StoreProxy(direct.store()));
    }

    /**
     * Starts everything, and returns once jobs are worked on.
     *
     * @throws CannotStart if that does not come about
     */
    public static ChaosFleet start(FleetPlan plan) {
        ChaosFleet fleet = new ChaosFleet(plan);
        try {
            fleet.startAll();
            fleet.awaitReady();
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** The processes at a place; none among the topics. */
    public List<Node> nodes(Place place) {
        return nodes.getOrDefault(place, List.of());
    }

    /** When workers were struck so that they ended. */
    public List<Instant> workerEnds() {
        return nodes(Place.WORKERS).stream().flatMap(node -> node.ends().stream()).toList();
    }

    /** What stands before the store. */
    public StoreProxy proxy() {
        return proxy;
    }

    /** Broker and store themselves, past the proxy. */
    public Connections connections() {
        return direct;
    }

    /** A client of each scheduler. */
    public List<FleetClient> clients() {
        return List.copyOf(clients);
    }

    /** Processes that ended without being struck. */
    public int endedByThemselves() {
        return endedByThemselves.get();
    }

    /** A client for administration of the broker; its user closes it. */
    public Admin admin() {
        return Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, direct.bootstrapServers()));
    }

    @Override
    public void close() {
        IllegalStateException failed =
                new IllegalStateException("a part of the fleet could not be stopped");
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failed.addSuppressed(e);
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }

    private void startAll() {
        startBroker();
        startStore();
        createTopics();
        ProcessSettings settings = new ProcessSettings(spoilable(), plan.bundles());
        for (int i = 1; i <= plan.schedulers(); i++) {
            startScheduler(settings, "scheduler-" + i);
        }
        for (int i = 1; i <= plan.workers(); i++) {
            startWorker(settings, "worker-" + i);
        }
        watch();
    }

    /** What schedulers and workers are told: the store lies behind the proxy. */
    private Connections spoilable() {
        return new Connections(
                direct.bootstrapServers(),
                proxy.address(),
                direct.credentials(),
                direct.bucket(),
                direct.key());
    }

    private void startBroker() {
        int port = Integer.parseInt(direct.bootstrapServers().split(":")[1]);
        int controllerPort = ports.next("broker's controller");
        Path directory = DataDirectory.kept(plan.data().resolve("broker")).path();
        add(
                Place.BROKER,
                Role.BROKER,
                "broker",
                BrokerNode.environment(directory, port, controllerPort));
    }

    private void startStore() {
        Path directory = DataDirectory.kept(plan.data().resolve("objects")).path();
        add(
                Place.STORE,
                Role.STORE,
                "store",
                StoreNode.environment(directory, direct.store().getPort(), direct.credentials()));
    }

    private void createTopics() {
        List<String> pools = List.of(FleetConfigs.POOL);
        try (Admin admin = admin()) {
            ClusterSetup setup = new ClusterSetup(admin);
            setup.createTopics(FleetTopics.topics(pools));
            setup.configure(
                    List.of(
                            ShareGroupSpec.of(Topics.shareGroup(FleetConfigs.POOL))
                                    .withLock(FleetPlan.LOCK)));
        }
    }

    private void startScheduler(ProcessSettings settings, String name) {
        int port = ports.next(name);
        Map<String, String> told =
                new HashMap<>(
                        settings.scheduler(
                                port,
                                ports.next(name),
                                new BudgetPolicy.Fixed(1),
                                ScalingConfig.DEFAULT));
        told.put("FLEXIR_SESSION_TIMEOUT_MILLIS", millis(FleetPlan.SESSION));
        told.put("FLEXIR_TRANSACTION_TIMEOUT_MILLIS", millis(FleetPlan.TRANSACTION));
        told.put(
                "FLEXIR_ORDER_PATIENCE_SECONDS",
                Long.toString(FleetPlan.LOCK.multipliedBy(2).toSeconds()));
        add(Place.SCHEDULERS, Role.SCHEDULER, name, told);
        URI address = Ports.address(port);
        clients.add(opened(new FleetClient(address, Optional.of(direct.key()))));
    }

    private void startWorker(ProcessSettings settings, String name) {
        Map<String, String> told = new HashMap<>(settings.worker(name, 1));
        told.put("FLEXIR_SHUTDOWN_GRACE_SECONDS", "5");
        add(Place.WORKERS, Role.WORKER, name, told);
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    private void add(Place place, Role role, String name, Map<String, String> told) {
        Path log = plan.logs().resolve(name + ".log");
        Map<String, String> environment = new HashMap<>(told);
        environment.put(JAVA_OPTIONS, QUICK_START);
        Path clock = plan.data().resolve(name + ".clock");
        environment.putAll(SetClock.environment(clock));
        Node node = opened(new Node(name, clock, () -> ChildProcess.start(role, environment, log)));
        nodes.computeIfAbsent(place, ignored -> new ArrayList<>()).add(node);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private void watch() {
        ScheduledExecutorService watch =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("flexir-chaos-watch").daemon().factory());
        var _ =
                watch.scheduleWithFixedDelay(
                        this::reviveAll,
                        LOOK_EVERY_MILLIS,
                        LOOK_EVERY_MILLIS,
                        TimeUnit.MILLISECONDS);
        parts.push(watch::shutdownNow);
    }

    private void reviveAll() {
        nodes.values().stream()
                .flatMap(List::stream)
                .filter(Node::revive)
                .forEach(node -> endedByThemselves.incrementAndGet());
    }

    private void awaitReady() {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new CannotStart(
                        "the fleet was not ready within "
                                + PATIENCE.toSeconds()
                                + " s: the logs in "
                                + plan.logs()
                                + " say what it waits for");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStart("interrupted while starting", e);
            }
        }
    }

    private boolean ready() {
        try {
            return clients.stream().allMatch(client -> client.readyWorkers() == plan.workers());
        } catch (FleetException notYet) {
            return false;
        }
    }
}
