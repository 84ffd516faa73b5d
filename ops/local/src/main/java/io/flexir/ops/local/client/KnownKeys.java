package io.flexir.ops.local.client;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of the stacks that this user has up on this machine, one file for each address, which nobody
 * else may read: so that a command finds the key of the stack it talks to.
 */
public final class KnownKeys {
    private static final Logger LOG = LoggerFactory.getLogger(KnownKeys.class);
    private static final String DIRECTORY = "flexir.known.keys";

    private final Path directory;

    KnownKeys(Path directory) {
        this.directory = directory;
    }

    /** The user's own. */
    public static KnownKeys ofUser() {
        String home = System.getProperty("user.home", ".");
        return new KnownKeys(
                Path.of(
                        System.getProperty(
                                DIRECTORY, Path.of(home, ".flexir", "keys").toString())));
    }

    /** The key of a stack on this machine, if this user has one up there. */
    public Optional<ApiKey> find(URI address) {
        Optional<Path> file = file(address);
        try {
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ApiKey(Files.readString(file.get()).strip()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            LOG.warn("cannot read key file={}", file.get(), unreadable);
            return Optional.empty();
        }
    }

    /**
     * Keeps a key until that is closed. Where it cannot be kept, commands must be told it: that is
     * logged.
     */
    public AutoCloseable keep(URI address, ApiKey key) {
        Optional<Path> file = file(address);
        try {
            if (file.isPresent()) {
                Files.createDirectories(directory, only("rwx------"));
                Path fresh = Files.createTempFile(directory, ".key", "", only("rw-------"));
                Files.writeString(fresh, key.value() + "\n");
                Files.move(fresh, file.get(), StandardCopyOption.REPLACE_EXISTING);
                return () -> forget(file.get(), key);
            }
        } catch (IOException unwritable) {
            LOG.warn("cannot keep key directory={}", directory, unwritable);
        }
        return () -> {};
    }

    /** Unless another stack has come up at the address since. */
    private static void forget(Path file, ApiKey key) throws IOException {
        if (Files.exists(file) && Files.readString(file).strip().equals(key.value())) {
            Files.deleteIfExists(file);
        }
    }

    /** Only a stack on this machine gets a key that nobody named. */
    private Optional<Path> file(URI address) {
        String host = loopback(address.getHost());
        return host == null || !"http".equals(address.getScheme()) || address.getPort() < 0
                ? Optional.empty()
                : Optional.of(directory.resolve(host + "-" + address.getPort()));
    }

    private static @Nullable String loopback(@Nullable String host) {
        return switch (host == null ? "" : host.toLowerCase(Locale.ROOT)) {
            case "127.0.0.1", "localhost" -> "127.0.0.1";
            default -> null;
        };
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
