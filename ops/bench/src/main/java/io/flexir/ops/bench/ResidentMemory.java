package io.flexir.ops.bench;

import io.flexir.ops.local.CannotStart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory of a process that is in RAM, as Linux counts it. */
public final class ResidentMemory {

    private static final String RESIDENT = "VmRSS:";
    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    private ResidentMemory() {}

    /**
     * In megabytes of 2^20 bytes.
     *
     * @throws CannotStart where there is no {@code /proc}
     */
    public static double megabytes(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .mapToDouble(Double::parseDouble)
                    .map(kilobytes -> kilobytes / KILOBYTES_PER_MEGABYTE)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new CannotStart(
                    "resident memory is read from " + status + ", which Linux has", e);
        }
    }
}
