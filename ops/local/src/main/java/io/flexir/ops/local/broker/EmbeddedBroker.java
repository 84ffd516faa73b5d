package io.flexir.ops.local.broker;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.BindException;
import java.util.Map;
import java.util.Properties;

/**
 * A real Kafka node (KRaft, broker and controller in one) in this JVM, on loopback. It keeps its
 * port and its data over {@link #stop()} and {@link #start()}, so that clients find it again after
 * an outage.
 *
 * <p>Its methods may be called from any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    static {
        // A fault that makes a stand-alone broker end its process must not end the JVM it is
        // embedded in.
        Exit.setExitProcedure(EmbeddedBroker::refuseToExit);
        Exit.setHaltProcedure(EmbeddedBroker::refuseToExit);
    }

    private final DataDirectory directory;
    private final int port;
    private final int controllerPort;
    private final int securePort;
    private final @Nullable SecureListener secure;
    private @Nullable Running running;

    private EmbeddedBroker(BrokerSettings settings) {
        directory = settings.directory();
        port = Ports.choose(settings.port(), "broker");
        controllerPort = chooseOther(settings.controllerPort(), port);
        secure = settings.secure();
        securePort = secure == null ? 0 : Ports.choose(Ports.ANY, "broker's secure listener");
    }

    /**
     * Formats the directory if it is new, and returns once the broker serves clients.
     *
     * @throws CannotStart if a port is taken, or the directory cannot be written or is in use
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        EmbeddedBroker broker = new EmbeddedBroker(settings);
        broker.start();
        return broker;
    }

    /**
     * For a JVM that is nothing but a broker: what makes a stand-alone one end its process ends
     * this one.
     */
    public static void ownsItsProcess() {
        Exit.resetExitProcedure();
        Exit.resetHaltProcedure();
    }

    /** {@code host:port} for {@code bootstrap.servers}; the same for the life of this object. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    /**
     * The same for clients that come over TLS.
     *
     * @throws IllegalStateException if it does not listen for them
     */
    public String secureBootstrapServers() {
        if (secure == null) {
            throw new IllegalStateException("the broker has no secure listener");
        }
        return Ports.LOOPBACK + ":" + securePort;
    }

    /** A new client for administration; its user closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Starts again after {@link #stop()}; does nothing if it runs. */
    public synchronized void start() {
        if (running != null) {
            return;
        }
        long startedNanos = System.nanoTime();
        Ports.choose(port, "broker");
        DirectoryLock lock = DirectoryLock.acquire(directory.path());
        try {
            running = new Running(startServer(), lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        LOG.info(
                "broker started bootstrap={} directory={} millis={}",
                bootstrapServers(),
                directory.path(),
                (System.nanoTime() - startedNanos) / 1_000_000);
    }

    private KafkaRaftServer startServer() {
        BrokerStorage.formatIfNew(directory.path());
        Properties properties =
                secure == null
                        ? BrokerProperties.of(directory.path(), port, controllerPort)
                        : BrokerProperties.of(
                                directory.path(), port, controllerPort, securePort, secure);
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return server;
        } catch (RuntimeException e) {
            if (server != null) {
                server.shutdown();
            }
            throw explain(e);
        }
    }

    /** Stops serving and flushes; data and port stay. Does nothing if it does not run. */
    public synchronized void stop() {
        Running stopping = running;
        if (stopping == null) {
            return;
        }
        running = null;
        stopping.server().shutdown();
        stopping.server().awaitShutdown();
        stopping.lock().close();
        LOG.info("broker stopped bootstrap={}", bootstrapServers());
    }

    /** Stops it, and deletes its directory if that is a temporary one. */
    @Override
    public void close() {
        stop();
        directory.close();
    }

    private CannotStart explain(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return Ports.taken(port, "broker", e);
            }
        }
        return new CannotStart(
                "the broker cannot start over "
                        + directory.path()
                        + " ("
                        + e.getMessage()
                        + "): see the log; if the data is of no worth, empty the directory",
                e);
    }

    private static int chooseOther(int wanted, int taken) {
        int chosen = Ports.choose(wanted, "broker's controller");
        return chosen == taken ? chooseOther(wanted, taken) : chosen;
    }

    private static void refuseToExit(int status, @Nullable String message) {
        LOG.error("broker wanted to end the process status={} message={}", status, message);
        throw new IllegalStateException("broker failed with status " + status + ": " + message);
    }

    private record Running(KafkaRaftServer server, DirectoryLock lock) {}
}
