package io.flexir.ops.local.demo;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One photo on its way through the demo.
 *
 * @param name file name without its ending
 * @param file the clean photo
 * @param noisy what is submitted
 */
record Photo(String name, Path file, RgbImage clean, RgbImage noisy) {

    private static final String ENDING = ".png";

    /** Every PNG of a directory, by name. */
    static List<Photo> all(Path samples, GaussianNoise noise) {
        try (Stream<Path> files = Files.list(samples)) {
            List<Photo> photos =
                    files.filter(file -> file.toString().endsWith(ENDING))
                            .sorted()
                            .map(file -> read(file, noise))
                            .toList();
            if (photos.isEmpty()) {
                throw new CannotStart(
                        "no PNG photos in "
                                + samples
                                + ": name a directory with some by --samples");
            }
            return photos;
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot read " + samples + ": name a directory with PNG photos by --samples",
                    e);
        }
    }

    private static Photo read(Path file, GaussianNoise noise) {
        try {
            RgbImage clean = ImageFiles.read(file);
            String fileName = file.getFileName().toString();
            String name = fileName.substring(0, fileName.length() - ENDING.length());
            return new Photo(name, file, clean, noise.addedTo(clean));
        } catch (IOException e) {
            throw new CannotStart(
                    e.getMessage() + ": remove the file, or name another directory by --samples",
                    e);
        }
    }
}
