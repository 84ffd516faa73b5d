package io.flexir.ops.bench.quality;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.bench.image.ImageSet;
import io.flexir.ops.bench.image.Luma;
import io.flexir.ops.bench.image.PictureFiles;
import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.degrade.Condition;
import io.flexir.ops.bench.quality.degrade.Degraded;
import io.flexir.ops.local.CannotStart;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Restores sets of images by the worker's engine in several ways, and measures each. Every way
 * starts from the input anew, so that its cost is its own.
 */
public final class Evaluation {

    private final ModelRunner model;
    private final List<Candidate.Restored> ways;
    private final Consumer<Result> observer;

    /**
     * @param ways of inference
     * @param observer sees each result as soon as it is there, on the evaluating thread
     */
    public Evaluation(ModelRunner model, List<Candidate.Restored> ways, Consumer<Result> observer) {
        this.model = model;
        this.ways = List.copyOf(ways);
        this.observer = observer;
    }

    /**
     * Degrades clean images, restores them, and compares.
     *
     * @return means by set, condition and candidate, in this order
     * @throws CannotStart if an image cannot be read or is too small, before anything is restored
     */
    public List<Row> compare(List<ImageSet> sets, List<Condition> conditions) {
        check(sets, conditions.stream().mapToInt(Condition::smallestSide).max().orElse(1));
        Tally tally = new Tally();
        for (ImageSet set : sets) {
            for (Condition condition : conditions) {
                for (Path file : set.files()) {
                    Degraded degraded = condition.degrade(read(file));
                    Subject subject = new Subject(set.name(), condition.label(), file, degraded);
                    tell(subject.unrestored(degraded), tally);
                    restore(subject, degraded.input(), tally);
                }
            }
        }
        return tally.means();
    }

    /**
     * Restores images as they are.
     *
     * @return mean costs by set and candidate, in this order
     * @throws CannotStart if an image cannot be read, before anything is restored
     */
    public List<Row> restore(List<ImageSet> sets) {
        check(sets, 1);
        Tally tally = new Tally();
        for (ImageSet set : sets) {
            for (Path file : set.files()) {
                restore(new Subject(set.name(), "", file, null), read(file), tally);
            }
        }
        return tally.means();
    }

    private void restore(Subject subject, Raster input, Tally tally) {
        for (Candidate.Restored way : ways) {
            ModelRunner.Restored restored = model.restore(input, way.order(model.manifest()));
            tell(subject.restored(way, way.params(model.manifest()), restored), tally);
        }
    }

    private void tell(Result result, Tally tally) {
        tally.add(result);
        observer.accept(result);
    }

    /** A model of one channel sees brightness. */
    private Raster read(Path file) {
        Raster picture = PictureFiles.read(file);
        return model.manifest().channels() == 1 ? Luma.fullRange(picture).rounded() : picture;
    }

    /** A mean must not silently lack an image, and must not fail on the last one after an hour. */
    private static void check(List<ImageSet> sets, int smallestSide) {
        for (ImageSet set : sets) {
            for (Path file : set.files()) {
                Raster picture = PictureFiles.read(file);
                if (Math.min(picture.width(), picture.height()) < smallestSide) {
                    throw new CannotStart(
                            file
                                    + " is too small to be measured: each side needs "
                                    + smallestSide
                                    + " pixels");
                }
            }
        }
    }

    /** An image under a condition. */
    private record Subject(String set, String condition, Path file, @Nullable Degraded degraded) {

        Result unrestored(Degraded made) {
            return result(new Candidate.Input(), 0, made.unrestored(), null);
        }

        Result restored(Candidate.Restored way, long params, ModelRunner.Restored restored) {
            return result(way, params, restored.output(), restored.cost());
        }

        private Result result(
                Candidate candidate, long params, Raster picture, @Nullable Cost cost) {
            return new Result(
                    set,
                    condition,
                    file.getFileName().toString(),
                    candidate,
                    params,
                    picture,
                    degraded == null ? null : degraded.quality(picture),
                    cost);
        }
    }
}
