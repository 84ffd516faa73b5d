package io.flexir.scheduler.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the page, as it is sent.
 *
 * @param contentType by its ending
 * @param etag changes with the bytes
 * @param bytes as they are
 * @param gzipped the same, compressed
 */
record WebFile(String contentType, String etag, byte[] bytes, byte[] gzipped) {
    private static final Map<String, String> TYPES =
            Map.of(
                    "yaml", "application/yaml",
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml");

    /**
     * @param resource on the class path, from its root
     * @throws IllegalStateException when it is not there, or its type is not known
     */
    static WebFile read(String resource) {
        try (InputStream input = WebFile.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            byte[] bytes = input.readAllBytes();
            return new WebFile(typeOf(resource), etagOf(bytes), bytes, gzip(bytes));
        } catch (IOException failure) {
            throw new UncheckedIOException(resource + " cannot be read", failure);
        }
    }

    private static String typeOf(String resource) {
        String ending = resource.substring(resource.lastIndexOf('.') + 1);
        return Objects.requireNonNull(TYPES.get(ending), "the type of " + resource);
    }

    private static String etagOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(compressed)) {
            output.write(bytes);
        }
        return compressed.toByteArray();
    }
}
