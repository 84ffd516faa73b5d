package io.flexir.scheduler.storage;

import okhttp3.tls.HandshakeCertificates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;

/** Reads whom to trust: PEM certificates, in place of those that Java knows. */
final class Authorities {
    private Authorities() {}

    /**
     * @throws IllegalArgumentException when there is no certificate in the file
     */
    static HandshakeCertificates read(Path file) {
        HandshakeCertificates.Builder trusted = new HandshakeCertificates.Builder();
        for (Certificate authority : certificates(file)) {
            trusted.addTrustedCertificate((X509Certificate) authority);
        }
        return trusted.build();
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new CertificateException("it is empty");
            }
            return found;
        } catch (IOException | CertificateException unusable) {
            throw new IllegalArgumentException(
                    "The certificates of authorities cannot be read from " + file + ": " + unusable,
                    unusable);
        }
    }
}
