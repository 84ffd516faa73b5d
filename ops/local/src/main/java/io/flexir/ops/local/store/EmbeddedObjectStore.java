package io.flexir.ops.local.store;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;

import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A real S3 server in this JVM, on loopback, over a directory: version 4 signatures, ETags,
 * conditional writes, ranges, presigned addresses. It keeps its port, credentials and objects over
 * {@link #stop()} and {@link #start()}, so that clients find it again after an outage.
 *
 * <p>Its methods may be called from any thread.
 */
public final class EmbeddedObjectStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedObjectStore.class);
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final int MAX_THREADS = 32;

    /**
     * A page of any origin may use an address that was signed for it: the signature is what lets it
     * in, and no cookie or key goes along.
     */
    private static final CrossOriginResourceSharing BROWSERS =
            new CrossOriginResourceSharing(
                    List.of("*"), List.of("GET", "HEAD", "PUT"), List.of("*"), List.of(), "false");

    private final StoreSettings settings;
    private final int port;
    private @Nullable S3Proxy server;

    private EmbeddedObjectStore(StoreSettings settings) {
        this.settings = settings;
        this.port = Ports.choose(settings.port(), "object store");
    }

    /**
     * Returns once the store answers and its bucket exists.
     *
     * @throws CannotStart if the port is taken or the directory cannot be written
     */
    public static EmbeddedObjectStore start(StoreSettings settings) {
        EmbeddedObjectStore store = new EmbeddedObjectStore(settings);
        store.start();
        return store;
    }

    /** The server's address, without a path. */
    public URI endpoint() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port);
    }

    /** What its clients sign with. */
    public Credentials credentials() {
        return settings.credentials();
    }

    /** The bucket that exists from the start. */
    public String bucket() {
        return settings.bucket();
    }

    /** Starts again after {@link #stop()}; does nothing if it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        Ports.choose(port, "object store");
        createBucket();
        S3Proxy starting = build();
        try {
            starting.start();
        } catch (Exception e) {
            throw Ports.taken(port, "object store", e);
        }
        server = starting;
        LOG.info("object store started endpoint={} directory={}", endpoint(), directory().path());
    }

    /**
     * Lets requests in flight end, then stops; objects and port stay. Does nothing if it does not
     * run.
     */
    public synchronized void stop() {
        S3Proxy stopping = server;
        if (stopping == null) {
            return;
        }
        server = null;
        try {
            stopping.stop();
        } catch (TimeoutException e) {
            LOG.warn(
                    "object store cut off requests in flight endpoint={} afterMillis={}",
                    endpoint(),
                    DRAIN.toMillis());
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the object store at " + endpoint() + " did not stop", e);
        }
        LOG.info("object store stopped endpoint={}", endpoint());
    }

    /** Stops it, and deletes its directory if that is a temporary one. */
    @Override
    public void close() {
        stop();
        directory().close();
    }

    private DataDirectory directory() {
        return settings.directory();
    }

    /**
     * A bucket is a directory, and the directory's permissions are its access list: a private one.
     */
    private void createBucket() {
        Path bucket = directory().path().resolve(settings.bucket());
        try {
            Files.createDirectories(bucket);
            Files.setPosixFilePermissions(bucket, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot create a bucket under "
                            + directory().path()
                            + ": make the directory writable, or name another one",
                    e);
        }
    }

    private S3Proxy build() {
        return S3Proxy.builder()
                .endpoint(endpoint())
                .blobStore(new FilesystemNio2BlobStore(directory().path().toString()))
                .awsAuthentication(
                        AuthenticationType.AWS_V4,
                        credentials().accessKey(),
                        credentials().secretKey())
                .ignoreUnknownHeaders(true)
                .corsRules(BROWSERS)
                .jettyMaxThreads(MAX_THREADS)
                .stopTimeout(DRAIN.toMillis())
                .build();
    }
}
