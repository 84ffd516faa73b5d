package io.flexir.ops.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

class LibrariesTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "ai/onnxruntime/OrtSession.class, true",
        "ai/onnxruntime/native/linux-x64/libonnxruntime.so, true",
        "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so, false",
        "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib.dSYM/Contents/Info.plist, false",
        "ai/onnxruntime/native/win-x64/onnxruntime.dll, false",
        "native/Linux/x86_64/libwebp-imageio.so, true",
        "native/Linux/x86/libwebp-imageio.so, false",
        "native/Linux/ppc64/libwebp-imageio.so, false",
        "native/Mac/x86_64/libwebp-imageio.dylib, false",
        "linux/amd64/libzstd-jni-1.5.6-10.so, true",
        "linux/s390x/libzstd-jni-1.5.6-10.so, false",
        "freebsd/amd64/libzstd-jni-1.5.6-10.so, false",
        "net/jpountz/util/linux/amd64/liblz4-java.so, true",
        "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so, true",
        "org/xerial/snappy/native/Windows/x86_64/snappyjava.dll, false",
    })
    void natives_of_other_machines_are_of_no_use(String entry, boolean stays) {
        assertThat(Libraries.isOfUse(entry)).isEqualTo(stays);
    }

    @Test
    void onnx_runtime_is_unpacked_and_the_rest_of_its_jar_stays_as_it_was() throws IOException {
        Path jars = Files.createDirectory(directory.resolve("jars"));
        jar(
                jars.resolve("onnxruntime.jar"),
                Map.of(
                        "ai/onnxruntime/A.class", "classes",
                        "ai/onnxruntime/native/linux-x64/libonnxruntime.so", "ours",
                        "ai/onnxruntime/native/win-x64/onnxruntime.dll", "theirs"));
        ImageTree tree = new ImageTree(directory.resolve("tree"));

        Libraries.copy(jars, name -> true, tree, ImageTree.LIBRARIES);

        assertThat(tree.at("/app/native/libonnxruntime.so")).hasContent("ours");
        assertThat(content(tree.at("/app/lib/onnxruntime.jar")))
                .isEqualTo(Map.of("ai/onnxruntime/A.class", "classes"));
    }

    @Test
    void a_jar_without_natives_is_the_same_to_the_byte() throws IOException {
        Path jars = Files.createDirectory(directory.resolve("jars"));
        jar(jars.resolve("plain.jar"), Map.of("a/B.class", "classes"));
        ImageTree tree = new ImageTree(directory.resolve("tree"));

        Libraries.copy(jars, name -> true, tree, ImageTree.LIBRARIES);

        assertThat(tree.at("/app/lib/plain.jar")).hasSameBinaryContentAs(jars.resolve("plain.jar"));
    }

    private static void jar(Path file, Map<String, String> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static Map<String, String> content(Path jar) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                content.put(
                        entry.getName(),
                        new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
            }
        }
        return content;
    }
}
