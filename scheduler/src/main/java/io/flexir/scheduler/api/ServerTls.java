package io.flexir.scheduler.api;

import io.flexir.scheduler.access.FileWatch;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * The certificate that the API is served with. Its files are read again when they change, so that a
 * certificate is renewed without a restart; what cannot be used, such as a new certificate whose
 * key is not there yet, changes nothing. Connections that are open keep what they began with.
 */
final class ServerTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    private static final Map<String, String> SIGNED_BY =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");
    private static final byte[] SAMPLE = {42};

    private final Vertx vertx;
    private final TlsFiles files;
    private final FileWatch watch;
    private final List<Consumer<ServerSSLOptions>> servers = new CopyOnWriteArrayList<>();
    private volatile ServerSSLOptions options;

    /**
     * @throws InvalidTlsException when the files are not what they must be
     */
    ServerTls(Vertx vertx, TlsFiles files) {
        this.vertx = vertx;
        this.files = files;
        this.watch =
                new FileWatch(
                        "flexir-tls", List.of(files.certificate(), files.key()), this::readAgain);
        this.options = read();
        watch.start();
    }

    /** As the files are now. */
    ServerSSLOptions options() {
        return options.copy();
    }

    /** Tells a server of each change. */
    void tell(Consumer<ServerSSLOptions> server) {
        servers.add(server);
    }

    /** Reads the files again, if they have changed. */
    void look() {
        watch.look();
    }

    @Override
    public void close() {
        watch.close();
    }

    private void readAgain() {
        try {
            options = read();
            servers.forEach(server -> server.accept(options()));
            LOG.info("event=certificate_read file={}", files.certificate());
        } catch (InvalidTlsException wrong) {
            LOG.warn("event=certificate_unusable reason=\"{}\"", wrong.getMessage());
        }
    }

    private ServerSSLOptions read() {
        PemKeyCertOptions pair;
        try {
            pair =
                    new PemKeyCertOptions()
                            .setCertValue(Buffer.buffer(Files.readAllBytes(files.certificate())))
                            .setKeyValue(Buffer.buffer(Files.readAllBytes(files.key())));
        } catch (NoSuchFileException missing) {
            throw new InvalidTlsException(files, missing.getFile() + " is not there", missing);
        } catch (IOException unreadable) {
            throw new InvalidTlsException(files, String.valueOf(unreadable), unreadable);
        }
        requirePair(managerOf(pair));
        return new ServerSSLOptions()
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(pair);
    }

    private X509KeyManager managerOf(PemKeyCertOptions pair) {
        try {
            for (KeyManager manager : pair.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager known) {
                    return known;
                }
            }
            throw new GeneralSecurityException("there is no certificate in it");
        } catch (Exception notPem) {
            throw new InvalidTlsException(
                    files, "they are not PEM with a PKCS 8 key: " + notPem.getMessage(), notPem);
        }
    }

    /** What one signs the other must verify. */
    private void requirePair(X509KeyManager manager) {
        try {
            String name = nameIn(manager);
            PublicKey certified = manager.getCertificateChain(name)[0].getPublicKey();
            Signature signature = Signature.getInstance(SIGNED_BY.get(certified.getAlgorithm()));
            signature.initSign(manager.getPrivateKey(name));
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(SAMPLE);
            if (!signature.verify(signed)) {
                throw new GeneralSecurityException("the key is not that of the certificate");
            }
        } catch (GeneralSecurityException another) {
            throw new InvalidTlsException(files, String.valueOf(another.getMessage()), another);
        }
    }

    private static String nameIn(X509KeyManager manager) throws GeneralSecurityException {
        for (String type : SIGNED_BY.keySet()) {
            String[] names = manager.getServerAliases(type, null);
            if (names != null && names.length > 0) {
                return names[0];
            }
        }
        throw new GeneralSecurityException(
                "the certificate's key must be of " + String.join(" or ", SIGNED_BY.keySet()));
    }
}
