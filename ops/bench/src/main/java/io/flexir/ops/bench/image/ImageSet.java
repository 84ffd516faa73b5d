package io.flexir.ops.bench.image;

import io.flexir.ops.local.CannotStart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of images that are measured together.
 *
 * @param name the folder's own name
 * @param files its images, by name, at least one
 */
public record ImageSet(String name, List<Path> files) {

    private static final Set<String> ENDINGS =
            Set.of("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp");

    public ImageSet {
        files = List.copyOf(files);
    }

    /**
     * The images right in {@code folder}, by their endings; hidden files and folders in it are left
     * out.
     *
     * @throws CannotStart if there is no such folder, or no image in it
     */
    public static ImageSet of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CannotStart("there is no folder " + folder + ": name one with images");
        }
        try (Stream<Path> found = Files.list(folder)) {
            List<Path> files = found.filter(ImageSet::isImage).sorted().toList();
            if (files.isEmpty()) {
                throw new CannotStart(
                        "no image in " + folder + ": PNG, JPEG, BMP, TIFF or WebP are looked for");
            }
            return new ImageSet(folder.toRealPath().getFileName().toString(), files);
        } catch (IOException e) {
            throw new CannotStart("cannot read " + folder + ": may you read it?", e);
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.contains(ending) && Files.isRegularFile(file);
    }
}
