package io.flexir.ops.deploy.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Jars in an image, without the native libraries of other machines, which would be most of their
 * bytes. Those of ONNX Runtime are laid beside the jars, so that no process unpacks them.
 */
final class Libraries {
    private static final String ONNX = "ai/onnxruntime/native/linux-x64/";

    private static final Pattern NATIVE =
            Pattern.compile(".+\\.(so|dll|dylib|jnilib|a|lib)|.*\\.dSYM/.*");
    private static final Pattern OURS =
            Pattern.compile(".*linux[-_/](x64|x86_64|amd64|x86-64)\\b.*", Pattern.CASE_INSENSITIVE);

    private Libraries() {}

    /** Whether a jar's entry is of use on Linux on x86-64. */
    static boolean isOfUse(String entry) {
        return !NATIVE.matcher(entry).matches() || OURS.matcher(entry).matches();
    }

    /**
     * Copies jars.
     *
     * @param from directory of jars
     * @param wanted which of them
     * @param to path in the image
     */
    static void copy(Path from, Predicate<String> wanted, ImageTree tree, String to)
            throws IOException {
        Path target = Files.createDirectories(tree.at(to));
        try (Stream<Path> jars = Files.list(from)) {
            for (Path jar : jars.toList()) {
                String name = jar.getFileName().toString();
                if (name.endsWith(".jar") && wanted.test(name)) {
                    copy(jar, target.resolve(name), tree.at(ImageTree.NATIVE));
                }
            }
        }
    }

    private static void copy(Path jar, Path to, Path natives) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            if (entries.stream().map(ZipEntry::getName).allMatch(Libraries::stays)) {
                Files.copy(jar, to);
                return;
            }
            try (OutputStream file = Files.newOutputStream(to);
                    ZipOutputStream trimmed = new ZipOutputStream(file)) {
                for (ZipEntry entry : entries) {
                    if (entry.getName().startsWith(ONNX) && !entry.isDirectory()) {
                        unpack(zip, entry, natives);
                    } else if (isOfUse(entry.getName())) {
                        put(zip, entry, trimmed);
                    }
                }
            }
        }
    }

    private static boolean stays(String entry) {
        return isOfUse(entry) && !entry.startsWith(ONNX);
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path natives) throws IOException {
        Files.createDirectories(natives);
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, natives.resolve(entry.getName().substring(ONNX.length())));
        }
    }

    private static void put(ZipFile zip, ZipEntry entry, ZipOutputStream trimmed)
            throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setLastModifiedTime(FileTime.fromMillis(entry.getTime()));
        trimmed.putNextEntry(copy);
        try (InputStream content = zip.getInputStream(entry)) {
            content.transferTo(trimmed);
        }
        trimmed.closeEntry();
    }
}
