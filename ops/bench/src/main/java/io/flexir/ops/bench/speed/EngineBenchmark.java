package io.flexir.ops.bench.speed;

import io.flexir.ops.bench.engine.EngineTurns;
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

/** Images a second of the engine by itself. The parameters are set by {@link Throughput}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EngineBenchmark {

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

    private @Nullable ModelRunner model;
    private @Nullable EngineTurns turns;

    @Setup(Level.Trial)
    public void load() {
        ModelRunner loaded = ModelRunner.open(Path.of(bundle), Tiling.DEFAULT, threads);
        model = loaded;
        turns = new EngineTurns(loaded, size, pointer, 1);
    }

    /** One image: the engine feeds one tile at a time, see {@link BatchBenchmark}. */
    @Benchmark
    public double restore() {
        return Objects.requireNonNull(turns).seconds(0);
    }

    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(model).close();
    }
}
