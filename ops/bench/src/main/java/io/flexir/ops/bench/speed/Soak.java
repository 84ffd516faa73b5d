package io.flexir.ops.bench.speed;

import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.local.CannotStart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Many images through one engine, of several sizes and depths in turn: does memory grow? */
public final class Soak {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int REPORTS = 10;
    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    private final List<EngineTurns> turns = new ArrayList<>();

    /**
     * @param pointers each is run at each size
     */
    public Soak(ModelRunner model, List<Integer> sizes, List<Integer> pointers) {
        for (int size : sizes) {
            for (int pointer : pointers) {
                turns.add(new EngineTurns(model, size, pointer));
            }
        }
    }

    /**
     * Restores images and tells the process's resident memory ten times on the way.
     *
     * @throws CannotStart where the system does not tell it
     */
    public List<String> run(int images) {
        List<String> lines = new ArrayList<>();
        int step = Math.max(1, images / REPORTS);
        for (int image = 1; image <= images; image++) {
            turns.get(image % turns.size()).seconds(0);
            if (image % step == 0) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "%6d images: %.0f MB resident",
                                image,
                                residentMegabytes()));
            }
        }
        return lines;
    }

    private static double residentMegabytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .mapToDouble(Double::parseDouble)
                    .map(kilobytes -> kilobytes / KILOBYTES_PER_MEGABYTE)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new CannotStart(
                    "resident memory is read from " + STATUS + ", which Linux has", e);
        }
    }
}
