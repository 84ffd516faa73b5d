package io.flexir.ops.local.secure;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.SecureListener;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.stack.FleetConfigs;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real broker that asks for TLS and a password, and a real store at https. */
final class SecureServers {
    static final String USER = "fleet";
    static final String PASSWORD = "planted-kafka-password";
    static final String ACCESS_KEY = "fleet-access";
    static final String SECRET_KEY = "planted-s3-secret";
    static final String BUCKET = "flexir";

    final Certificates certificates;
    final EmbeddedBroker broker;
    private final S3Proxy store;

    SecureServers(Path directory) throws Exception {
        certificates = new Certificates(directory.resolve("certificates"));
        broker =
                EmbeddedBroker.start(
                        BrokerSettings.in(DataDirectory.temporary())
                                .withSecureListener(
                                        new SecureListener(
                                                certificates.certificatePem(),
                                                certificates.keyPem())));
        try (Admin admin = broker.admin()) {
            ClusterSetup setup = new ClusterSetup(admin);
            setup.createTopics(FleetTopics.topics(List.of(FleetConfigs.POOL)));
            setup.configure(
                    List.of(
                            ShareGroupSpec.of(Topics.shareGroup(FleetConfigs.POOL))
                                    .withLock(Duration.ofSeconds(15))));
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            USER,
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_512, 4096),
                                            PASSWORD)))
                    .all()
                    .get();
        }
        Path objects = directory.resolve("objects");
        Files.createDirectories(objects.resolve(BUCKET));
        store =
                S3Proxy.builder()
                        .secureEndpoint(
                                URI.create(
                                        "https://"
                                                + Ports.LOOPBACK
                                                + ":"
                                                + Ports.choose(Ports.ANY, "secure store")))
                        .keyStore(certificates.keyStore.toString(), Certificates.STORE_PASSWORD)
                        .blobStore(new FilesystemNio2BlobStore(objects.toString()))
                        .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                        .ignoreUnknownHeaders(true)
                        .build();
        store.start();
    }

    URI storeAddress() {
        return URI.create("https://" + Ports.LOOPBACK + ":" + store.getSecurePort());
    }

    /** What a client of the broker is told. */
    Map<String, String> kafka(String password, Path authority) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.toString(),
                "sasl.mechanism",
                SecureListener.MECHANISM,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                        + USER
                        + "\" password=\""
                        + password
                        + "\";",
                // What is refused is to be told soon.
                "default.api.timeout.ms",
                "5000",
                "request.timeout.ms",
                "4000");
    }

    void stop() throws Exception {
        store.stop();
        broker.close();
    }
}
