package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.model.Cancellation;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long TOLERATED_KIB = 48 << 10;

    @Test
    void two_hundred_small_restorations_leave_no_native_memory_behind() throws IOException {
        try (RestorationEngine engine = ShippedModel.engine(192 * 192)) {
            restoreMany(engine, 50);
            long before = residentKib();

            restoreMany(engine, 200);

            assertThat(residentKib() - before).isLessThan(TOLERATED_KIB);
        }
    }

    private static void restoreMany(RestorationEngine engine, int times) {
        ArrayImage noisy = ArrayImage.noisy("sumac.png", 130, 110, 25);
        RestoreOrder order = new RestoreOrder(new PointerBudget(1, 2), ShippedModel.adaptive(1));
        for (int i = 0; i < times; i++) {
            engine.restore(
                    ShippedModel.model(),
                    order,
                    noisy,
                    (_, _, _, _, _) -> {},
                    (_, _, _) -> {},
                    new Cancellation());
        }
    }

    private static long residentKib() throws IOException {
        System.gc();
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
