package io.flexir.worker;

import io.flexir.contracts.fleet.Device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds out what this machine computes on. */
final class Devices {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final int MAX_NAME = 128;

    private Devices() {}

    static Device cpu(int threads) {
        String name = cpuName().replaceAll("\\s+", " ").strip();
        return new Device("cpu", name.substring(0, Math.min(name.length(), MAX_NAME)), threads);
    }

    private static String cpuName() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name") && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .filter(name -> !name.isBlank())
                    .findFirst()
                    .orElseGet(Devices::architecture);
        } catch (IOException noLinux) {
            return architecture();
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch", "unknown");
    }
}
