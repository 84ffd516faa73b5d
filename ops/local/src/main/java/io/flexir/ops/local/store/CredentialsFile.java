package io.flexir.ops.local.store;

import io.flexir.ops.local.CannotStart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Credentials that stay with a data directory, in a file that only its owner may read. */
public final class CredentialsFile {

    private static final String NAME = "store-credentials";

    private CredentialsFile() {}

    /** Generates them on first use. */
    public static Credentials readOrCreate(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            return Files.exists(file) ? read(file) : create(file);
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot read or write " + file + ": make it readable to you, or delete it", e);
        }
    }

    private static Credentials read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2) {
            throw new CannotStart(file + " is damaged: delete it, new credentials are made then");
        }
        return new Credentials(lines.get(0), lines.get(1));
    }

    private static Credentials create(Path file) throws IOException {
        Credentials credentials = Credentials.generate();
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, List.of(credentials.accessKey(), credentials.secretKey()));
        return credentials;
    }
}
