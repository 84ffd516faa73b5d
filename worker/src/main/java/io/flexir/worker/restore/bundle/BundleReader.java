package io.flexir.worker.restore.bundle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.bundle.BundleKeys;
import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.wire.MessageCodec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Reads a bundle's manifest and checks every file against it. */
public final class BundleReader {
    /** Name of the manifest in a bundle's directory. */
    public static final String MANIFEST = BundleKeys.MANIFEST;

    private static final int MAX_MANIFEST_BYTES = BundleKeys.MAX_MANIFEST_BYTES;

    private final JsonMapper mapper = MessageCodec.newMapper();

    /**
     * Reads the bundle in {@code directory}. A bundle that cannot be read is refused like one that
     * does not fit.
     */
    public BundleReading read(Path directory) {
        Path file = directory.resolve(MANIFEST);
        try {
            if (!Files.isRegularFile(file)) {
                return refused(directory, MANIFEST + " is missing");
            }
            if (Files.size(file) > MAX_MANIFEST_BYTES) {
                return refused(
                        directory, MANIFEST + " is larger than " + MAX_MANIFEST_BYTES + " bytes");
            }
            byte[] json = Files.readAllBytes(file);
            return check(new Bundle(directory, hex(sha256().digest(json)), manifest(json)));
        } catch (JacksonException invalid) {
            return refused(directory, MANIFEST + ": " + MessageCodec.explain(invalid));
        } catch (IOException unreadable) {
            return refused(directory, "cannot be read: " + unreadable);
        }
    }

    /**
     * What a manifest says.
     *
     * @throws JacksonException when it is none
     */
    public BundleManifest manifest(byte[] json) throws IOException {
        BundleManifest manifest = mapper.readValue(json, BundleManifest.class);
        if (manifest == null) {
            throw new JsonMappingException(null, "is null");
        }
        return manifest;
    }

    /** SHA-256 of a manifest's bytes, which is the bundle's digest. */
    public static String digestOf(byte[] json) {
        return hex(sha256().digest(json));
    }

    private static BundleReading check(Bundle bundle) throws IOException {
        BundleManifest manifest = bundle.manifest();
        if (manifest.channels() != 1 && manifest.channels() != 3) {
            return refused(
                    bundle.directory(), "channels must be 1 or 3, is " + manifest.channels());
        }
        try {
            Bundle.geometry(manifest);
        } catch (IllegalArgumentException invalid) {
            return refused(bundle.directory(), "region: " + invalid.getMessage());
        }
        for (BundleManifest.Graph graph : manifest.graphs()) {
            Optional<String> problem = problem(bundle.file(graph), graph);
            if (problem.isPresent()) {
                return refused(bundle.directory(), problem.get());
            }
        }
        return new BundleReading.Accepted(bundle);
    }

    private static Optional<String> problem(Path file, BundleManifest.Graph graph)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of(graph.file() + " is missing");
        }
        long bytes = Files.size(file);
        if (bytes != graph.bytes()) {
            return Optional.of(
                    graph.file() + " has " + bytes + " bytes, the manifest says " + graph.bytes());
        }
        String digest = digestOf(file);
        return digest.equals(graph.sha256())
                ? Optional.empty()
                : Optional.of(
                        graph.file()
                                + " has sha256 "
                                + digest
                                + ", the manifest says "
                                + graph.sha256());
    }

    static String digestOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return hex(digest.digest());
    }

    private static BundleReading refused(Path directory, String problem) {
        return new BundleReading.Refused(
                "bundle " + directory.getFileName() + " is refused: " + problem);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
