package io.flexir.worker.restore;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.model.Cancellation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that restores an image after the system was told to give it no more memory. */
public final class LittleMemory {
    static final int SIDE = 640;
    private static final long MORE_BYTES = 48L << 20;

    private LittleMemory() {}

    static ArrayImage noisy() {
        return ArrayImage.noisy("city.png", SIDE, SIDE, 25);
    }

    static RestoreOrder order() {
        return new RestoreOrder(new PointerBudget(2, 2), new Mode.Regular());
    }

    /**
     * @param arguments where to write the restored planes to, as floats
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (RestorationEngine engine = ShippedModel.engine(ShippedModel.UNCUT)) {
            ArrayImage noisy = noisy();
            ArrayImage restored = new ArrayImage(SIDE, SIDE);
            restore(engine, ArrayImage.noisy("city.png", 96, 96, 25), new ArrayImage(96, 96));
            forbidMore(MORE_BYTES);
            int regions = restore(engine, noisy, restored);
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * restored.values().capacity());
            bytes.asFloatBuffer().put(restored.values());
            Files.write(Path.of(arguments[0]), bytes.array());
            System.out.println("regions " + regions);
        }
        System.exit(0);
    }

    private static int restore(RestorationEngine engine, ArrayImage from, ArrayImage to) {
        RestoreResult result =
                engine.restore(
                        ShippedModel.model(),
                        order(),
                        from,
                        to,
                        (_, _, _) -> {},
                        new Cancellation());
        return ((RestoreResult.Restored) result).restoration().regions().size();
    }

    /** From now on this process gets no more memory than so many bytes. */
    public static void forbidMore(long bytes) throws IOException, InterruptedException {
        long now =
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmSize:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow();
        String pid = String.valueOf(ProcessHandle.current().pid());
        Process limit =
                new ProcessBuilder("prlimit", "--pid", pid, "--as=" + (now + bytes)).start();
        if (limit.waitFor() != 0) {
            throw new IllegalStateException("prlimit failed");
        }
    }
}
