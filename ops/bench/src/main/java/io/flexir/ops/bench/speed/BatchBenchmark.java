package io.flexir.ops.bench.speed;

import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.bench.engine.Tiling;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Batches a second. The parameters are set by {@link Throughput}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class BatchBenchmark {

    /** A bundle's directory. */
    @Param("")
    public String bundle = "";

    @Param("128")
    public int size;

    @Param("1")
    public int pointer;

    /** Threads that ONNX Runtime computes with. */
    @Param("1")
    public int threads;

    /** Tiles at once. */
    @Param("1")
    public int batch;

    private @Nullable ModelRunner engine;
    private @Nullable BatchedGraphs graphs;

    @Setup(Level.Trial)
    public void load() {
        Path directory = Path.of(bundle);
        ModelRunner loaded = ModelRunner.open(directory, Tiling.DEFAULT, threads);
        engine = loaded;
        graphs = BatchedGraphs.open(directory, loaded.manifest(), size, pointer, batch);
    }

    @Benchmark
    public void restore() {
        Objects.requireNonNull(graphs).run();
    }

    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(graphs).close();
        Objects.requireNonNull(engine).close();
    }
}
