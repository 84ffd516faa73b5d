package io.flexir.worker;

import io.flexir.worker.config.BundleCacheSettings;
import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.DeviceChoice;
import io.flexir.worker.config.ImageSettings;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.config.ManagementSettings;
import io.flexir.worker.config.Secret;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.config.Timing;
import io.flexir.worker.config.TracingSettings;
import io.flexir.worker.config.WorkerConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A worker's options. Each is a flag, and an environment variable that gives the flag its default.
 */
public final class WorkerOptions {
    @Option(
            names = "--worker-id",
            defaultValue = "${env:FLEXIR_WORKER_ID}",
            description =
                    "Names this worker in heartbeats, reports and receipts; host and process id when left out.")
    private @Nullable String workerId;

    @Option(
            names = "--pool",
            defaultValue = "${env:FLEXIR_POOL:-auto}",
            description =
                    "The set of like workers whose orders it takes; auto is the one called as its device, cpu or cuda "
                            + "(default: ${DEFAULT-VALUE}).")
    private String pool;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:FLEXIR_KAFKA:-127.0.0.1:9092}",
            description = "The broker, or several separated by commas (default: ${DEFAULT-VALUE}).")
    private String kafka;

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            split = "\\|",
            defaultValue = "${env:FLEXIR_KAFKA_PROPERTIES}",
            description =
                    "A property for every Kafka client, such as security.protocol=SSL; in the variable, several "
                            + "are separated by |.")
    private @Nullable Map<String, String> kafkaProperties;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_KAFKA_CONFIG}",
            description =
                    "File of such properties, a line each (as Kafka's own tools take with --command-config): the place for "
                            + "passwords. What is given one by one goes before.")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--s3",
            paramLabel = "URL",
            defaultValue = "${env:FLEXIR_S3:-http://127.0.0.1:9000}",
            description = "The object store (default: ${DEFAULT-VALUE}).")
    private URI store;

    @Option(
            names = "--s3-region",
            defaultValue = "${env:FLEXIR_S3_REGION:-us-east-1}",
            description =
                    "The region that requests to the store are signed for (default: ${DEFAULT-VALUE}).")
    private String region;

    @Option(
            names = "--s3-access-key",
            defaultValue = "${env:FLEXIR_S3_ACCESS_KEY:-flexir}",
            description = "Who signs requests to the store (default: ${DEFAULT-VALUE}).")
    private String accessKey;

    @Option(
            names = "--s3-secret-key",
            converter = SecretConverter.class,
            defaultValue = "${env:FLEXIR_S3_SECRET_KEY}",
            description =
                    "What requests to the store are signed with; better given as a file or a variable than as a flag.")
    private @Nullable Secret secretKey;

    @Option(
            names = "--s3-secret-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_S3_SECRET_KEY_FILE}",
            description = "Holds the same in one line.")
    private @Nullable Path secretKeyFile;

    @Option(
            names = "--s3-ca",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_S3_CA}",
            description =
                    "PEM certificates that the certificate of a store at https must lead to; those that Java knows when "
                            + "left out.")
    private @Nullable Path authorities;

    @Option(
            names = "--s3-bucket",
            defaultValue = "${env:FLEXIR_S3_BUCKET:-flexir}",
            description = "Holds results and receipts (default: ${DEFAULT-VALUE}).")
    private String bucket;

    @Option(
            names = "--max-input-bytes",
            defaultValue = "${env:FLEXIR_MAX_INPUT_BYTES:-67108864}",
            description = "A larger file is rejected, in bytes (default: ${DEFAULT-VALUE}).")
    private long maxInputBytes;

    @Option(
            names = "--max-pixels",
            defaultValue = "${env:FLEXIR_MAX_PIXELS:-50000000}",
            description = "A larger image is rejected, in pixels (default: ${DEFAULT-VALUE}).")
    private long maxPixels;

    @Option(
            names = "--max-output-pixels",
            defaultValue = "${env:FLEXIR_MAX_OUTPUT_PIXELS:-200000000}",
            description =
                    "An image whose result would be larger is rejected, in pixels (default: ${DEFAULT-VALUE}).")
    private long maxOutputPixels;

    @Option(
            names = "--max-decode-seconds",
            defaultValue = "${env:FLEXIR_MAX_DECODE_SECONDS:-60}",
            description =
                    "An image whose pixels take longer to decode is rejected, in seconds (default: ${DEFAULT-VALUE}).")
    private long maxDecodeSeconds;

    @Option(
            names = "--image-memory-bytes",
            defaultValue = "${env:FLEXIR_IMAGE_MEMORY_BYTES:-1073741824}",
            description =
                    "What images in work may take together beyond the idle process, shared by all slots: an image that "
                            + "needs more is rejected, one that needs more than is free waits, in bytes "
                            + "(default: ${DEFAULT-VALUE}).")
    private long imageMemoryBytes;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-ops/models}",
            description =
                    "Holds the trained models, one directory each (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    @Option(
            names = "--bundle-cache",
            paramLabel = "DIR",
            defaultValue =
                    "${env:FLEXIR_BUNDLE_CACHE:-${sys:java.io.tmpdir}/flexir-bundles-${sys:user.name}}",
            description =
                    "Where models of the bucket are kept on this machine; several workers may share it (default: "
                            + "${DEFAULT-VALUE}).")
    private Path bundleCache;

    @Option(
            names = "--bundle-cache-bytes",
            defaultValue = "${env:FLEXIR_BUNDLE_CACHE_BYTES:-2147483648}",
            description =
                    "What they may take: those used longest ago go first, in bytes (default: ${DEFAULT-VALUE}).")
    private long bundleCacheBytes;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "${env:FLEXIR_DEVICE:-auto}",
            description =
                    "What the network is computed on: cpu, cuda or cuda:N (a GPU, or the worker does not start), auto "
                            + "(the first GPU if it can be used, else the processor) (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--device-memory-bytes",
            defaultValue = "${env:FLEXIR_DEVICE_MEMORY_BYTES:-0}",
            description =
                    "Bound on a GPU's memory for each graph of a model, in bytes; 0 is none (default: ${DEFAULT-VALUE}).")
    private long deviceMemoryBytes;

    @Option(
            names = "--slots",
            defaultValue = "${env:FLEXIR_SLOTS:-1}",
            description =
                    "Orders worked on at once; with several each has a thread of its own: more photos a second, each one slower, and more memory (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--threads",
            defaultValue = "${env:FLEXIR_THREADS:-0}",
            description =
                    "Threads that the network is computed with, shared by all slots; 0 is one a processor "
                            + "(default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--watts-per-busy-thread",
            defaultValue = "${env:FLEXIR_WATTS_PER_BUSY_THREAD:-12}",
            description =
                    "Power that a busy thread is taken to draw where energy cannot be measured, in watts "
                            + "(default: ${DEFAULT-VALUE}).")
    private double wattsPerBusyThread;

    @Option(
            names = "--heartbeat-millis",
            defaultValue = "${env:FLEXIR_HEARTBEAT_MILLIS:-2000}",
            description =
                    "Time between heartbeats when nothing changes, in milliseconds (default: ${DEFAULT-VALUE}).")
    private long heartbeatMillis;

    @Option(
            names = "--shutdown-grace-seconds",
            defaultValue = "${env:FLEXIR_SHUTDOWN_GRACE_SECONDS:-20}",
            description =
                    "How long a stopping worker goes on with its orders before it hands them back, in seconds "
                            + "(default: ${DEFAULT-VALUE}).")
    private long shutdownGraceSeconds;

    @Option(
            names = "--longest-stage-seconds",
            defaultValue = "${env:FLEXIR_LONGEST_STAGE_SECONDS:-10}",
            description =
                    "The longest that one stage of one region takes: so long after the grace a stopping worker waits for "
                            + "orders to come back, and then leaves them to the broker, in seconds (default: ${DEFAULT-VALUE}).")
    private long longestStageSeconds;

    @Option(
            names = "--outage-hold-seconds",
            defaultValue = "${env:FLEXIR_OUTAGE_HOLD_SECONDS:-3600}",
            description =
                    "How long an order is held while the store does not answer, before it fails, in seconds "
                            + "(default: ${DEFAULT-VALUE}).")
    private long outageHoldSeconds;

    @Option(
            names = "--management-host",
            defaultValue = "${env:FLEXIR_MANAGEMENT_HOST:-127.0.0.1}",
            description =
                    "Address that metrics and health are served on (default: ${DEFAULT-VALUE}).")
    private String managementHost;

    @Option(
            names = "--management-port",
            defaultValue = "${env:FLEXIR_MANAGEMENT_PORT:-9465}",
            description =
                    "Port that metrics and health are served on; 0 is any free one (default: ${DEFAULT-VALUE}).")
    private int managementPort;

    @Option(
            names = "--traces",
            paramLabel = "off|otlp",
            defaultValue = "${env:FLEXIR_TRACES:-off}",
            description =
                    "otlp sends a trace of each order to OpenTelemetry's collector at http://localhost:4318, or to where the "
                            + "standard OTEL_ variables say (default: ${DEFAULT-VALUE}).")
    private String traces;

    /**
     * The settings, checked.
     *
     * @throws IllegalArgumentException names the setting that is wrong
     */
    public WorkerConfig toConfig() {
        return new WorkerConfig(
                workerId == null ? hostAndProcess() : workerId,
                pool,
                new KafkaSettings(
                        kafka,
                        OptionFiles.properties("--kafka-config", kafkaConfig, kafkaProperties)),
                new StoreSettings(
                        store,
                        region,
                        accessKey,
                        OptionFiles.secret("--s3-secret-key", secretKey, secretKeyFile),
                        bucket,
                        maxInputBytes,
                        authorities),
                new ComputeSettings(
                        bundles,
                        new BundleCacheSettings(bundleCache, bundleCacheBytes),
                        DeviceChoice.parse(device),
                        deviceMemoryBytes,
                        slots,
                        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                        wattsPerBusyThread),
                new ImageSettings(
                        maxPixels,
                        maxOutputPixels,
                        imageMemoryBytes,
                        Duration.ofSeconds(maxDecodeSeconds)),
                new Timing(
                        Duration.ofMillis(heartbeatMillis),
                        Duration.ofSeconds(shutdownGraceSeconds),
                        Duration.ofSeconds(longestStageSeconds),
                        Duration.ofSeconds(outageHoldSeconds)),
                new ManagementSettings(managementHost, managementPort),
                TracingSettings.parse(traces));
    }

    private static String hostAndProcess() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException nameless) {
            host = "worker";
        }
        return host + "-" + ProcessHandle.current().pid();
    }

    private static final class SecretConverter implements ITypeConverter<Secret> {
        @Override
        public Secret convert(String value) {
            return Secret.of(value);
        }
    }
}
