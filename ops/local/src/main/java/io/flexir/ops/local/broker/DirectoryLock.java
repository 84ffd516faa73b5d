package io.flexir.ops.local.broker;

import io.flexir.ops.local.CannotStart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a directory for one broker of one process. Kafka has a lock of its own, but takes it only
 * after it has opened the metadata log, which harms the broker that runs there.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = ".flexir-broker.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve(FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot lock "
                            + directory
                            + ": make the directory writable, or name another one",
                    e);
        }
        throw new CannotStart(
                directory + " is in use by another broker: stop it, or name another directory");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            // The lock lives as long as its channel, which close() ends.
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of a broker's directory", e);
        }
    }
}
