package io.flexir.ops.local.secure;

import okhttp3.tls.HeldCertificate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;

/** An authority, and a server's certificate for loopback that leads to it, as files. */
final class Certificates {
    static final String STORE_PASSWORD = "planted-keystore";

    private final HeldCertificate server;
    final Path authority;
    final Path certificate;
    final Path key;
    final Path keyStore;

    Certificates(Path directory) throws IOException, GeneralSecurityException {
        HeldCertificate root =
                new HeldCertificate.Builder().rsa2048().certificateAuthority(0).build();
        server =
                new HeldCertificate.Builder()
                        .rsa2048()
                        .addSubjectAlternativeName("127.0.0.1")
                        .signedBy(root)
                        .build();
        Files.createDirectories(directory);
        authority = Files.writeString(directory.resolve("ca.pem"), root.certificatePem());
        certificate = Files.writeString(directory.resolve("tls.crt"), server.certificatePem());
        key = Files.writeString(directory.resolve("tls.key"), server.privateKeyPkcs8Pem());
        keyStore = directory.resolve("server.p12");
        KeyStore pair = KeyStore.getInstance("PKCS12");
        pair.load(null, null);
        pair.setKeyEntry(
                "server",
                server.keyPair().getPrivate(),
                STORE_PASSWORD.toCharArray(),
                new Certificate[] {server.certificate(), root.certificate()});
        try (OutputStream file = Files.newOutputStream(keyStore)) {
            pair.store(file, STORE_PASSWORD.toCharArray());
        }
    }

    String certificatePem() {
        return server.certificatePem();
    }

    String keyPem() {
        return server.privateKeyPkcs8Pem();
    }
}
