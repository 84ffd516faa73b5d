package io.flexir.ops.cli;

import io.flexir.ops.bench.speed.PyTorches;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Where PyTorch is. */
final class PythonOptions {

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description =
                    "A Python with the packages of ops/model/requirements.txt; ops/model/.venv if left out, which ops/model/run-tests --setup-only makes.")
    private @Nullable Path python;

    @Option(
            names = "--scripts",
            paramLabel = "DIR",
            hidden = true,
            defaultValue = "${sys:flexir.home:-.}/ops/model")
    private Path scripts;

    /** Starts it. */
    PyTorches start(int threads, int atOnce, String device) {
        Path interpreter = python == null ? scripts.resolve(".venv/bin/python") : python;
        return PyTorches.start(interpreter, scripts, threads, atOnce, device);
    }
}
