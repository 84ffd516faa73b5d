package io.flexir.worker.restore.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Native memory for floats, lent by a {@link BufferPool} until closed. Used by one thread at a
 * time.
 */
public final class PooledBuffer implements AutoCloseable {
    private final BufferPool pool;
    private final Arena arena;
    private final MemorySegment memory;
    private FloatBuffer view;
    private boolean lent;

    @SuppressWarnings("MustBeClosedChecker") // closed by free()
    PooledBuffer(BufferPool pool, long bytes) {
        this.pool = pool;
        this.arena = Arena.ofShared();
        this.memory = arena.allocate(bytes, 64);
        this.view = view(0);
    }

    /** The lent floats: a direct buffer in native order, position 0, limit as asked for. */
    public FloatBuffer floats() {
        return view;
    }

    /** Sets every lent float to zero. */
    public void clear() {
        memory.asSlice(0, view.limit() * (long) Float.BYTES).fill((byte) 0);
    }

    long bytes() {
        return memory.byteSize();
    }

    PooledBuffer lend(int floats) {
        view = view(floats);
        lent = true;
        return this;
    }

    void free() {
        arena.close();
    }

    private FloatBuffer view(int floats) {
        return memory.asSlice(0, floats * (long) Float.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    static long bytesFor(int floats) {
        return ValueLayout.JAVA_FLOAT.byteSize() * floats;
    }

    /** Gives the memory back; a second close does nothing. */
    @Override
    public void close() {
        if (lent) {
            lent = false;
            pool.giveBack(this);
        }
    }
}
