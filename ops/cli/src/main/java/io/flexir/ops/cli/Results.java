package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where restored images are written to, if anywhere. */
final class Results {

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write restored images here, as NAME-restored.EXT; created if it is missing.")
    private @Nullable Path out;

    boolean wanted() {
        return out != null;
    }

    /** Downloads a job's image, if it has one and it is wanted. */
    void fetch(FleetClient fleet, Job job, String name) {
        if (out == null || job.receipt() == null) {
            return;
        }
        Path file =
                DataDirectory.kept(out)
                        .path()
                        .resolve(name + "-restored." + extension(job.receipt()));
        try {
            Files.write(file, fleet.result(job.id()));
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write " + file + ": make the directory writable, or name another one",
                    e);
        }
    }

    /** The object's own: the worker names it after the format that it wrote. */
    private static String extension(Job.Receipt receipt) {
        String key = receipt.result().key();
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
