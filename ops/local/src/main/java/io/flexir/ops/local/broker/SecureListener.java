package io.flexir.ops.local.broker;

import java.util.Map;

/**
 * A listener on a free port that asks for TLS and for a password (SCRAM-SHA-512). Users are made by
 * an administrator over the plain one.
 *
 * @param certificates PEM: the broker's certificate and those that lead to an authority
 * @param key PEM: of the certificate, PKCS 8; never logged
 */
public record SecureListener(String certificates, String key) {
    /** How clients prove who they are. */
    public static final String MECHANISM = "SCRAM-SHA-512";

    static final String NAME = "SECURE";
    private static final String OWN = "listener.name.secure.";

    Map<String, String> properties() {
        return Map.of(
                OWN + "ssl.keystore.type",
                "PEM",
                OWN + "ssl.keystore.certificate.chain",
                certificates,
                OWN + "ssl.keystore.key",
                key,
                OWN + "sasl.enabled.mechanisms",
                MECHANISM,
                OWN + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }

    @Override
    public String toString() {
        return "SecureListener[key=***]";
    }
}
