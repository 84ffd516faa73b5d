package io.flexir.scheduler;

import io.flexir.scheduler.api.TlsFiles;
import io.flexir.scheduler.config.HttpConfig;
import io.flexir.scheduler.config.InvalidConfigException;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;

/** Where the scheduler listens, and who may ask. */
final class HttpOptions {
    @Option(
            names = "--host",
            defaultValue = "${env:FLEXIR_HOST:-127.0.0.1}",
            description = "Address that the API is served on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "${env:FLEXIR_PORT:-8080}",
            description =
                    "Port that the API is served on; 0 is any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--management-host",
            defaultValue = "${env:FLEXIR_MANAGEMENT_HOST:-127.0.0.1}",
            description =
                    "Address that metrics and health are served on (default: ${DEFAULT-VALUE}).")
    private String managementHost;

    @Option(
            names = "--management-port",
            defaultValue = "${env:FLEXIR_MANAGEMENT_PORT:-9464}",
            description =
                    "Port that metrics and health are served on; 0 is any free one (default: ${DEFAULT-VALUE}).")
    private int managementPort;

    @Option(
            names = "--tenant",
            defaultValue = "${env:FLEXIR_TENANT:-default}",
            description =
                    "Whom callers who know the one API key belong to (default: ${DEFAULT-VALUE}).")
    private String tenant;

    @Option(
            names = "--api-key",
            converter = SecretConverter.class,
            defaultValue = "${env:FLEXIR_API_KEY}",
            description =
                    "A key that allows everything (Authorization: Bearer ...). When this and the file of keys are left"
                            + " out, one is made and printed at the start. Better given as a file or a variable than as a"
                            + " flag.")
    private @Nullable Secret apiKey;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_API_KEY_FILE}",
            description = "Holds the same in one line.")
    private @Nullable Path apiKeyFile;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_KEYS}",
            description =
                    "File with the keys of tenants, made by flexir keys; read again when it changes.")
    private @Nullable Path keys;

    @Option(
            names = "--max-waiting-jobs",
            defaultValue = "${env:FLEXIR_MAX_WAITING_JOBS:-10000}",
            description =
                    "Submissions are refused (429) while so many jobs have not ended (default: ${DEFAULT-VALUE}).")
    private int maxWaitingJobs;

    @Option(
            names = "--max-requests-per-second",
            defaultValue = "${env:FLEXIR_MAX_REQUESTS_PER_SECOND:-1000}",
            description =
                    "Requests that a tenant may send in a second, past which it is refused (429); the tenants' file may"
                            + " say otherwise for some; 0 is no bound (default: ${DEFAULT-VALUE}).")
    private double maxRequestsPerSecond;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_TLS_CERTIFICATE}",
            description =
                    "PEM certificate that the API, metrics and health are served with at https, followed by those that lead to"
                            + " an authority; read again when it changes. Served in clear when left out.")
    private @Nullable Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_TLS_KEY}",
            description = "PEM key of the certificate (PKCS 8, without a password).")
    private @Nullable Path tlsKey;

    HttpConfig toConfig() {
        return new HttpConfig(
                host,
                port,
                managementHost,
                managementPort,
                tenant,
                SecretOption.optional("--api-key", apiKey, apiKeyFile).orElse(null),
                keys,
                maxWaitingJobs,
                maxRequestsPerSecond,
                tls());
    }

    private @Nullable TlsFiles tls() {
        if (tlsCertificate == null && tlsKey == null) {
            return null;
        }
        if (tlsCertificate == null || tlsKey == null) {
            throw new InvalidConfigException(
                    List.of("--tls-certificate and --tls-key must be given together"));
        }
        return new TlsFiles(tlsCertificate, tlsKey);
    }
}
