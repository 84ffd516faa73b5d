package io.flexir.ops.deploy.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of the files of a directory, as {@code sha256sum -c} reads them. */
final class Checksums {
    static final String FILE = "SHA256SUMS";

    private Checksums() {}

    static void write(Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> found = Files.list(directory)) {
            List<Path> files = found.filter(file -> !file.endsWith(FILE)).sorted().toList();
            for (Path file : files) {
                lines.append(of(file)).append("  ").append(file.getFileName()).append('\n');
            }
        }
        Files.writeString(directory.resolve(FILE), lines);
    }

    static String of(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
