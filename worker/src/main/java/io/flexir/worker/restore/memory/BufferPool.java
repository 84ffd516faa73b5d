package io.flexir.worker.restore.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Native buffers that are used again. What is lent is bounded by the callers (jobs at once times
 * their wave), what lies idle by {@code maxIdleBytes}; beyond it, memory goes back to the system at
 * once. Safe for use by several threads.
 */
public final class BufferPool implements AutoCloseable {
    private static final long PAGE = 4096;

    private final long maxIdleBytes;
    private final List<PooledBuffer> idle = new ArrayList<>();
    private long idleBytes;
    private boolean closed;

    public BufferPool(long maxIdleBytes) {
        this.maxIdleBytes = maxIdleBytes;
    }

    /**
     * A buffer with room for exactly {@code floats} values, whose contents are undefined.
     *
     * @throws MemoryExhaustedException when the process gets no more memory
     */
    public synchronized PooledBuffer lease(int floats) {
        if (closed) {
            throw new IllegalStateException("the buffer pool is closed");
        }
        long wanted = Math.ceilDiv(PooledBuffer.bytesFor(floats), PAGE) * PAGE;
        Optional<PooledBuffer> fitting =
                idle.stream()
                        .filter(buffer -> buffer.bytes() >= wanted && buffer.bytes() <= 2 * wanted)
                        .min(Comparator.comparingLong(PooledBuffer::bytes));
        fitting.ifPresent(
                buffer -> {
                    idle.remove(buffer);
                    idleBytes -= buffer.bytes();
                });
        return fitting.orElseGet(() -> fresh(wanted)).lend(floats);
    }

    private PooledBuffer fresh(long bytes) {
        try {
            return new PooledBuffer(this, bytes);
        } catch (OutOfMemoryError none) {
            throw new MemoryExhaustedException(
                    "no memory for a buffer of " + bytes + " bytes", none);
        }
    }

    synchronized void giveBack(PooledBuffer buffer) {
        if (closed || idleBytes + buffer.bytes() > maxIdleBytes) {
            buffer.free();
        } else {
            idle.add(buffer);
            idleBytes += buffer.bytes();
        }
    }

    /** Bytes that wait to be used again. */
    public synchronized long idleBytes() {
        return idleBytes;
    }

    /** Frees what lies idle; what is still lent is freed when it comes back. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(PooledBuffer::free);
        idle.clear();
        idleBytes = 0;
    }
}
