package io.flexir.ops.bench.quality.report;

import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.ops.bench.image.PictureFiles;
import io.flexir.ops.bench.quality.Candidate;
import io.flexir.ops.bench.quality.Result;
import io.flexir.ops.local.DataDirectory;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes restored images as {@code SET/IMAGE-CONDITION-p4.png} or {@code ...-h1.05.png} or {@code
 * ...-payoff0.50.png}.
 */
public final class SavedImages {

    private final DataDirectory directory;

    /**
     * @param directory created if it is missing
     * @throws io.flexir.ops.local.CannotStart if it cannot be written
     */
    public SavedImages(Path directory) {
        this.directory = DataDirectory.kept(directory);
    }

    /** Writes the picture, unless it is the input. */
    public void save(Result result) {
        switch (result.candidate()) {
            case Candidate.Input _ -> {}
            case Candidate.Pointer(int pointer) -> write(result, "p" + pointer);
            case Candidate.Threshold(AdaptiveRule rule, double threshold) ->
                    write(result, letter(rule) + String.format(Locale.ROOT, "%.2f", threshold));
        }
    }

    private static String letter(AdaptiveRule rule) {
        return switch (rule) {
            case SHARPNESS -> "h";
            case PAYOFF -> "payoff";
        };
    }

    private void write(Result result, String way) {
        String name =
                Stream.of(stem(result.image()), result.condition().replace(' ', '-'), way)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("-"));
        Path folder = directory.child(result.set()).path();
        PictureFiles.writePng(result.picture(), folder.resolve(name + ".png"));
    }

    private static String stem(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }
}
