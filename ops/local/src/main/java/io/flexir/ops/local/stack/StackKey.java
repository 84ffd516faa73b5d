package io.flexir.ops.local.stack;

import io.flexir.contracts.request.TenantId;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.ApiKey;
import io.flexir.scheduler.access.NewKey;
import io.flexir.scheduler.access.Scope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * The key of a stack: random, made at its first start, and kept with its data in a file that only
 * its owner may read.
 */
final class StackKey {
    private static final String NAME = "api-key";
    private static final TenantId TENANT = new TenantId("default");

    private StackKey() {}

    static ApiKey readOrCreate(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            return new ApiKey(Files.exists(file) ? read(file) : create(file));
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot read or write " + file + ": make it readable to you, or delete it", e);
        }
    }

    private static String read(Path file) throws IOException {
        String key = Files.readString(file).strip();
        if (key.isEmpty()) {
            throw new CannotStart(file + " is damaged: delete it, a new key is made then");
        }
        return key;
    }

    private static String create(Path file) throws IOException {
        String key = NewKey.of(TENANT, Set.of(Scope.values()), Instant.now()).text();
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key + "\n");
        return key;
    }
}
