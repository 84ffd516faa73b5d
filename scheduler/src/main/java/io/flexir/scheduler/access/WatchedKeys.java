package io.flexir.scheduler.access;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/**
 * A file of keys that is read again when it changes, so that a key is made or revoked without a
 * restart. A file that has become unreadable changes nothing: the keys from before stay.
 */
public final class WatchedKeys implements Callers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedKeys.class);

    private final KeysFile file;
    private final FileWatch watch;
    private volatile KeyRing keys;

    /**
     * @throws InvalidKeysException when the file is not as it must be
     */
    public WatchedKeys(KeysFile file) {
        this.file = file;
        this.watch = new FileWatch("flexir-keys", List.of(file.path()), this::readAgain);
        this.keys = file.read();
        watch.start();
    }

    @Override
    public Optional<Principal> identify(@Nullable String authorization) {
        return keys.identify(authorization);
    }

    @Override
    public void close() {
        watch.close();
    }

    /** Reads the file again, if it has changed. */
    void look() {
        watch.look();
    }

    private void readAgain() {
        try {
            KeyRing read = file.read();
            keys = read;
            LOG.info("event=keys_read keys={}", read.keys().size());
        } catch (InvalidKeysException wrong) {
            LOG.warn("event=keys_unreadable reason=\"{}\"", wrong.getMessage());
        }
    }
}
